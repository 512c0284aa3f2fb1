using CourseLib.Kernels;
using CourseLib.Kernels.Convolutions;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Kernels;

[Term("Convolution")]
public class ConvolutionTests
{
    /// <summary>For <see cref="RowWork"/> and <see cref="ScatterWork"/>: rows of one tile and of overlapping ones, odd heights, paddings, strips of one register and of two, full and not.</summary>
    private static readonly ConvShape[] SmallImages =
    [
        new(8, 6, 14, 14, 32, 5, 5), new(8, 3, 13, 12, 13, 5, 5), new(9, 4, 9, 16, 29, 5, 3), new(8, 5, 11, 12, 40, 5, 5, 1, 1, 2, 2, 2, 2), new(8, 3, 7, 28, 16, 5, 5, 1, 1, 0, 1, 1, 2),
        new(2, 3, 14, 14, 11, 5, 5), new(2, 6, 13, 12, 16, 5, 5), new(2, 8, 13, 13, 9, 6, 6), new(2, 5, 6, 13, 8, 6, 6), new(3, 2, 9, 16, 10, 2, 7),
    ];

    /// <summary>Shapes by hand (LeNet, 1x1, window = image, window smaller than the stride, one-sided padding, large windows of few channels) and random ones.</summary>
    public static TheoryData<int, ConvShape> Shapes()
    {
        TheoryData<int, ConvShape> data = [];
        ConvShape[] chosen =
        [
            new(5, 1, 28, 28, 6, 5, 5, 1, 1, 2, 2, 2, 2),
            new(9, 6, 14, 14, 16, 5, 5),
            new(3, 33, 9, 7, 10, 3, 3, 1, 1, 1, 1, 1, 1),
            new(1, 8, 6, 6, 33, 3, 3, 1, 1, 1, 1, 1, 1),
            new(2, 5, 8, 8, 3, 1, 1),
            new(2, 3, 9, 9, 4, 1, 1, 3, 2),
            new(4, 3, 5, 5, 12, 5, 5),
            new(2, 2, 7, 6, 5, 2, 4, 1, 1, 0, 1, 1, 2),
            new(2, 2, 7, 6, 5, 4, 2, 2, 1, 3, 0, 0, 1),
            new(1, 1, 1, 1, 1, 1, 1),
            new(1, 1, 1, 1, 2, 3, 3, 1, 1, 1, 1, 1, 1),
            new(2, 1, 40, 3, 7, 3, 1, 1, 1, 20, 3, 0, 0),
            new(33, 2, 4, 4, 14, 3, 3, 1, 1, 1, 1, 1, 1),
            new(3, 3, 10, 9, 12, 4, 5),
            new(2, 8, 9, 9, 9, 6, 6),
            new(2, 3, 20, 21, 8, 3, 5, 1, 1, 1, 1, 2, 2),
            .. SmallImages,
        ];
        for (int i = 0; i < chosen.Length; i++)
        {
            data.Add(i, chosen[i]);
        }
        Random random = new(7);
        for (int seed = 100; seed < 160;)
        {
            ConvShape s = new(
                random.Next(1, 6), random.Next(1, random.Next(2, 34)), random.Next(1, 14), random.Next(1, 20), random.Next(1, random.Next(2, 34)), random.Next(1, 6),
                random.Next(1, 6), random.Next(1, 4), random.Next(1, 4), random.Next(0, 4), random.Next(0, 4), random.Next(0, 4), random.Next(0, 4));
            if (s.KernelHeight <= s.InHeight + s.PadTop + s.PadBottom && s.KernelWidth <= s.InWidth + s.PadLeft + s.PadRight)
            {
                data.Add(seed++, s);
            }
        }
        return data;
    }

