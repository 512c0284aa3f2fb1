using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>A rule that states the variance of the weights from the fans and draws them from a uniform or a normal distribution of that variance.</summary>
/// <param name="distribution">Uniform or normal.</param>
public abstract class VarianceRule(Distribution distribution) : Initializer
{
    /// <summary>The variance of each weight.</summary>
    /// <param name="fanIn">Connections into a neuron.</param>
    /// <param name="fanOut">Connections out of a neuron.</param>
    public abstract double Variance(int fanIn, int fanOut);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
    protected override void Draw(Tensor tensor, Generator generator)
    {
        (int fanIn, int fanOut) = Fans.Of(tensor, GetType().Name);
        double variance = Variance(fanIn, fanOut);
        if (distribution == Distribution.Uniform)
        {
            // Var U[-a, a] = a^2 / 3
            float bound = (float)Math.Sqrt(3 * variance);
            generator.Uniform(tensor.Span, -bound, bound);
        }
        else
        {
            generator.Normal(tensor.Span, 0, (float)Math.Sqrt(variance));
        }
    }
}
