using CourseLib.Kernels;
using CourseLib.Tensors;
using MathNet.Numerics;
using Gaussian = MathNet.Numerics.Distributions.Normal;

namespace CourseLib.Initializers;

/// <summary>N(mean, std^2) without what lies outside [low, high]: no weight starts far out (torch.nn.init.trunc_normal_).</summary>
/// <remarks>Drawn by the inverse distribution function, one random number for each weight. Cut at two standard deviations, the deviation is 0.88 std.</remarks>
/// <param name="mean">The mean before cutting.</param>
/// <param name="std">The standard deviation before cutting.</param>
/// <param name="low">Least value, as such and not in standard deviations (torch: -2).</param>
/// <param name="high">Largest value (torch: 2).</param>
/// <exception cref="ArgumentException">The deviation is not positive, the interval is empty, or the distribution has no mass in it.</exception>
public sealed class TruncatedNormal(double mean = 0, double std = 1, double low = -2, double high = 2) : Initializer
{
    private readonly (double Left, double Mass, bool Mirrored) part = Part(mean, std, low, high);

    /// <inheritdoc/>
    protected override void Draw(Tensor tensor, Generator generator)
    {
        Span<float> weights = tensor.Span;
        generator.Uniform(weights, 0, 1);
        for (int i = 0; i < weights.Length; i++)
        {
            // Half a step of the 2^-24 that uniform numbers are multiples of, so that neither end comes out.
            double z = Gaussian.InvCDF(0, 1, part.Left + (part.Mass * (weights[i] + (0.5 / (1 << 24)))));
            weights[i] = Math.Clamp((float)(mean + (std * (part.Mirrored ? -z : z))), (float)low, (float)high);
        }
    }

    /// <summary>Phi at the left end and the probability between the ends. An interval right of the mean is mirrored: 1 - 1e-20 is 1, but 1e-20 is a number.</summary>
    private static (double Left, double Mass, bool Mirrored) Part(double mean, double std, double low, double high)
    {
        if (!(std > 0 && low < high))
        {
            throw new ArgumentException(FormattableString.Invariant($"TruncatedNormal: expected a standard deviation above 0 and low < high, got {std} and [{low}, {high}]."), nameof(std));
        }

        (double from, double to) = ((low - mean) / std, (high - mean) / std);
        bool mirrored = from > 0;
        (from, to) = mirrored ? (-to, -from) : (from, to);
        double left = SpecialFunctions.Erfc(-from / Math.Sqrt(2)) / 2;
        double mass = (SpecialFunctions.Erfc(-to / Math.Sqrt(2)) / 2) - left;
        return mass > 0
            ? (left, mass, mirrored)
            : throw new ArgumentException(FormattableString.Invariant($"TruncatedNormal: N({mean}, {std}^2) has no mass in [{low}, {high}]."), nameof(low));
    }
}
