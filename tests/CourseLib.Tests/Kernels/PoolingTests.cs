using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Kernels;

public class PoolingTests
{
    /// <summary>2x2 in all widths around the registers' sizes, odd sizes, overlapping and padded windows.</summary>
    public static TheoryData<int, PoolShape> Shapes()
    {
        TheoryData<int, PoolShape> data = [];
        for (int width = 2; width < 70; width += width < 20 ? 1 : 7)
        {
            data.Add(width, new(2, 3, 5 + (width % 3), width, 2, 2, 2, 2));
            data.Add(width, new(2, 3, 8 - (width % 2), width, 2, 2, 2, 2));
        }
        Random random = new(5);
        for (int seed = 100; seed < 140;)
        {
            int kernelHeight = random.Next(1, 6), kernelWidth = random.Next(1, 6);
            PoolShape s = new(
                random.Next(1, 6), random.Next(1, 8), random.Next(1, 12), random.Next(1, 12), kernelHeight, kernelWidth, random.Next(1, 4), random.Next(1, 4),
                random.Next(kernelHeight), random.Next(kernelHeight), random.Next(kernelWidth), random.Next(kernelWidth));
            if (s.KernelHeight <= s.InHeight + s.PadTop + s.PadBottom && s.KernelWidth <= s.InWidth + s.PadLeft + s.PadRight)
            {
                data.Add(seed++, s);
            }
        }
        return data;
    }

    [Theory, MemberData(nameof(Shapes))]
    [Term("Max-pooling")]
    public void Maximum_and_its_gradient_are_the_definition(int seed, PoolShape s)
    {
        // Few different values, so that there are ties.
        float[] x = Array.ConvertAll(KernelData.Normal(s.InputLength, seed), v => MathF.Round(2 * v));
        float[] dy = KernelData.Normal(s.OutputLength, seed + 1), y = new float[dy.Length], dx = KernelData.Normal(x.Length, seed + 2);
        double[] expected = new double[x.Length];
        Pooling.MaxForward(s, x, y);
        foreach ((int window, List<int> pixels) in Windows(s))
        {
            Assert.Equal(pixels.Max(i => x[i]), y[window]);
            expected[pixels.First(i => x[i] == y[window])] += dy[window];
        }
        Pooling.MaxBackward(s, x, dy, dx);
        KernelData.Close(expected, dx, 1e-6, "dx");
        Pooling.MaxBackward(s, x, dy, dx, accumulate: true);
        KernelData.Close(Array.ConvertAll(expected, v => 2 * v), dx, 1e-6, "dx twice");
    }

    [Theory, MemberData(nameof(Shapes))]
    [Term("Average-pooling")]
    public void Average_and_its_gradient_are_the_definition(int seed, PoolShape s)
    {
        foreach (bool countPadding in new[] { true, false })
        {
            float[] x = KernelData.Normal(s.InputLength, seed), dy = KernelData.Normal(s.OutputLength, seed + 1);
            float[] y = new float[dy.Length], dx = KernelData.Normal(x.Length, seed + 2);
            double[] expected = new double[dy.Length], gradient = new double[x.Length];
            foreach ((int window, List<int> pixels) in Windows(s))
            {
                int divisor = countPadding ? s.KernelHeight * s.KernelWidth : pixels.Count;
                expected[window] = pixels.Sum(i => (double)x[i]) / divisor;
                pixels.ForEach(i => gradient[i] += (double)dy[window] / divisor);
            }
            Pooling.AverageForward(s, x, y, countPadding);
            KernelData.Close(expected, y, 1e-6, "y");
            Pooling.AverageBackward(s, dy, dx, countPadding);
            KernelData.Close(gradient, dx, 1e-6, "dx");
            Pooling.AverageBackward(s, dy, dx, countPadding, accumulate: true);
            KernelData.Close(Array.ConvertAll(gradient, v => 2 * v), dx, 1e-6, "dx twice");
        }
    }

    [Fact]
    [Term("Max-pooling")]
    public void The_lectures_example_comes_out()
    {
        float[] x = [0, 1, 2, 1, 4, 1, 0, 1, 2, 0, 1, 1, 1, 2, 3, 1], nine = new float[9], four = new float[4];
        Pooling.MaxForward(new(1, 1, 4, 4, 2, 2, 1, 1), x, nine);
        Pooling.MaxForward(new(1, 1, 4, 4, 2, 2, 2, 2), x, four);
        Assert.Equal([4, 2, 2, 4, 1, 1, 2, 3, 3], nine);
        Assert.Equal([4, 2, 2, 3], four);
    }

