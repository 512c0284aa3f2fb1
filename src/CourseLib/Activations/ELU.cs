using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x where it is positive, else alpha (e^x - 1), in (-alpha, inf); smooth at 0 for alpha = 1 only, and the derivative at 0 is taken as alpha (Clevert et al. 2016; lectures init, "ELU", and cnn, "Ещё о функциях активации").</summary>
/// <param name="alpha">Minus the limit at -inf.</param>
public sealed class ELU(double alpha = 1) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Elu(alpha);

    /// <inheritdoc/>
    public override string ToString() => $"ELU({Text(alpha)})";
}
