using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>U[low, high); its variance is (high - low)^2 / 12.</summary>
/// <param name="low">Lower end.</param>
/// <param name="high">Upper end.</param>
public sealed class Uniform(double low, double high) : Initializer
{
    /// <inheritdoc/>
    protected override void Draw(Tensor tensor, Generator generator) => generator.Uniform(tensor.Span, (float)low, (float)high);
}

/// <summary>N(mean, std^2).</summary>
/// <param name="mean">The mean.</param>
/// <param name="std">The standard deviation (not the variance; the lectures write both).</param>
public sealed class Normal(double mean = 0, double std = 1) : Initializer
{
    /// <inheritdoc/>
    protected override void Draw(Tensor tensor, Generator generator) => generator.Normal(tensor.Span, (float)mean, (float)std);
}
