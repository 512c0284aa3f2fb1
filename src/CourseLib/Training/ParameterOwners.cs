using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Which module of a model a parameter belongs to: how an operation of the graph, which knows tensors alone, is told to be a layer's.</summary>
internal sealed class ParameterOwners
{
    private readonly Dictionary<Tensor, (string Parameter, string Path, Module Owner)> owners = [];

    internal ParameterOwners(Module? model)
    {
        foreach ((string name, Tensor value) in model?.NamedParameters ?? [])
        {
            Module owner = model!;
            string[] names = name.Split('.');
            foreach (string child in names[..^1])
            {
                owner = owner.Children.First(entry => entry.Name == child).Module;
            }

            owners[value] = (name, string.Join('.', names[..^1]), owner);
        }
    }

    /// <summary>The parameter's name with its path, and the module with its own; null for a tensor that is no parameter.</summary>
    internal (string Parameter, string Path, Module Owner)? Of(Tensor tensor) => owners.TryGetValue(tensor, out (string, string, Module) owner) ? owner : null;

    /// <summary>The module whose parameters an operation uses: the last ones, for a layer may share its weights with another, but has a bias of its own.</summary>
    internal (string Parameter, string Path, Module Owner)? Of(IEnumerable<Tensor> inputs) => inputs.Select(Of).LastOrDefault(owner => owner is not null);
}
