using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>y = x + scale body(x): a skip connection around a module (He et al. 2016, "Deep Residual Learning"; lecture intro, "Gradient vanish").</summary>
public sealed class Residual : Module, IJetModule
{
    private readonly Module body;
    private readonly double scale;

    /// <param name="body">What is skipped; its output must have the shape of its input.</param>
    /// <param name="scale">Weight of the branch; 1/sqrt(number of blocks) keeps the variance of a deep stack bounded.</param>
    public Residual(Module body, double scale = 1)
    {
        this.body = Child("body", body);
        this.scale = scale;
    }

    /// <inheritdoc/>
    public override string ToString() => scale == 1 ? base.ToString() : $"{base.ToString()} * {Text(scale)}";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The body changes the shape.</exception>
    public override Tensor Forward(Tensor x)
    {
        Tensor y = body.Forward(x);
        RequireShape(x, y);
        return scale == 1 ? x + y : x + (y * scale);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The body changes the shape.</exception>
    /// <exception cref="NotSupportedException">The body does not pass on derivatives.</exception>
    public Jet Forward(Jet x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Jet y = body.Forward(x);
        RequireShape(x.Value, y.Value);
        return scale == 1 ? x + y : x + (y * scale);
    }

    private static void RequireShape(Tensor x, Tensor y)
    {
        if (y.Shape != x.Shape)
        {
            throw new ArgumentException($"Residual: the body must keep the shape {x.Shape}, but gave {y.Shape}.", nameof(x));
        }
    }
}
