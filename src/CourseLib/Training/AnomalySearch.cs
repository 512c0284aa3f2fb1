using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Looks for the first number that is not finite, and says where it is in the words of a model.</summary>
/// <remarks>Nothing is noted while a network runs: the graph behind a loss still holds every result when somebody asks.</remarks>
/// <param name="model">Whose layers and parameters the places are named after; null: parameters go by their own names.</param>
internal sealed class AnomalySearch(Module? model)
{
    private ParameterOwners? owners;

    private ParameterOwners Owners => owners ??= new ParameterOwners(model);

    /// <summary>The first parameter of the model that is not finite; null when all are.</summary>
    internal Anomaly? InParameters(AnomalyOrigin origin = AnomalyOrigin.Parameter)
    {
        foreach ((string name, Tensor value) in model?.NamedParameters ?? [])
        {
            if (FirstBad(value) is { } bad)
            {
                return new Anomaly(origin, "", $"'{name}'", value.Shape, bad, value.Span[bad]);
            }
        }

        return null;
    }

    /// <summary>The first of the results behind a tensor that is not finite, or what was given to it; null when all are.</summary>
    internal Anomaly? InForward(Tensor result)
    {
        foreach (Function function in Graph.OperationsBehind(result))
        {
            if (FirstBad(function.Output) is { } bad)
            {
                return Given(function) ?? new Anomaly(AnomalyOrigin.Output, Place(function), "its output", function.Output.Shape, bad, function.Output.Span[bad]);
            }
        }

        return null;
    }

    /// <summary>The first gradient that an operation has just brought to its inputs and that is not finite; null when all are.</summary>
    internal Anomaly? InGradients(Function function)
    {
        foreach (Tensor input in function.Inputs())
        {
            if (!input.IsReclaimed && input.HasGrad && FirstBad(input.Grad) is { } bad)
            {
                string tensor = PathOf(input) is { } path ? $"'{path}'" : input.Storage.Producer is { } producer ? $"the output of {Place(producer)}" : $"'{input.Name}'";
                return new Anomaly(AnomalyOrigin.Gradient, Place(function), tensor, input.Shape, bad, input.Grad.Span[bad]);
            }
        }

        return null;
    }

    /// <summary>The operation and the layer whose parameters it uses; of an operation without any, the layer before it.</summary>
    private string Place(Function function)
    {
        if (LayerOf(function) is { } own)
        {
            return $"{function.Name} of {own}";
        }

        string? before = Graph.OperationsBehind(function.Output).AsEnumerable().Reverse().Select(LayerOf).FirstOrDefault(layer => layer is not null);
        return before is null ? function.Name : $"{function.Name} after {before}";
    }

    private string? LayerOf(Function function) => Owners.Of(function.Inputs()) is { } found
        ? found.Path.Length == 0 ? $"the model ({found.Owner})" : $"layer '{found.Path}' ({found.Owner})"
        : null;

    private string? PathOf(Tensor tensor) => Owners.Of(tensor)?.Parameter;

    /// <summary>What an operation was given from outside the graph and is not finite.</summary>
    private Anomaly? Given(Function function)
    {
        foreach (Tensor input in function.Inputs())
        {
            if (!input.IsReclaimed && input.IsLeaf && FirstBad(input) is { } bad)
            {
                return PathOf(input) is { } path
                    ? new Anomaly(AnomalyOrigin.Parameter, "", $"'{path}'", input.Shape, bad, input.Span[bad])
                    : new Anomaly(AnomalyOrigin.Input, Place(function), $"'{input.Name}'", input.Shape, bad, input.Span[bad]);
            }
        }

        return null;
    }

    private static int? FirstBad(Tensor tensor)
    {
        if (tensor.IsReclaimed)
        {
            return null;
        }

        int bad = tensor.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        return bad >= 0 ? bad : null;
    }
}
