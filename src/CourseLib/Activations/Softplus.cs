using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>ln(1 + e^(beta x)) / beta, a smooth ReLU in (0, inf) with the derivative sigmoid(beta x) (lectures intro, "Функции активации", which prints the range (0, 1), and cnn, "Ещё о функциях активации").</summary>
/// <param name="beta">Sharpness of the bend; ReLU in the limit.</param>
/// <param name="threshold">Where beta x is above it the output is x itself (torch).</param>
public sealed class Softplus(double beta = 1, double threshold = 20) : Module, IJetModule
{
    private readonly double beta = beta > 0
        ? beta
        : throw new ArgumentOutOfRangeException(nameof(beta), beta, "Softplus: expected beta above 0.");

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Softplus(this.beta, threshold);

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x.Softplus(this.beta, threshold);

    /// <inheritdoc/>
    public override string ToString() => $"Softplus(beta={Text(this.beta)}, threshold={Text(threshold)})";
}
