using System.Globalization;
using CourseLib.Autograd;
using CourseLib.Display;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>One layer of a summary.</summary>
/// <param name="Name">Its path in the model, such as <c>0</c> or <c>body.1</c>; empty for an operation that no registered part is known for.</param>
/// <param name="Layer">What it is: the layer with its sizes, or the operation's name.</param>
/// <param name="Output">The shape of its output for one example.</param>
/// <param name="Parameters">The number of trainable numbers.</param>
/// <param name="Multiplications">Multiplications with weights, for one example.</param>
public sealed record LayerSummary(string Name, string Layer, Shape Output, int Parameters, long Multiplications);

/// <summary>The layers of a model with output shapes, parameter counts and multiplications: the table that is drawn beside an architecture.</summary>
/// <remarks>
/// <see cref="Sequential"/>, <see cref="Residual"/> and <see cref="Branches"/> are looked into. A module of another kind that has parts may use them in any order and any number of times, so its forward pass is recorded, and
/// the lines are what ran: the layers whose parameters were used, and between them the operations without parameters (an activation goes by its operation's name there; dropout, which does
/// nothing in evaluation, is absent).
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class ModelSummary
{
    private ModelSummary(IReadOnlyList<LayerSummary> layers, int parameters) => (Layers, Parameters) = (layers, parameters);

    /// <summary>The layers in the order of the forward pass.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>All trainable numbers; those of a layer that stands in two places count once.</summary>
    public int Parameters { get; }

    /// <summary>All multiplications with weights, for one example.</summary>
    public long Multiplications => Layers.Sum(layer => layer.Multiplications);

    /// <summary>Runs a batch of one zero example through the model in evaluation mode and notes what comes out of each layer.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputShape">The shape of one example, without the batch axis.</param>
    public static ModelSummary Of(Module model, params ReadOnlySpan<int> inputShape)
    {
        ArgumentNullException.ThrowIfNull(model);
        List<LayerSummary> layers = [];
        using EvaluationMode evaluation = new(model);
        Visit(model, "", Tensor.Zeros([1, .. inputShape]), layers);
        return new ModelSummary(layers, model.ParameterCount);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string[][] lines = [.. Layers.Select(layer => Cells(layer).ToArray())];
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => lines.Select(line => line[column].Length).DefaultIfEmpty().Max())];
        IEnumerable<string> text = lines.Select(line => string.Join("  ", line.Select((cell, i) => i < 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]))));
        return string.Join('\n', text.Append(FormattableString.Invariant($"{Parameters} parameters, {Multiplications} multiplications per example")));
    }

    /// <summary>The table, for a notebook.</summary>
    public string ToHtml() => HtmlTable.Of(
        [("#", false), ("layer", false), ("output", false), ("parameters", true), ("multiplications", true)],
        Layers.Select(Cells),
        ["", "together", "", Text(Parameters), Text(Multiplications)]);

    private static IEnumerable<string> Cells(LayerSummary layer) => [layer.Name, layer.Layer, layer.Output.ToString(), Text(layer.Parameters), Text(layer.Multiplications)];

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : $"{path}.{name}";

    private static Tensor Visit(Module module, string name, Tensor x, List<LayerSummary> layers)
    {
        if (module is Sequential)
        {
            return module.Children.Aggregate(x, (input, child) => Visit(child.Module, Join(name, child.Name), input, layers));
        }

        if (module is Residual or Branches)
        {
            foreach ((string part, Module body) in module.Children)
            {
                Visit(body, Join(name, part), x, layers);
            }

            return module.Forward(x);
        }

        // A leaf of its own, so that the graph holds what this module does and nothing before it.
        Tensor y = module.Forward(x.Clone().AsParameter());
        List<Function> operations = Graph.OperationsBehind(y);
        if (module.IsOneLayer || operations.Count == 0)
        {
            layers.Add(new LayerSummary(name, module.ToString(), ForOne(y.Shape), module.ParameterCount, Count(module, y.Shape, operations)));
        }
        else
        {
            AddWhatRan(layers, name, new ParameterOwners(module), operations);
        }

        return y;
    }

    /// <summary>Adds a line for each layer that is at work, and for each operation that is nobody's. A layer that works a second time brings no parameters then.</summary>
    private static void AddWhatRan(List<LayerSummary> layers, string name, ParameterOwners owners, List<Function> operations)
    {
        HashSet<Module> counted = [];
        for (int i = 0; i < operations.Count;)
        {
            if (owners.Of(operations[i].Inputs()) is not { } owner)
            {
                layers.Add(new LayerSummary("", operations[i].Name, ForOne(operations[i].Output.Shape), 0, 0));
                i++;
                continue;
            }

            List<Function> own = [.. operations.Skip(i).TakeWhile(operation => owners.Of(operation.Inputs())?.Owner == owner.Owner)];
            i += own.Count;
            Shape output = own[^1].Output.Shape;

            // A layer that borrows another's weights works in two lines: the weights' and that of its own bias, which multiplies nothing.
            bool multiplies = own.Exists(operation => operation.Inputs().Any(input => input.Rank > 1 && owners.Of(input) is not null));
            layers.Add(new LayerSummary(
                Join(name, owner.Path),
                owner.Owner.IsOneLayer ? owner.Owner.ToString() : owner.Owner.GetType().Name,
                ForOne(output),
                counted.Add(owner.Owner) ? owner.Owner.OwnParameterCount : 0,
                multiplies ? Count(owner.Owner, output, own) : 0));
        }
    }

    private static long Count(Module module, Shape output, List<Function> operations) =>
        module.CountMultiplications(ForOne(output)) is long said and > 0 ? said : operations.Sum(MatrixMultiplications);

    private static Shape ForOne(Shape output) => output.Rank == 0 ? output : output.Without(0);

    /// <summary>What a layer that says nothing multiplies: the products of its matrices.</summary>
    private static long MatrixMultiplications(Function operation) =>
        operation.Name is "MatMul" or "Linear" ? (long)operation.Output.Length * operation.Input(0).Shape[-1] : 0;
}
