using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// Inverted dropout (Srivastava et al. 2014; lecture "Dropout"): an element is zeroed with probability p, the others are divided by 1 - p, so that the
/// expected value stays and evaluation does nothing. Forward and backward pass multiply with the same mask.
/// </summary>
public static class DropoutMask
{
    /// <summary>Fills a mask with 0 (probability p) and 1 / (1 - p), or 1 when not inverted.</summary>
    /// <param name="mask">The mask.</param>
    /// <param name="p">Probability of a zero, from 0 to 1; with 1 all are zero.</param>
    /// <param name="generator">Where the numbers come from.</param>
    /// <param name="inverted">Whether what stays is scaled here; without, evaluation has to multiply by 1 - p.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is outside of [0, 1].</exception>
    public static void Fill(Span<float> mask, float p, Generator generator, bool inverted = true)
    {
        ArgumentNullException.ThrowIfNull(generator);
        if (!(p >= 0 && p <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "DropoutMask.Fill: p must be a probability, from 0 to 1.");
        }
        generator.Uniform(mask, 0, 1);
        Elementwise.Unary(mask, mask, new ThresholdOperator(p, !inverted ? 1 : p < 1 ? 1 / (1 - p) : 0));
    }

    private readonly struct ThresholdOperator(float p, float scale) : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes u) where TLanes : struct, ILanes<TLanes> =>
            TLanes.Select(TLanes.LessThan(u, TLanes.Broadcast(p)), TLanes.Broadcast(0), TLanes.Broadcast(scale));
    }
}
