using CourseLib.Kernels;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Kernels;

[Collection(nameof(ProcessState))]
[Term("LocallyConnected2d")]
public class LocallyConnectedTests
{
    public static TheoryData<int, ConvShape> Cases => new()
    {
        { 1, new(1, 1, 4, 4, 1, 3, 3) },
        { 2, new(3, 2, 5, 7, 4, 3, 2) },
        { 3, new(2, 3, 6, 6, 2, 3, 3, 2, 2, 1, 1, 1, 1) },
        { 4, new(5, 1, 9, 8, 3, 2, 4, 3, 2, 0, 1, 2, 0) },
        { 5, new(17, 2, 6, 5, 6, 5, 5, 1, 1, 2, 2, 2, 2) },
        { 6, new(2, 1, 7, 7, 3, 2, 2, 3, 3) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_passes_are_the_definition(int seed, ConvShape s)
    {
        int places = s.OutHeight * s.OutWidth, bank = (int)s.WeightsLength;
        float[] x = KernelData.Normal(s.InputLength, seed), w = KernelData.Normal(places * bank, seed + 10), dy = KernelData.Normal(s.OutputLength, seed + 20);
        double[] y = new double[dy.Length], dx = new double[x.Length], dw = new double[w.Length];
        foreach ((int px, int pw, int py) in ConvolutionReference.Terms(s))
        {
            int own = (py % places * bank) + pw;
            y[py] += (double)x[px] * w[own];
            dx[px] += (double)dy[py] * w[own];
            dw[own] += (double)dy[py] * x[px];
        }

        float[] forward = new float[y.Length], input = new float[x.Length], weights = new float[w.Length];
        LocallyConnected.Forward(s, x, w, forward);
        LocallyConnected.BackwardInput(s, dy, w, input);
        LocallyConnected.BackwardWeights(s, x, dy, weights);
        KernelData.Close(y, forward, 1e-5, "forward");
        KernelData.Close(dx, input, 1e-5, "input");
        KernelData.Close(dw, weights, 1e-5, "weights");

        LocallyConnected.BackwardInput(s, dy, w, input, accumulate: true);
        LocallyConnected.BackwardWeights(s, x, dy, weights, accumulate: true);
        KernelData.Close([.. dx.Select(value => 2 * value)], input, 1e-5, "input");
        KernelData.Close([.. dw.Select(value => 2 * value)], weights, 1e-5, "weights");
    }

    [Fact]
    public void Bits_do_not_depend_on_the_threads()
    {
        ConvShape s = new(7, 3, 12, 11, 5, 3, 3, 1, 1, 1, 1, 1, 1);
        float[] x = KernelData.Normal(s.InputLength, 1), w = KernelData.Normal(s.OutHeight * s.OutWidth * (int)s.WeightsLength, 2);
        float[]? first = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            WorkersTests.WithThreads(threads, () =>
            {
                float[] y = new float[s.OutputLength], dx = new float[x.Length], dw = new float[w.Length];
                LocallyConnected.Forward(s, x, w, y);
                LocallyConnected.BackwardInput(s, y, w, dx);
                LocallyConnected.BackwardWeights(s, x, y, dw);
                float[] all = [.. y, .. dx, .. dw];
                first ??= all;
                Assert.Equal(first, all);
            });
        }
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        ConvShape s = new(1, 1, 4, 4, 1, 3, 3);
        Assert.Contains("weights", Assert.Throws<ArgumentException>(() => LocallyConnected.Forward(s, new float[16], new float[9], new float[4])).Message, StringComparison.Ordinal);
        Assert.Contains("windows", Assert.Throws<ArgumentException>(() => Windows.Unfold(s, default, new float[16], new float[9])).Message, StringComparison.Ordinal);
    }
}
