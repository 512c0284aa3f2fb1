using System.Globalization;
using CourseLib.Display;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>A part of a network: parameters, buffers, child modules and a forward pass.</summary>
/// <remarks>
/// A module says what it owns: the constructor passes parameters to <see cref="Parameter"/>, buffers to <see cref="Buffer"/> and parts to
/// <see cref="Child{T}"/>. Nothing is found by reflection.
/// <code>
/// sealed class TwoLayers : Module
/// {
///     private readonly Linear first, second;
///     public TwoLayers() { first = Child("first", new Linear(2, 16)); second = Child("second", new Linear(16, 1)); }
///     public override Tensor Forward(Tensor x) => second.Forward(first.Forward(x).Tanh());
/// }
/// </code>
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public abstract class Module
{
    private readonly List<(string Name, Tensor Value)> parameters = [];
    private readonly List<(string Name, Tensor Value)> buffers = [];
    private readonly List<(string Name, Module Module)> children = [];

    /// <summary>True in training, false in evaluation; dropout and batch normalisation differ.</summary>
    public bool IsTraining { get; internal set; } = true;

    /// <summary>The modules that this one is made of, in the order of registration.</summary>
    public IReadOnlyList<(string Name, Module Module)> Children => children;

    /// <summary>The parameters of this module and of all below it, depth first, as a new list.</summary>
    public IReadOnlyList<Tensor> Parameters => [.. NamedParameters.Select(parameter => parameter.Value)];

    /// <summary>The parameters with their paths, such as <c>0.weight</c>. One that several modules share comes once, under its first path.</summary>
    public IEnumerable<(string Name, Tensor Value)> NamedParameters => Walk<Tensor>(module => module.parameters).DistinctBy(entry => entry.Value);

    /// <summary>The buffers with their paths: state that is saved but not trained, such as running means.</summary>
    public IEnumerable<(string Name, Tensor Value)> NamedBuffers => Walk<Tensor>(module => module.buffers).DistinctBy(entry => entry.Value);

    /// <summary>The generators of their own that modules draw from, with their paths, such as <c>2.generator</c>: whoever resumes a training sets them, too.</summary>
    public IEnumerable<(string Name, Generator Value)> NamedGenerators =>
        Walk<Generator>(module => module.Randomness is { } own ? [("generator", own)] : []).DistinctBy(entry => entry.Value);

    /// <summary>The number of trainable numbers.</summary>
    public int ParameterCount => NamedParameters.Sum(parameter => parameter.Value.Length);

    /// <summary>The number of trainable numbers that this module owns itself, without its children.</summary>
    public int OwnParameterCount => parameters.Sum(parameter => parameter.Value.Length);

    /// <summary>The generator that this module draws from in training; null when there is none, or when it is <see cref="Generator.Default"/>.</summary>
    protected virtual Generator? Randomness => null;

    /// <summary>Computes the output for a batch.</summary>
    /// <param name="x">The input; its shape is stated by each module.</param>
    public abstract Tensor Forward(Tensor x);

    /// <summary>Multiplications with weights for one example; 0 unless a layer says otherwise.</summary>
    /// <param name="output">The shape of the output for one example.</param>
    public virtual long CountMultiplications(Shape output) => 0;

    /// <summary>Whether a table of a model shows this module as one line: so it does what has no parts, and what says that its parts are nobody's business.</summary>
    protected internal virtual bool IsOneLayer => children.Count == 0;

    /// <summary>Whether this is max(0, x) and nothing else, which a layer before it may do as it stores its output; see <see cref="Fusion"/>.</summary>
    internal virtual bool Rectifies => false;

    /// <summary>Switches this module and all below it to training or back.</summary>
    /// <returns>This module.</returns>
    public Module Train(bool mode = true)
    {
        IsTraining = mode;
        foreach ((_, Module child) in children)
        {
            child.Train(mode);
        }

        return this;
    }

    /// <summary>Switches this module and all below it to evaluation.</summary>
    /// <returns>This module.</returns>
    public Module Eval() => Train(false);

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        // Not over NamedParameters: this is part of a training step, which allocates nothing.
        foreach ((_, Tensor value) in parameters)
        {
            value.ZeroGrad();
        }

        foreach ((_, Module child) in children)
        {
            child.ZeroGrad();
        }
    }

    /// <summary>Switches gradients of all parameters off (or on again), so that training leaves them as they are.</summary>
    public void Freeze(bool frozen = true)
    {
        foreach ((_, Tensor value) in NamedParameters)
        {
            value.SetRequiresGrad(!frozen);
        }
    }

    /// <summary>A copy of all parameters and buffers by name: a snapshot to return to with <see cref="LoadState"/>.</summary>
    public IReadOnlyDictionary<string, Tensor> CopyState() =>
        NamedTensors.Copy(NamedParameters.Concat(NamedBuffers));

    /// <summary>Sets all parameters and buffers to a snapshot of a module of the same structure.</summary>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a shape differs; nothing is changed then.</exception>
    public void LoadState(IReadOnlyDictionary<string, Tensor> state) => NamedTensors.Load("module", NamedParameters.Concat(NamedBuffers), state);

    /// <summary>The module in one line, such as <c>Linear(784, 10)</c>.</summary>
    public override string ToString() => children.Count == 0
        ? GetType().Name
        : $"{GetType().Name}({string.Join(", ", children.Select(child => child.Module.ToString()))})";

    /// <summary>The module and its number of parameters, for a notebook; <c>ModelSummary.Of</c> gives the table with shapes.</summary>
    public string ToHtml() => $"<code>{Html.Escape(ToString())}</code>, {Text(ParameterCount)} parameters";

    /// <summary>Registers a tensor as a parameter.</summary>
    /// <returns>The same tensor, as a parameter; inside a <see cref="Tape"/> a copy, because a module outlives it.</returns>
    protected Tensor Parameter(string name, Tensor value) => Add(parameters, name, value).AsParameter();

    /// <summary>Registers a tensor that is saved with the module but not trained.</summary>
    /// <returns>The same tensor; inside a <see cref="Tape"/> a copy, because a module outlives it.</returns>
    protected Tensor Buffer(string name, Tensor value) => Add(buffers, name, value);

    /// <summary>Registers a part.</summary>
    /// <returns>The part.</returns>
    protected T Child<T>(string name, T module)
        where T : Module
    {
        if (module is null)
        {
            throw new ArgumentNullException(nameof(module), $"{GetType().Name}: the part '{name}' is null; expected a module.");
        }

        Register(name);
        children.Add((name, module));
        return module;
    }

    /// <summary>An integer for <see cref="ToString"/>, in the invariant culture.</summary>
    private protected static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number for <see cref="ToString"/>, in the invariant culture.</summary>
    private protected static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private Tensor Add(List<(string Name, Tensor Value)> list, string name, Tensor value)
    {
        Register(name);
        Tensor own = (value.Storage.IsLent ? value.Keep() : value).Named(name);
        list.Add((name, own));
        return own;
    }

    private void Register(string name)
    {
        if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{GetType().Name}: a part's name must not be empty or contain a dot, got '{name}'.", nameof(name));
        }

        if (parameters.Concat(buffers).Any(entry => entry.Name == name) || children.Any(child => child.Name == name))
        {
            throw new ArgumentException($"{GetType().Name}: there is a part named '{name}' already.", nameof(name));
        }
    }

    private IEnumerable<(string Name, T Value)> Walk<T>(Func<Module, IEnumerable<(string Name, T Value)>> select)
    {
        foreach ((string Name, T Value) entry in select(this))
        {
            yield return entry;
        }

        foreach ((string name, Module child) in children)
        {
            foreach ((string Name, T Value) entry in child.Walk(select))
            {
                yield return ($"{name}.{entry.Name}", entry.Value);
            }
        }
    }
}
