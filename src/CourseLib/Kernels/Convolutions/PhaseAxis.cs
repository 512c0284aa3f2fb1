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
    /// <summary>The filter's row (or column) of tap <paramref name="a"/>.</summary>
    public int Kernel(int a) => Phase + (Stride * a);

    /// <summary>All phases, and the zeros that the output's gradient needs before and after it.</summary>
    public static PhaseAxis[] All(int input, int output, int kernel, int stride, int pad, out int before, out int after)
    {
        PhaseAxis[] phases = new PhaseAxis[stride];
        before = 0;
        after = 0;
        for (int phase = 0; phase < stride; phase++)
        {
            int taps = (kernel - phase + stride - 1) / stride;
            int first = Math.Max(0, (pad - phase + stride - 1) / stride);
            int last = (pad + input - 1 - phase) < 0 ? -1 : (pad + input - 1 - phase) / stride;
            phases[phase] = new(phase, stride, taps, first, last - first + 1, phase + (stride * first) - pad);
            if (taps > 0 && last >= first)
            {
                before = Math.Max(before, taps - 1 - first);
                after = Math.Max(after, last - (output - 1));
            }
        }
        return phases;
    }
}
