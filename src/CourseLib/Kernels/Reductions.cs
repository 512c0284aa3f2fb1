namespace CourseLib.Kernels;

/// <summary>
/// Sums, extremes and moments of spans. Sums are made in fixed blocks of <see cref="Reduce.BlockLength"/> elements, each over a fixed tree of
/// registers in float, and the blocks are added in order in double: the rounding error stays near that of one block however
/// long the span is, and the result does not depend on the number of threads.
/// </summary>
public static unsafe partial class Reductions
{
    /// <summary>Sum of the elements; 0 for none.</summary>
    public static float Sum(ReadOnlySpan<float> x)
    {
        fixed (float* px = x)
        {
            return (float)Reduce.Sum(new UnaryElements<IdentityOperator>(px, default), x.Length);
        }
    }

    /// <summary>Sum of the squares; 0 for none.</summary>
    public static float SumOfSquares(ReadOnlySpan<float> x)
    {
        fixed (float* px = x)
        {
            return (float)Reduce.Sum(new UnaryElements<SquareOperator>(px, default), x.Length);
        }
    }

    /// <summary>Sum of a[i] b[i]; 0 for none.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException($"Reductions.Dot: a has {a.Length} elements, b has {b.Length}.", nameof(b));
        }
        fixed (float* pa = a, pb = b)
        {
            return (float)Reduce.Sum(new BinaryElements<MultiplyOperator>(pa, pb, default), a.Length);
        }
    }

    /// <summary>Sum divided by the number of elements.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static float Mean(ReadOnlySpan<float> x)
    {
        RequireElements(x, nameof(Mean));
        fixed (float* px = x)
        {
            return (float)(Reduce.Sum(new UnaryElements<IdentityOperator>(px, default), x.Length) / x.Length);
        }
    }

    /// <summary>
    /// Mean and variance in two passes: the second sums the squares of the deviations from the mean of the first, so that a mean
    /// far from zero costs no digits.
    /// </summary>
    /// <param name="x">The elements.</param>
    /// <param name="correction">Subtracted from the number of elements in the divisor: 0 biased, 1 unbiased (torch's default).</param>
    /// <exception cref="ArgumentException">There are no elements, or not more than <paramref name="correction"/>.</exception>
    public static (float Mean, float Variance) MeanVariance(ReadOnlySpan<float> x, int correction = 0)
    {
        RequireElements(x, nameof(MeanVariance));
        if (x.Length <= correction)
        {
            throw new ArgumentException($"Reductions.MeanVariance: correction {correction} needs more than {correction} elements, there are {x.Length}.", nameof(x));
        }
        float mean = Mean(x);
        fixed (float* px = x)
        {
            double squares = Reduce.Sum(new UnaryElements<DeviationSquared>(px, new(mean)), x.Length);
            return (mean, (float)(squares / (x.Length - correction)));
        }
    }

    /// <summary>Largest element; NaN when one is NaN.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static float Max(ReadOnlySpan<float> x)
    {
        RequireElements(x, nameof(Max));
        fixed (float* px = x)
        {
            return Reduce.Extreme<MaxOperator>(px, x.Length);
        }
    }

    /// <summary>Smallest element; NaN when one is NaN.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static float Min(ReadOnlySpan<float> x)
    {
        RequireElements(x, nameof(Min));
        fixed (float* px = x)
        {
            return Reduce.Extreme<MinOperator>(px, x.Length);
        }
    }

    /// <summary>Index of the first largest element; of the first NaN when there is one.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static int ArgMax(ReadOnlySpan<float> x)
    {
        RequireElements(x, nameof(ArgMax));
        return x.IndexOf(Max(x)); // Equals, unlike ==, finds NaN
    }

    /// <summary>Index of the first smallest element; of the first NaN when there is one.</summary>
    /// <exception cref="ArgumentException">There are no elements.</exception>
    public static int ArgMin(ReadOnlySpan<float> x)
    {
        RequireElements(x, nameof(ArgMin));
        return x.IndexOf(Min(x));
    }

    private static void RequireElements(ReadOnlySpan<float> x, string operation)
    {
        if (x.IsEmpty)
        {
            throw new ArgumentException($"Reductions.{operation}: x is empty; at least one element is needed.", nameof(x));
        }
    }

    internal readonly struct IdentityOperator : IUnaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> => x;
    }

    private readonly struct DeviationSquared(float mean) : IUnaryOperator
    {
        public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
        {
            TLanes deviation = x - TLanes.Broadcast(mean);
            return deviation * deviation;
        }
    }
}