    [Fact]
    public void Small_images_have_ways_of_their_own()
    {
        Assert.True(RowWork.Suits(new(64, 6, 14, 14, 16, 5, 5)));
        Assert.False(RowWork.Suits(new(1, 6, 14, 14, 16, 5, 5)));
        Assert.False(RowWork.Suits(new(64, 1, 28, 28, 32, 3, 3, 1, 1, 1, 1, 1, 1)));
        Assert.False(RowWork.Suits(new(64, 6, 13, 13, 16, 5, 5)));
        Assert.Equal(WidestLanes.Count >= 12, ScatterWork.Suits(new(64, 6, 14, 14, 16, 5, 5)));
        Assert.Equal([8, 10, 12, 8, 10, 12], new[] { 8, 10, 12, 14, 28, 48 }.Select(RowTile.Pixels));
        Assert.Equal([false, true, false, true, false], new[] { 7, 8, 9, 14, 17 }.Select(RowTile.Suits));
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Forward_is_the_definition(int seed, ConvShape s)
    {
        float[] x = KernelData.Normal(s.InputLength, seed), w = KernelData.Normal(s.WeightsLength, seed + 1), b = KernelData.Normal(s.OutChannels, seed + 2);
        float[] y = KernelData.Normal(s.OutputLength, seed + 3);
        Convolution.Forward(s, x, w, b, y);
        KernelData.Close(ConvolutionReference.Forward(s, KernelData.ToDouble(x), KernelData.ToDouble(w), KernelData.ToDouble(b)), y, 1e-5, "y");
        Convolution.Forward(s, x, w, [], y);
        KernelData.Close(ConvolutionReference.Forward(s, KernelData.ToDouble(x), KernelData.ToDouble(w), []), y, 1e-5, "y without bias");
        float[] rectified = KernelData.Normal(s.OutputLength, seed + 4);
        Convolution.Forward(s, x, w, [], rectified, rectify: true);
        Assert.Equal(Array.ConvertAll(y, value => Math.Max(value, 0)), rectified);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Backward_passes_are_the_transposed_sums(int seed, ConvShape s)
    {
        float[] x = KernelData.Normal(s.InputLength, seed), w = KernelData.Normal(s.WeightsLength, seed + 1), dy = KernelData.Normal(s.OutputLength, seed + 2);
        double[] dx = new double[x.Length], dw = new double[w.Length], db = new double[s.OutChannels];
        foreach ((int px, int pw, int py) in ConvolutionReference.Terms(s))
        {
            dx[px] += w[pw] * (double)dy[py];
            dw[pw] += x[px] * (double)dy[py];
        }
        for (int i = 0; i < dy.Length; i++)
        {
            db[i / (s.OutHeight * s.OutWidth) % s.OutChannels] += dy[i];
        }

        float[] gx = KernelData.Normal(x.Length, seed + 3), gw = KernelData.Normal(w.Length, seed + 4), gb = KernelData.Normal(s.OutChannels, seed + 5);
        Convolution.BackwardInput(s, dy, w, gx);
        Convolution.BackwardWeights(s, x, dy, gw, gb);
        KernelData.Close(dx, gx, 1e-5, "dx");
        KernelData.Close(dw, gw, 1e-5, "dw");
        KernelData.Close(db, gb, 1e-5, "db");

        Convolution.BackwardInput(s, dy, w, gx, accumulate: true);
        Convolution.BackwardWeights(s, x, dy, gw, gb, accumulate: true);
        KernelData.Close(Array.ConvertAll(dx, v => 2 * v), gx, 1e-5, "dx twice");
        KernelData.Close(Array.ConvertAll(dw, v => 2 * v), gw, 1e-5, "dw twice");
        KernelData.Close(Array.ConvertAll(db, v => 2 * v), gb, 1e-5, "db twice");
        Convolution.BackwardWeights(s, x, dy, gw, []);
        KernelData.Close(dw, gw, 1e-5, "dw without db");
    }

    [Fact]
    public void Backward_passes_are_the_central_differences_of_the_forward_pass()
    {
        ConvShape s = new(2, 3, 6, 5, 4, 3, 2, 2, 1, 1, 0, 1, 1);
        float[] x = KernelData.Normal(s.InputLength, 1), w = KernelData.Normal(s.WeightsLength, 2), b = KernelData.Normal(s.OutChannels, 3), dy = KernelData.Normal(s.OutputLength, 4);
        float[] dx = new float[x.Length], dw = new float[w.Length], db = new float[b.Length];
        Convolution.BackwardInput(s, dy, w, dx);
        Convolution.BackwardWeights(s, x, dy, dw, db);
        double[] wx = KernelData.ToDouble(x), ww = KernelData.ToDouble(w), wb = KernelData.ToDouble(b);
        KernelData.Close(CentralDifferences.Of(wx, Loss), dx, 1e-5, "dx");
        KernelData.Close(CentralDifferences.Of(ww, Loss), dw, 1e-5, "dw");
        KernelData.Close(CentralDifferences.Of(wb, Loss), db, 1e-5, "db");

        double Loss() => CentralDifferences.Dot(ConvolutionReference.Forward(s, wx, ww, wb), dy);
    }

    [Theory]
    [InlineData(1, 5), InlineData(7, 5), InlineData(64, 5), InlineData(2, 3), InlineData(21, 3)]
    public void Bits_do_not_depend_on_the_threads(int batch, int kernel)
    {
        ConvShape s = new(batch, kernel == 3 ? 32 : 6, 14, 14, 32, kernel, kernel); // 3x3 goes Winograd's way
        float[] x = KernelData.Normal(s.InputLength, 1), w = KernelData.Normal(s.WeightsLength, 2), dy = KernelData.Normal(s.OutputLength, 3);
        KernelData.SameForAnyThreads(() =>
        {
            float[] y = new float[dy.Length], dx = new float[x.Length], dw = new float[w.Length], db = new float[32];
            Convolution.Forward(s, x, w, [], y);
            Convolution.BackwardInput(s, dy, w, dx);
            Convolution.BackwardWeights(s, x, dy, dw, db);
            return [.. y, .. dx, .. dw, .. db];
        });
    }

    /// <summary>Results are stored from the registers where rows have no gutters: not one number too many may be written, whatever is left of a register at the end.</summary>
    [Theory]
    [InlineData(2, 1), InlineData(2, 16), InlineData(2, 30), InlineData(4, 8), InlineData(6, 17), InlineData(8, 33), InlineData(10, 5), InlineData(14, 64), InlineData(7, 16)]
    public void Nothing_is_written_behind_the_output(int filters, int pixels)
    {
        ConvShape s = new(1, 2, 1, pixels, filters, 1, 3, 1, 1, 0, 0, 1, 1), back = s with { InChannels = filters, OutChannels = 2 };
        float[] x = KernelData.Normal(s.InputLength, 1), w = KernelData.Normal(s.WeightsLength, 2);
        float[] y = new float[s.OutputLength + 100], dx = new float[s.OutputLength + 100];
        Convolution.Forward(s, x, w, [], y.AsSpan(0, (int)s.OutputLength));
        Convolution.BackwardInput(back, x, w, dx.AsSpan(0, (int)back.InputLength));
        Assert.All(y.AsSpan((int)s.OutputLength).ToArray(), number => Assert.Equal(0, number));
        Assert.All(dx.AsSpan((int)back.InputLength).ToArray(), number => Assert.Equal(0, number));
    }

    [Fact]
    public void Infinite_pixels_beside_a_window_do_not_reach_it()
    {
        ConvShape s = new(1, 1, 4, 4, 1, 2, 2);
        float[] x = new float[16], y = new float[9];
        x[3] = float.PositiveInfinity; // the last pixel of the first row: seen by one window only
        Convolution.Forward(s, x, [1, 1, 1, 1], [], y);
        Assert.Equal([0, 0, float.PositiveInfinity, 0, 0, 0, 0, 0, 0], y);
    }

    [Fact]
    public void A_rectified_output_keeps_NaN_and_infinity()
    {
        ConvShape s = new(1, 1, 1, 4, 1, 1, 1);
        float[] y = new float[4];
        Convolution.Forward(s, [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -1], [1], [], y, rectify: true);
        Assert.Equal([float.NaN, float.PositiveInfinity, 0, 0], y);
    }

    [Fact]
    public void Wrong_lengths_and_shapes_are_named()
    {
        ConvShape s = new(1, 2, 4, 4, 3, 3, 3);
        ArgumentException e = Assert.Throws<ArgumentException>(() => Convolution.Forward(s, new float[31], new float[54], [], new float[12]));
        Assert.StartsWith("Convolution.Forward: x has 31 elements, expected 32 ([1, 2, 4, 4]).", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => Convolution.Forward(s, new float[32], new float[54], new float[2], new float[12]));
        Assert.StartsWith("Convolution.Forward: bias has 2 elements, expected 3", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => Convolution.BackwardInput(s, new float[12], new float[53], new float[32]));
        Assert.StartsWith("Convolution.BackwardInput: weights has 53 elements, expected 54 ([3, 2, 3, 3]).", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => Convolution.BackwardWeights(s, new float[32], new float[11], new float[54], []));
        Assert.StartsWith("Convolution.BackwardWeights: dy has 11 elements, expected 12 ([1, 3, 2, 2]).", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => (s with { KernelHeight = 5 }).Validate());
        Assert.Contains("5x3 window is larger than the padded input of 4x4", e.Message, StringComparison.Ordinal);
        ArgumentOutOfRangeException o = Assert.Throws<ArgumentOutOfRangeException>(() => (s with { StrideW = 0 }).Validate());
        Assert.Equal("StrideW", o.ParamName);
    }
}
