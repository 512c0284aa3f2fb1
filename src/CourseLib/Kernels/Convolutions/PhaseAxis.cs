namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// One phase of a strided axis, seen from the input: the padded positions p + s i. They are read through the weights p, p + s, p + 2 s … only, and
/// weight p + s a of the window o reads position i = o + a.
/// </summary>
/// <param name="Phase">p.</param>
/// <param name="Stride">s.</param>
/// <param name="Taps">Weights of this phase.</param>
/// <param name="First">The first i that is a real pixel, no padding.</param>
/// <param name="Count">Real pixels of this phase.</param>
/// <param name="Pixel">The unpadded position of the first one.</param>
internal readonly record struct PhaseAxis(int Phase, int Stride, int Taps, int First, int Count, int Pixel)
{
    /// <summary>Whether there are pixels in this phase, and weights that read them.</summary>
    public bool IsUsed => Taps > 0 && Count > 0;

    /// <summary>The filter's row (or column) of tap <paramref name="a"/>.</summary>
    public int Kernel(int a) => Phase + (Stride * a);

    /// <summary>One phase of an axis.</summary>
    public static PhaseAxis Of(int phase, int input, int kernel, int stride, int pad)
    {
        int taps = (kernel - phase + stride - 1) / stride;
        int first = Math.Max(0, (pad - phase + stride - 1) / stride);
        int last = pad + input - 1 - phase < 0 ? -1 : (pad + input - 1 - phase) / stride;
        return new(phase, stride, taps, first, last - first + 1, phase + (stride * first) - pad);
    }

    /// <summary>The zeros that the output's gradient needs before and after it so that every phase can read what it wants.</summary>
    public static (int Before, int After) Margins(int input, int output, int kernel, int stride, int pad)
    {
        int before = 0, after = 0;
        for (int phase = 0; phase < stride; phase++)
        {
            PhaseAxis axis = Of(phase, input, kernel, stride, pad);
            if (axis.IsUsed)
            {
                before = Math.Max(before, axis.Taps - 1 - axis.First);
                after = Math.Max(after, axis.First + axis.Count - output);
            }
        }
        return (before, after);
    }
}
