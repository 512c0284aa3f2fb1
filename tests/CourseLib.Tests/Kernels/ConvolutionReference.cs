using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

/// <summary>The definition of a convolution, in loops and double precision.</summary>
internal static class ConvolutionReference
{
    public static double[] Forward(ConvShape s, ReadOnlySpan<double> x, ReadOnlySpan<double> w, ReadOnlySpan<double> b)
    {
        double[] y = new double[s.OutputLength];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = b.IsEmpty ? 0 : b[i / (s.OutHeight * s.OutWidth) % s.OutChannels];
        }
        foreach ((int px, int pw, int py) in Terms(s))
        {
            y[py] += x[px] * w[pw];
        }
        return y;
    }

    /// <summary>All triples (input pixel, weight, output pixel) that are multiplied and added.</summary>
    public static IEnumerable<(int X, int W, int Y)> Terms(ConvShape s)
    {
        int y = 0;
        for (int n = 0; n < s.Batch; n++)
        for (int o = 0; o < s.OutChannels; o++)
        for (int i = 0; i < s.OutHeight; i++)
        for (int j = 0; j < s.OutWidth; j++, y++)
        for (int c = 0; c < s.InChannels; c++)
        for (int a = 0; a < s.KernelHeight; a++)
        for (int d = 0; d < s.KernelWidth; d++)
        {
            int u = (i * s.StrideH) + a - s.PadTop, v = (j * s.StrideW) + d - s.PadLeft;
            if (u >= 0 && u < s.InHeight && v >= 0 && v < s.InWidth)
            {
                yield return ((((((n * s.InChannels) + c) * s.InHeight) + u) * s.InWidth) + v,
                    (((((o * s.InChannels) + c) * s.KernelHeight) + a) * s.KernelWidth) + d, y);
            }
        }
    }
}
