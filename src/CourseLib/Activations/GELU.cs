using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>x Phi(x), with Phi the distribution function of N(0, 1): x, kept with the probability that a normal number is smaller (Hendrycks and Gimpel 2016; lecture init, "Функции активации: ВЫВОД").</summary>
/// <param name="tanh">torch's <c>approximate="tanh"</c>: x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2, which differs by less than 5e-4.</param>
public sealed class GELU(bool tanh = false) : Module, IJetModule
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Gelu(tanh);

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x.Gelu(tanh);

    /// <inheritdoc/>
    public override string ToString() => $"GELU({(tanh ? "tanh" : "")})";
}
