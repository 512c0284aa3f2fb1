using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

public class SoftmaxTests
{
    public static TheoryData<int, int> Sizes() => new() { { 1, 1 }, { 3, 2 }, { 64, 10 }, { 5, 15 }, { 5, 16 }, { 5, 17 }, { 2, 1000 }, { 1000, 33 } };

    [Theory, MemberData(nameof(Sizes))]
    public void Softmax_and_log_softmax_are_the_definition(int rows, int columns)
    {
        float[] x = KernelData.Normal(rows * columns, 1, 0, 3), y = new float[x.Length], log = new float[x.Length];
        double[] expected = LogReference(columns, KernelData.ToDouble(x));
        Softmax.Forward(rows, columns, x, y);
        LogSoftmax.Forward(rows, columns, x, log);
        KernelData.Close(Array.ConvertAll(expected, Math.Exp), y, 1e-6, "softmax");
        KernelData.Close(expected, log, 1e-6, "log-softmax");
    }

    [Theory]
    [InlineData(2, 3), InlineData(3, 17)]
    public void Backward_passes_are_the_central_differences(int rows, int columns)
    {
        float[] x = KernelData.Normal(rows * columns, 1), dy = KernelData.Normal(x.Length, 2), y = new float[x.Length], dx = new float[x.Length];
        double[] wx = KernelData.ToDouble(x);
        double[] soft = CentralDifferences.Of(wx, () => CentralDifferences.Dot(Array.ConvertAll(LogReference(columns, wx), Math.Exp), dy));
        double[] log = CentralDifferences.Of(wx, () => CentralDifferences.Dot(LogReference(columns, wx), dy));
        Softmax.Forward(rows, columns, x, y);
        Softmax.Backward(rows, columns, y, dy, dx);
        KernelData.Close(soft, dx, 1e-5, "softmax dx");
        Softmax.Backward(rows, columns, y, dy, dx, accumulate: true);
        KernelData.Close(Array.ConvertAll(soft, v => 2 * v), dx, 1e-5, "softmax dx twice");
        LogSoftmax.Forward(rows, columns, x, y);
        LogSoftmax.Backward(rows, columns, y, dy, dx);
        KernelData.Close(log, dx, 1e-5, "log-softmax dx");
        LogSoftmax.Backward(rows, columns, y, dy, dx, accumulate: true);
        KernelData.Close(Array.ConvertAll(log, v => 2 * v), dx, 1e-5, "log-softmax dx twice");
    }

    [Theory]
    [InlineData(1e4f), InlineData(-1e4f), InlineData(3e38f), InlineData(-3e38f)]
    public void Large_logits_stay_exact(float offset)
    {
        float[] x = [offset, offset, offset], y = new float[3];
        Softmax.Forward(1, 3, x, y);
        Assert.All(y, v => Assert.Equal(1.0 / 3, v, 1e-7));
        LogSoftmax.Forward(1, 3, x, y);
        Assert.All(y, v => Assert.Equal(-Math.Log(3), v, 1e-6));
        Assert.Equal(Math.Log(3), SoftmaxCrossEntropy.Forward(1, 3, x, [1], [], [], []), 1e-6);
    }