    /// <summary>Registers run over within a chunk of planes, never into the next one: many chunks, of narrow images and of wide ones.</summary>
    [Theory]
    [InlineData(4), InlineData(10), InlineData(16), InlineData(28), InlineData(36), InlineData(70)]
    public void Many_planes_are_pooled_like_one(int width)
    {
        PoolShape one = new(1, 1, 10, width, 2, 2, 2, 2), many = one with { Batch = 37, Channels = 5 };
        float[] x = Array.ConvertAll(KernelData.Normal(many.InputLength, width), v => MathF.Round(4 * v)), dy = KernelData.Normal(many.OutputLength, width + 1);
        float[] y = new float[dy.Length], dx = new float[x.Length], average = new float[dy.Length], shares = new float[x.Length];
        Pooling.MaxForward(many, x, y);
        Pooling.MaxBackward(many, x, dy, dx);
        Pooling.AverageForward(many, x, average);
        Pooling.AverageBackward(many, dy, shares);
        int inputs = (int)one.InputLength, outputs = (int)one.OutputLength;
        float[] output = new float[outputs], input = new float[inputs];
        for (int plane = 0; plane < many.Batch * many.Channels; plane++)
        {
            Range pixels = (plane * inputs)..((plane + 1) * inputs), windows = (plane * outputs)..((plane + 1) * outputs);
            Pooling.MaxForward(one, x[pixels], output);
            Assert.Equal(output, y[windows]);
            Pooling.MaxBackward(one, x[pixels], dy[windows], input);
            Assert.Equal(input, dx[pixels]);
            Pooling.AverageForward(one, x[pixels], output);
            Assert.Equal(output, average[windows]);
            Pooling.AverageBackward(one, dy[windows], input);
            Assert.Equal(input, shares[pixels]);
        }
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void Nan_wins_its_window_and_takes_the_gradient(int corner)
    {
        foreach (int stride in new[] { 1, 2 }) // 2x2 at stride 2 has code of its own
        {
            PoolShape s = new(1, 1, 2, 2, 2, 2, stride, stride);
            float[] x = [9, 9, 9, 9], y = new float[1], dx = new float[4], expected = new float[4];
            x[0] = float.NaN;
            x[corner] = float.NaN;
            expected[corner] = 5;
            Pooling.MaxForward(s, x, y);
            Pooling.MaxBackward(s, x, [5], dx);
            Assert.Equal([float.NaN], y);
            Assert.Equal(expected, dx);
        }
    }

    /// <summary>The same where registers are whole.</summary>
    [Theory]
    [InlineData(10), InlineData(28), InlineData(64)]
    public void Nan_wins_in_wide_images_too(int width)
    {
        PoolShape s = new(1, 1, 60, width, 2, 2, 2, 2);
        float[] x = KernelData.Normal(s.InputLength, 1), dy = KernelData.Normal(s.OutputLength, 2), y = new float[dy.Length], dx = new float[x.Length], expected = new float[x.Length];
        for (int i = 0; i < x.Length; i += 3)
        {
            x[i] = float.NaN;
        }
        Pooling.MaxForward(s, x, y);
        Pooling.MaxBackward(s, x, dy, dx);
        foreach ((int window, List<int> pixels) in Windows(s))
        {
            bool spoilt = pixels.Exists(i => float.IsNaN(x[i]));
            Assert.Equal(spoilt ? float.NaN : pixels.Max(i => x[i]), y[window]);
            expected[spoilt ? pixels.Last(i => float.IsNaN(x[i])) : pixels.First(i => x[i] == y[window])] = dy[window];
        }
        Assert.Equal(expected, dx);
    }

    [Fact]
    public void Bits_do_not_depend_on_the_threads()
    {
        PoolShape two = new(16, 8, 28, 28, 2, 2, 2, 2), three = new(16, 8, 28, 28, 3, 3, 2, 2, 1, 1, 1, 1);
        float[] x = KernelData.Normal(two.InputLength, 1), dy = KernelData.Normal(two.OutputLength, 2);
        KernelData.SameForAnyThreads(() =>
        {
            float[] y = new float[dy.Length], dx = new float[x.Length], average = new float[three.OutputLength];
            Pooling.MaxForward(two, x, y);
            Pooling.MaxBackward(two, x, dy, dx);
            Pooling.AverageForward(three, x, average);
            return [.. y, .. dx, .. average];
        });
    }

    [Fact]
    public void Wrong_lengths_and_shapes_are_named()
    {
        PoolShape s = new(1, 2, 4, 4, 2, 2, 2, 2);
        ArgumentException e = Assert.Throws<ArgumentException>(() => Pooling.MaxForward(s, new float[31], new float[8]));
        Assert.StartsWith("Pooling.MaxForward: x has 31 elements, expected 32 ([1, 2, 4, 4]).", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => Pooling.AverageBackward(s, new float[9], new float[32]));
        Assert.StartsWith("Pooling.AverageBackward: dy has 9 elements, expected 8", e.Message, StringComparison.Ordinal);
        Assert.Equal("PadTop", Assert.Throws<ArgumentOutOfRangeException>(() => (s with { PadTop = 2 }).Validate()).ParamName);
        Assert.Contains("5x2 window", Assert.Throws<ArgumentException>(() => (s with { KernelHeight = 5 }).Validate()).Message, StringComparison.Ordinal);
    }

    /// <summary>Each window and the pixels that it covers.</summary>
    internal static IEnumerable<(int Window, List<int> Pixels)> Windows(PoolShape s)
    {
        int window = 0;
        for (int plane = 0; plane < s.Batch * s.Channels; plane++)
        for (int i = 0; i < s.OutHeight; i++)
        for (int j = 0; j < s.OutWidth; j++)
        {
            List<int> pixels = [];
            for (int a = 0; a < s.KernelHeight; a++)
            for (int d = 0; d < s.KernelWidth; d++)
            {
                int u = (i * s.StrideH) + a - s.PadTop, v = (j * s.StrideW) + d - s.PadLeft;
                if (u >= 0 && u < s.InHeight && v >= 0 && v < s.InWidth)
                {
                    pixels.Add((((plane * s.InHeight) + u) * s.InWidth) + v);
                }
            }
            yield return (window++, pixels);
        }
    }
}
