namespace CourseLib.Kernels;

/// <summary>
/// Sizes of a two-dimensional convolution: input [Batch, InChannels, InHeight, InWidth], weights [OutChannels, InChannels, KernelHeight, KernelWidth],
/// output [Batch, OutChannels, OutHeight, OutWidth]. The four paddings are separate because SAME padding of an even window is not symmetric.
/// </summary>
/// <param name="Batch">Images.</param>
/// <param name="InChannels">Channels of the input.</param>
/// <param name="InHeight">Rows of the input.</param>
/// <param name="InWidth">Columns of the input.</param>
/// <param name="OutChannels">Channels of the output: filters.</param>
/// <param name="KernelHeight">Rows of a filter.</param>
/// <param name="KernelWidth">Columns of a filter.</param>
/// <param name="StrideH">Rows from one window to the next.</param>
/// <param name="StrideW">Columns from one window to the next.</param>
/// <param name="PadTop">Zero rows above the image.</param>
/// <param name="PadBottom">Zero rows below.</param>
/// <param name="PadLeft">Zero columns left of it.</param>
/// <param name="PadRight">Zero columns right of it.</param>
public readonly record struct ConvShape(
    int Batch, int InChannels, int InHeight, int InWidth, int OutChannels, int KernelHeight, int KernelWidth, int StrideH = 1, int StrideW = 1,
    int PadTop = 0, int PadBottom = 0, int PadLeft = 0, int PadRight = 0)
{
    /// <summary>Rows of the output: floor((InHeight + padding - KernelHeight) / StrideH) + 1.</summary>
    public int OutHeight => ((InHeight + PadTop + PadBottom - KernelHeight) / StrideH) + 1;

    /// <summary>Columns of the output.</summary>
    public int OutWidth => ((InWidth + PadLeft + PadRight - KernelWidth) / StrideW) + 1;

    /// <summary>Elements of the input.</summary>
    public long InputLength => (long)Batch * InChannels * InHeight * InWidth;

    /// <summary>Elements of the output.</summary>
    public long OutputLength => (long)Batch * OutChannels * OutHeight * OutWidth;

    /// <summary>Elements of the weights.</summary>
    public long WeightsLength => (long)OutChannels * Depth;

    /// <summary>Weights of one filter: the length of the sum behind one output pixel.</summary>
    internal int Depth => InChannels * KernelHeight * KernelWidth;

    /// <summary>Throws when a size is impossible.</summary>
    /// <exception cref="ArgumentException">A size is less than 1, a padding is negative, or the window is larger than the padded image.</exception>
    public void Validate()
    {
        Requires.AtLeast(nameof(Convolution), nameof(Batch), Batch, 1);
        Requires.AtLeast(nameof(Convolution), nameof(InChannels), InChannels, 1);
        Requires.AtLeast(nameof(Convolution), nameof(InHeight), InHeight, 1);
        Requires.AtLeast(nameof(Convolution), nameof(InWidth), InWidth, 1);
        Requires.AtLeast(nameof(Convolution), nameof(OutChannels), OutChannels, 1);
        Requires.AtLeast(nameof(Convolution), nameof(KernelHeight), KernelHeight, 1);
        Requires.AtLeast(nameof(Convolution), nameof(KernelWidth), KernelWidth, 1);
        Requires.AtLeast(nameof(Convolution), nameof(StrideH), StrideH, 1);
        Requires.AtLeast(nameof(Convolution), nameof(StrideW), StrideW, 1);
        Requires.AtLeast(nameof(Convolution), nameof(PadTop), PadTop, 0);
        Requires.AtLeast(nameof(Convolution), nameof(PadBottom), PadBottom, 0);
        Requires.AtLeast(nameof(Convolution), nameof(PadLeft), PadLeft, 0);
        Requires.AtLeast(nameof(Convolution), nameof(PadRight), PadRight, 0);
        int height = InHeight + PadTop + PadBottom, width = InWidth + PadLeft + PadRight;
        if (KernelHeight > height || KernelWidth > width)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Convolution: the {KernelHeight}x{KernelWidth} window is larger than the padded input of {height}x{width} pixels."));
        }
    }

    internal void CheckInput(string operation, string argument, int length) =>
        Requires.Shape(operation, argument, length, Batch, InChannels, InHeight, InWidth);

    internal void CheckOutput(string operation, string argument, int length) =>
        Requires.Shape(operation, argument, length, Batch, OutChannels, OutHeight, OutWidth);

    internal void CheckWeights(string operation, string argument, int length) =>
        Requires.Shape(operation, argument, length, OutChannels, InChannels, KernelHeight, KernelWidth);
}
