using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>
/// torch's default for linear and convolution layers: U[-1/sqrt(fanIn), 1/sqrt(fanIn)], so fanIn Var[w] = 1/3
/// (LeCun's heuristic; lecture perc, "Рецепт", shows that the signal then shrinks by sqrt(3) per layer). Biases are drawn from the same interval.
/// </summary>
public sealed class LinearDefault : Initializer
{
    /// <summary>The rule has no settings: one instance serves all.</summary>
    public static LinearDefault Instance { get; } = new();

    /// <summary>Draws a bias from the interval of its layer's weights.</summary>
    /// <param name="bias">What to overwrite.</param>
    /// <param name="fanIn">Connections into a neuron of the layer.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fan is not positive.</exception>
    public static void FillBias(Tensor bias, int fanIn, Generator? generator = null)
    {
        Requires.AtLeast(nameof(LinearDefault), nameof(fanIn), fanIn, 1);
        float bound = 1 / MathF.Sqrt(fanIn);
        (generator ?? Generator.Default).Uniform(bias.Span, -bound, bound);
    }

    /// <inheritdoc/>
    protected override void Draw(Tensor tensor, Generator generator) => FillBias(tensor, Fans.Of(tensor, nameof(LinearDefault)).In, generator);
}
