using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>Modules one after the other: the output of each is the input of the next.</summary>
public sealed class Sequential : Module, IJetModule
{
    private readonly Module[] modules;

    /// <summary>Chains the modules; each is registered under its position.</summary>
    public Sequential(params Module[] modules)
    {
        this.modules = [.. modules];
        for (int i = 0; i < modules.Length; i++)
        {
            Child(Text(i), modules[i]);
        }
    }

    /// <summary>The number of modules.</summary>
    public int Count => modules.Length;

    /// <summary>The module at a position.</summary>
    public Module this[int index] => modules[index];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (Module module in modules)
        {
            x = module.Forward(x);
        }

        return x;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">A module does not pass on derivatives.</exception>
    public Jet Forward(Jet x)
    {
        foreach (Module module in modules)
        {
            x = module.Forward(x);
        }

        return x;
    }

    /// <summary>The outputs of all the modules, first to last: for charts of what happens from layer to layer.</summary>
    public IReadOnlyList<Tensor> ForwardAll(Tensor x)
    {
        Tensor[] outputs = new Tensor[modules.Length];
        for (int i = 0; i < modules.Length; i++)
        {
            outputs[i] = x = modules[i].Forward(x);
        }

        return outputs;
    }
}