    [Fact]
    public void A_hopeless_example_costs_its_whole_distance()
    {
        float[] gradient = new float[3];
        Assert.Equal(2000, SoftmaxCrossEntropy.Forward(1, 3, [1000, 0, -1000], [2], [], [], gradient));
        Assert.Equal([1, 0, -1], gradient);
        Assert.Equal(2000, SoftmaxCrossEntropy.ForwardDistribution(1, 3, [1000, 0, -1000], [0, 0, 1], [], [], gradient));
        Assert.Equal([1, 0, -1], gradient);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Cross_entropy_is_the_mean_of_minus_log_softmax(int rows, int columns)
    {
        float[] x = KernelData.Normal(rows * columns, 1, 0, 2), losses = new float[rows], gradient = new float[x.Length];
        float[] classes = [.. Enumerable.Range(0, rows).Select(i => (float)(i * 7 % columns))], weights = [.. KernelData.Normal(rows, 2).Select(MathF.Abs)];
        weights[0] = 0;
        double[] log = LogReference(columns, KernelData.ToDouble(x));
        double[] each = [.. classes.Select((c, i) => -log[(i * columns) + (int)c])];

        Assert.Equal(each.Average(), SoftmaxCrossEntropy.Forward(rows, columns, x, classes, [], losses, gradient), 1e-5);
        KernelData.Close(each, losses, 1e-6, "losses");
        KernelData.Close(Gradient(_ => 1.0 / rows), gradient, 1e-6, "gradient");
        Assert.Equal(each.Average(), SoftmaxCrossEntropy.Forward(rows, columns, x, classes, [], [], []), 1e-5);

        classes[0] = -100; // a row without weight: its class is not looked at
        double expected = each.Select((v, i) => v * weights[i]).Sum();
        Assert.Equal(expected, SoftmaxCrossEntropy.Forward(rows, columns, x, classes, weights, losses, gradient), 1e-5 * (1 + expected));
        KernelData.Close(Gradient(i => weights[i]), gradient, 1e-6, "weighted gradient");
        Assert.Equal(0, losses[0]);

        double[] Gradient(Func<int, double> weight) =>
            [.. log.Select((l, i) => weight(i / columns) * (Math.Exp(l) - (i % columns == (i / columns * 7 % columns) ? 1 : 0)))];
    }

    [Theory]
    [InlineData(2, 3), InlineData(3, 19)]
    public void Soft_targets_have_their_gradient_too(int rows, int columns)
    {
        float[] x = KernelData.Normal(rows * columns, 1), t = [.. KernelData.Normal(x.Length, 2).Select(MathF.Abs)], losses = new float[rows], gradient = new float[x.Length];
        float[] weights = [.. KernelData.Normal(rows, 3).Select(MathF.Abs)];
        double[] wx = KernelData.ToDouble(x);
        Assert.Equal(Loss(), SoftmaxCrossEntropy.ForwardDistribution(rows, columns, x, t, weights, losses, gradient), 1e-5 * (1 + Loss()));
        KernelData.Close(CentralDifferences.Of(wx, Loss), gradient, 1e-5, "gradient");
        double mean = losses.Average();
        Assert.Equal(mean, SoftmaxCrossEntropy.ForwardDistribution(rows, columns, x, t, [], [], []), 1e-5 * (1 + mean));

        double Loss()
        {
            double[] log = LogReference(columns, wx);
            return log.Select((l, i) => -l * t[i] * weights[i / columns]).Sum();
        }
    }

    [Fact]
    public void Bits_do_not_depend_on_the_threads()
    {
        float[] x = KernelData.Normal(2000 * 10, 1), classes = [.. Enumerable.Range(0, 2000).Select(i => (float)(i % 10))];
        KernelData.SameForAnyThreads(() =>
        {
            float[] y = new float[x.Length], gradient = new float[x.Length];
            Softmax.Forward(2000, 10, x, y);
            return [SoftmaxCrossEntropy.Forward(2000, 10, x, classes, [], [], gradient), .. y, .. gradient];
        });
    }

    [Theory]
    [InlineData(-1f), InlineData(3f), InlineData(0.5f), InlineData(float.NaN)]
    public void What_is_no_class_is_named(float wrong)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy.Forward(2, 3, new float[6], [0, wrong], [], [], []));
        Assert.StartsWith("SoftmaxCrossEntropy.Forward: classes[1] is ", e.Message, StringComparison.Ordinal);
        Assert.Contains("expected a whole number from 0 to 2", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => Softmax.Forward(2, 3, new float[5], new float[6]));
        Assert.StartsWith("Softmax.Forward: x has 5 elements, expected 6", e.Message, StringComparison.Ordinal);
    }

    private static double[] LogReference(int columns, double[] x)
    {
        double[] y = new double[x.Length];
        for (int start = 0; start < x.Length; start += columns)
        {
            double[] row = x.AsSpan(start, columns).ToArray();
            double max = row.Max(), log = Math.Log(row.Sum(v => Math.Exp(v - max)));
            for (int j = 0; j < columns; j++)
            {
                y[start + j] = row[j] - max - log;
            }
        }
        return y;
    }
}
