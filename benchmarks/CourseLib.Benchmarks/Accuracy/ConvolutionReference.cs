using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Accuracy;

/// <summary>A pass of a convolution by its definition: three numbers meet in each term, two are multiplied and the product is added to the third.</summary>
internal static class ConvolutionReference
{
    /// <summary>The result in double precision.</summary>
    public static double[] Exact(in ConvShape shape, string pass, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy) => Sum<double>(shape, pass, x, w, dy);

    /// <summary>The same sums in single precision, one term after the other: what three loops give.</summary>
    public static float[] Plain(in ConvShape shape, string pass, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy) => Sum<float>(shape, pass, x, w, dy);

    private static T[] Sum<T>(in ConvShape s, string pass, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy) where T : System.Numerics.INumber<T>
    {
        T[] result = new T[pass switch { "forward" => s.OutputLength, "dx" => s.InputLength, _ => s.WeightsLength }];
        int y = 0;
        for (int image = 0; image < s.Batch; image++)
        {
            for (int filter = 0; filter < s.OutChannels; filter++)
            {
                for (int place = 0; place < s.OutHeight * s.OutWidth; place++, y++)
                {
                    (int i, int j) = Math.DivRem(place, s.OutWidth);
                    for (int tap = 0; tap < s.Depth; tap++)
                    {
                        (int channel, int position) = Math.DivRem(tap, s.KernelHeight * s.KernelWidth);
                        int row = (i * s.StrideH) + (position / s.KernelWidth) - s.PadTop, column = (j * s.StrideW) + (position % s.KernelWidth) - s.PadLeft;
                        if (row < 0 || row >= s.InHeight || column < 0 || column >= s.InWidth)
                        {
                            continue;
                        }

                        int pixel = (((((image * s.InChannels) + channel) * s.InHeight) + row) * s.InWidth) + column, weight = (filter * s.Depth) + tap;
                        switch (pass)
                        {
                            case "forward": result[y] += T.CreateChecked(x[pixel]) * T.CreateChecked(w[weight]); break;
                            case "dx": result[pixel] += T.CreateChecked(dy[y]) * T.CreateChecked(w[weight]); break;
                            default: result[weight] += T.CreateChecked(dy[y]) * T.CreateChecked(x[pixel]); break;
                        }
                    }
                }
            }
        }

        return result;
    }
}
