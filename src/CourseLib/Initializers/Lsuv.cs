using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Initializers;

/// <summary>
/// Layer-sequential unit-variance initialisation: orthonormal weights, then each layer's weights are divided by the standard deviation of its
/// output on a batch until the variance is 1 (Mishkin and Matas 2016, "All you need is a good init"; linked from lecture perc, "Инициализация весов").
/// </summary>
/// <param name="tolerance">How far from 1 the variance may stay; 0.1 in the paper.</param>
/// <param name="maxAttempts">How many corrections a layer gets at most; 10 in the paper.</param>
/// <exception cref="ArgumentOutOfRangeException">The tolerance is not positive, or the number of attempts is negative.</exception>
public sealed class Lsuv(double tolerance = 0.1, int maxAttempts = 10)
{
    private readonly double tolerance = tolerance > 0
        ? tolerance
        : throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "Lsuv: expected a tolerance above 0.");

    private readonly int maxAttempts = maxAttempts >= 0
        ? maxAttempts
        : throw new ArgumentOutOfRangeException(nameof(maxAttempts), maxAttempts, "Lsuv: expected a number of attempts from 0 on.");

    /// <summary>Initialises one layer; call it for the layers in order, first to last, or give <c>Apply</c> a whole model and a batch.</summary>
    /// <param name="weight">The layer's weights.</param>
    /// <param name="output">Computes the layer's output on the batch with the weights as they are.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <returns>The variance of the output at the end.</returns>
    /// <exception cref="InvalidOperationException">The output has no variance: it is constant or not finite.</exception>
    public float Apply(Tensor weight, Func<Tensor> output, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        new Orthogonal().Fill(weight, generator);
        using NoGrad off = new();
        float variance = VarianceOf(output(), weight);
        for (int attempt = 0; attempt < maxAttempts && Math.Abs(variance - 1) > tolerance; attempt++)
        {
            Elementwise.Scale(1 / MathF.Sqrt(variance), weight.Span, weight.Span);
            variance = VarianceOf(output(), weight);
        }

        return variance;
    }

    private static float VarianceOf(Tensor output, Tensor weight)
    {
        float variance = Reductions.MeanVariance(output.Span).Variance;
        return variance > 0 && float.IsFinite(variance)
            ? variance
            : throw new InvalidOperationException(FormattableString.Invariant($"Lsuv: the output of the layer with weights {weight.Shape} has variance {variance}; expected a positive number: give a batch that differs from example to example."));
    }
}
