using CourseLib.Kernels;

namespace CourseLib.Autograd;

/// <summary>Zeros around an image before a window slides over it (lecture cnn, "CNN формально"): none (VALID), as many as keep ceil(n / stride) windows (SAME), or a number.</summary>
public readonly record struct Padding
{
    private readonly bool isSame;

    private Padding(bool isSame, int top, int bottom, int left, int right)
    {
        this.isSame = isSame;
        (Top, Bottom, Left, Right) = (top, bottom, left, right);
    }

    /// <summary>Zeros on each side.</summary>
    /// <param name="top">Rows above.</param>
    /// <param name="bottom">Rows below.</param>
    /// <param name="left">Columns to the left.</param>
    /// <param name="right">Columns to the right.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public Padding(int top, int bottom, int left, int right)
        : this(false, top, bottom, left, right)
    {
        if (Math.Min(Math.Min(top, bottom), Math.Min(left, right)) < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(top), $"Padding: expected numbers from 0 on, got {top}, {bottom}, {left}, {right}.");
        }
    }

    /// <summary>No zeros: only windows that lie inside the image; floor((n - k) / stride) + 1 of them.</summary>
    public static Padding Valid => default;

    /// <summary>Zeros so that there are ceil(n / stride) windows, the odd one at the end; at stride 1 the size is kept.</summary>
    public static Padding Same => new(true, 0, 0, 0, 0);

    /// <summary>Rows above, for an explicit padding.</summary>
    public int Top { get; }

    /// <summary>Rows below, for an explicit padding.</summary>
    public int Bottom { get; }

    /// <summary>Columns to the left, for an explicit padding.</summary>
    public int Left { get; }

    /// <summary>Columns to the right, for an explicit padding.</summary>
    public int Right { get; }

    /// <summary>The same number of zeros on all sides.</summary>
    public static implicit operator Padding(int all) => new(all, all, all, all);

    /// <summary>The zeros on each side of an image of the given size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size of the window or a stride is not positive.</exception>
    public (int Top, int Bottom, int Left, int Right) For(int height, int width, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth)
    {
        Requires.AtLeast(nameof(Padding), nameof(kernelHeight), kernelHeight, 1);
        Requires.AtLeast(nameof(Padding), nameof(kernelWidth), kernelWidth, 1);
        Requires.AtLeast(nameof(Padding), nameof(strideHeight), strideHeight, 1);
        Requires.AtLeast(nameof(Padding), nameof(strideWidth), strideWidth, 1);
        if (!isSame)
        {
            return (Top, Bottom, Left, Right);
        }

        (int top, int bottom) = Same1(height, kernelHeight, strideHeight);
        (int left, int right) = Same1(width, kernelWidth, strideWidth);
        return (top, bottom, left, right);
    }

    /// <inheritdoc/>
    public override string ToString() => isSame ? "SAME" : this == default ? "VALID" : $"({Top}, {Bottom}, {Left}, {Right})";

    private static (int Before, int After) Same1(int size, int kernel, int stride)
    {
        int windows = (size + stride - 1) / stride;
        int total = Math.Max(((windows - 1) * stride) + kernel - size, 0);
        return (total / 2, total - (total / 2));
    }
}
