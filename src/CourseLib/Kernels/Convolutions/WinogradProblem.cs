namespace CourseLib.Kernels.Convolutions;

/// <summary>The operands of a 3x3 correlation at stride 1.</summary>
internal unsafe struct WinogradProblem
{
    public WinogradShape Shape;

    /// <summary>Images [batch, channels, height, width].</summary>
    public float* Input;

    /// <summary>3x3 taps without gaps, for each filter and channel.</summary>
    public float* Weights;

    /// <summary>Elements from one filter to the next.</summary>
    public nint FilterStride;

    /// <summary>Elements from one channel of a filter to the next.</summary>
    public nint ChannelStride;

    /// <summary>Whether the taps are in reverse order.</summary>
    public bool Flipped;

    /// <summary>One number for each filter, or null.</summary>
    public float* Bias;

    /// <summary>Images [batch, filters, height, width].</summary>
    public float* Output;

    /// <summary>Whether the result is added to what is there.</summary>
    public bool Accumulate;

    /// <summary>Whether negative results become 0; not together with <see cref="Accumulate"/>.</summary>
    public bool Rectify;
}
