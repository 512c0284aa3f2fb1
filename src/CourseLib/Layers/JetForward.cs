using CourseLib.Autograd;

namespace CourseLib.Layers;

/// <summary>Runs any module on jets, or says why it cannot: derivatives of a network by its inputs, for losses like those of lecture lbd, "Функции потерь".</summary>
public static class JetForward
{
    /// <summary>Computes the output of a module and its derivatives by the inputs.</summary>
    /// <param name="module">A network of layers that can.</param>
    /// <param name="x"><see cref="Jet.Of(Tensors.Tensor)"/> of the inputs.</param>
    /// <exception cref="NotSupportedException">The module is not <see cref="IJetModule"/>.</exception>
    public static Jet Forward(this Module module, Jet x)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module is IJetModule able
            ? able.Forward(x)
            : throw new NotSupportedException($"Forward: {module} does not pass on derivatives by the inputs; expected modules that implement {nameof(IJetModule)}, such as Linear, Tanh, Sigmoid and Sequential of them.");
    }
}
