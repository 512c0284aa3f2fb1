using CourseLib.Kernels.Poolings;

namespace CourseLib.Kernels;

/// <summary>Max and average pooling of float images in NCHW order (lecture "CNN формально", with a stride added).</summary>
public static unsafe class Pooling
{
    /// <summary>y = the largest pixel of each window; padding never wins; NaN when the window has one.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="y">Output; must not overlap <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the result overlaps an input.</exception>
    public static void MaxForward(in PoolShape shape, ReadOnlySpan<float> x, Span<float> y)
    {
        const string Operation = $"{nameof(Pooling)}.{nameof(MaxForward)}";
        shape.Check(Operation, nameof(x), x.Length, nameof(y), y.Length);
        Requires.Apart(Operation, nameof(y), y, nameof(x), x);
        fixed (float* px = x, py = y)
        {
            new PlaneWork<MaxPlane>(shape, default, px, px, py).For();
        }
    }

    /// <summary>
    /// The gradient of max-pooling: a window's gradient goes to the pixel that won, the first of equals (as in torch; with NaN in the window the last NaN). The
    /// winners are found again from <paramref name="x"/>.
    /// </summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input of the forward pass.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="dx">Gradient of the input; must not overlap the others.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the result overlaps an input.</exception>
    public static void MaxBackward(in PoolShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate = false)
    {
        const string Operation = $"{nameof(Pooling)}.{nameof(MaxBackward)}";
        shape.Check(Operation, nameof(x), x.Length, nameof(dy), dy.Length);
        shape.Check(Operation, nameof(dx), dx.Length, nameof(dy), dy.Length);
        Requires.Apart(Operation, nameof(dx), dx, nameof(x), x);
        Requires.Apart(Operation, nameof(dx), dx, nameof(dy), dy);
        fixed (float* px = x, pdy = dy, pdx = dx)
        {
            new PlaneWork<MaxGradientPlane>(shape, new(accumulate), px, pdx, pdy).For();
        }
    }

    /// <summary>y = the mean of each window.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input.</param>
    /// <param name="y">Output; must not overlap <paramref name="x"/>.</param>
    /// <param name="countPadding">Whether the zeros of the padding count as pixels (torch's count_include_pad, true by default).</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the result overlaps an input.</exception>
    public static void AverageForward(in PoolShape shape, ReadOnlySpan<float> x, Span<float> y, bool countPadding = true)
    {
        const string Operation = $"{nameof(Pooling)}.{nameof(AverageForward)}";
        shape.Check(Operation, nameof(x), x.Length, nameof(y), y.Length);
        Requires.Apart(Operation, nameof(y), y, nameof(x), x);
        fixed (float* px = x, py = y)
        {
            new PlaneWork<AveragePlane>(shape, new(countPadding), px, px, py).For();
        }
    }

    /// <summary>The gradient of average pooling: all pixels of a window get the same share of its gradient.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="dx">Gradient of the input; must not overlap <paramref name="dy"/>.</param>
    /// <param name="countPadding">As in the forward pass.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the result overlaps an input.</exception>
    public static void AverageBackward(in PoolShape shape, ReadOnlySpan<float> dy, Span<float> dx, bool countPadding = true, bool accumulate = false)
    {
        const string Operation = $"{nameof(Pooling)}.{nameof(AverageBackward)}";
        shape.Check(Operation, nameof(dx), dx.Length, nameof(dy), dy.Length);
        Requires.Apart(Operation, nameof(dx), dx, nameof(dy), dy);
        fixed (float* pdy = dy, pdx = dx)
        {
            new PlaneWork<AverageGradientPlane>(shape, new(countPadding, accumulate), pdx, pdx, pdy).For();
        }
    }
}
