namespace CourseLib.Kernels;

/// <summary>Sizes of a two-dimensional pooling: input [Batch, Channels, InHeight, InWidth], output [Batch, Channels, OutHeight, OutWidth]. Only whole windows count (torch's ceil_mode = false).</summary>
/// <param name="Batch">Images.</param>
/// <param name="Channels">Channels; each is pooled on its own.</param>
/// <param name="InHeight">Rows of the input.</param>
/// <param name="InWidth">Columns of the input.</param>
/// <param name="KernelHeight">Rows of a window.</param>
/// <param name="KernelWidth">Columns of a window.</param>
/// <param name="StrideH">Rows from one window to the next.</param>
/// <param name="StrideW">Columns from one window to the next.</param>
/// <param name="PadTop">Rows above the image; less than the window, so that every window has a pixel.</param>
/// <param name="PadBottom">Rows below.</param>
/// <param name="PadLeft">Columns left of it.</param>
/// <param name="PadRight">Columns right of it.</param>
public readonly record struct PoolShape(
    int Batch, int Channels, int InHeight, int InWidth, int KernelHeight, int KernelWidth, int StrideH, int StrideW,
    int PadTop = 0, int PadBottom = 0, int PadLeft = 0, int PadRight = 0)
{
    /// <summary>Rows of the output.</summary>
    public int OutHeight => ((InHeight + PadTop + PadBottom - KernelHeight) / StrideH) + 1;

    /// <summary>Columns of the output.</summary>
    public int OutWidth => ((InWidth + PadLeft + PadRight - KernelWidth) / StrideW) + 1;

    /// <summary>Elements of the input.</summary>
    public long InputLength => (long)Batch * Channels * InHeight * InWidth;

    /// <summary>Elements of the output.</summary>
    public long OutputLength => (long)Batch * Channels * OutHeight * OutWidth;

    /// <summary>The commonest pooling, for which there is code of its own.</summary>
    internal bool IsTwoByTwo =>
        KernelHeight == 2 && KernelWidth == 2 && StrideH == 2 && StrideW == 2 && (PadTop | PadBottom | PadLeft | PadRight) == 0;

    /// <summary>Throws when a size is impossible.</summary>
    /// <exception cref="ArgumentException">A size is less than 1, a padding is negative or as large as the window, or the window is larger than the padded image.</exception>
    public void Validate()
    {
        Requires.AtLeast(nameof(Pooling), nameof(Batch), Batch, 1);
        Requires.AtLeast(nameof(Pooling), nameof(Channels), Channels, 1);
        Requires.AtLeast(nameof(Pooling), nameof(InHeight), InHeight, 1);
        Requires.AtLeast(nameof(Pooling), nameof(InWidth), InWidth, 1);
        Requires.AtLeast(nameof(Pooling), nameof(KernelHeight), KernelHeight, 1);
        Requires.AtLeast(nameof(Pooling), nameof(KernelWidth), KernelWidth, 1);
        Requires.AtLeast(nameof(Pooling), nameof(StrideH), StrideH, 1);
        Requires.AtLeast(nameof(Pooling), nameof(StrideW), StrideW, 1);
        CheckPadding(nameof(PadTop), PadTop, KernelHeight);
        CheckPadding(nameof(PadBottom), PadBottom, KernelHeight);
        CheckPadding(nameof(PadLeft), PadLeft, KernelWidth);
        CheckPadding(nameof(PadRight), PadRight, KernelWidth);
        int height = InHeight + PadTop + PadBottom, width = InWidth + PadLeft + PadRight;
        if (KernelHeight > height || KernelWidth > width)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Pooling: the {KernelHeight}x{KernelWidth} window is larger than the padded input of {height}x{width} pixels."));
        }
    }

    internal void Check(string operation, string input, int inputLength, string output, int outputLength)
    {
        Validate();
        Requires.Shape(operation, input, inputLength, Batch, Channels, InHeight, InWidth);
        Requires.Shape(operation, output, outputLength, Batch, Channels, OutHeight, OutWidth);
    }

    private static void CheckPadding(string argument, int padding, int kernel)
    {
        if (padding < 0 || padding >= kernel)
        {
            throw new ArgumentOutOfRangeException(
                argument, padding, FormattableString.Invariant($"Pooling: {argument} must be from 0 to {kernel - 1}, less than the window of {kernel}."));
        }
    }
}
