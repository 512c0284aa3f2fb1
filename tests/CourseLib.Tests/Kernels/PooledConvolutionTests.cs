using CourseLib.Kernels;
using CourseLib.Kernels.Convolutions;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels.Sizes;

namespace CourseLib.Tests.Kernels;

/// <summary>A convolution that pools on its way gives what a convolution and a pooling after it give: the same values to the bit, the same gradients.</summary>
[Collection(nameof(ProcessState))]
public class PooledConvolutionTests
{
    /// <summary>Batch, channels, height, width, filters, kernel, stride, padding: LeNet's two; windows of one to seven columns; one to forty channels; odd rows and columns; few images; few and many filters.</summary>
    public static TheoryData<int, int, int, int, int, int, int, int> Sizes => new()
    {
        { 64, 1, 28, 28, 6, 5, 1, 2 }, { 64, 6, 14, 14, 16, 5, 1, 0 }, { 9, 6, 14, 14, 31, 5, 1, 0 }, { 17, 5, 13, 12, 16, 4, 1, 0 }, { 1, 1, 2, 2, 1, 1, 1, 0 }, { 2, 3, 9, 7, 5, 3, 1, 1 },
        { 3, 8, 11, 13, 12, 2, 1, 1 }, { 8, 1, 7, 70, 3, 7, 1, 3 }, { 5, 17, 6, 10, 9, 3, 1, 0 }, { 2, 40, 5, 8, 18, 1, 1, 0 }, { 4, 2, 15, 15, 7, 3, 2, 1 }, { 1, 2, 30, 36, 20, 5, 1, 2 },
        { 33, 3, 8, 35, 2, 3, 1, 1 }, { 3, 16, 10, 66, 4, 5, 1, 0 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Values_and_gradients_are_those_of_two_operations(int batch, int channels, int height, int width, int filters, int kernel, int stride, int padding)
    {
        ConvShape shape = Shape(batch, channels, height, width, filters, kernel, stride, padding);
        PoolShape pool = new(batch, filters, shape.OutHeight, shape.OutWidth, 2, 2, 2, 2);
        Guarded x = Guarded.Normal(shape.InputLength, 1), w = Guarded.Normal(shape.WeightsLength, 2), b = Guarded.Normal(filters, 3), dy = Guarded.Normal(pool.OutputLength, 4);
        float[] wide = new float[shape.OutputLength], expected = new float[pool.OutputLength], dWide = new float[shape.OutputLength];
        Convolution.ForwardDirectly(shape, x, w, b, wide);
        Pooling.MaxForward(pool, wide, expected);
        Pooling.MaxBackward(pool, wide, dy, dWide);

        Guarded y = Guarded.Output((int)pool.OutputLength, 5), winners = Guarded.Output((int)pool.OutputLength, 6);
        Convolution.ForwardPooled(shape, x, w, b, y, winners);
        Assert.Equal(expected, Copy(y));
        Convolution.ForwardPooled(shape, x, w, b, y, [], rectify: true);
        Elementwise.Unary<ReluOperator>(expected, expected);
        Assert.Equal(expected, Copy(y));

        Guarded dw = Guarded.Output((int)shape.WeightsLength, 7), db = Guarded.Output(filters, 8), dx = Guarded.Output((int)shape.InputLength, 9);
        Convolution.BackwardPooled(shape, x, w, dy, winners, dw, db, dx);
        Gradients(shape, x, w, dWide, out float[] expectedW, out float[] expectedB, out float[] expectedX);
        Assert.Equal(expectedX, Copy(dx));
        KernelData.Close(KernelData.ToDouble(expectedW), dw, 1e-5, "dw");
        KernelData.Close(KernelData.ToDouble(expectedB), db, 1e-5, "db");

        Convolution.BackwardPooled(shape, x, w, dy, winners, dw, db, dx, accumulateWeights: true, accumulateInput: true);
        KernelData.Close([.. expectedW.Select(value => 2.0 * value)], dw, 1e-5, "dw, twice");
        KernelData.Close([.. expectedB.Select(value => 2.0 * value)], db, 1e-5, "db, twice");
        KernelData.Close([.. expectedX.Select(value => 2.0 * value)], dx, 1e-5, "dx, twice");
        foreach ((Guarded output, string name) in new[] { (y, "y"), (winners, "winners"), (dw, "dw"), (db, "db"), (dx, "dx") })
        {
            output.Verify(name);
        }
    }

    /// <summary>Small whole numbers have many equals in a window, and sums without rounding: everything is the same to the bit.</summary>
    [Theory, MemberData(nameof(Sizes))]
    public void The_first_of_equals_wins(int batch, int channels, int height, int width, int filters, int kernel, int stride, int padding)
    {
        ConvShape shape = Shape(batch, channels, height, width, filters, kernel, stride, padding);
        PoolShape pool = new(batch, filters, shape.OutHeight, shape.OutWidth, 2, 2, 2, 2);
        Random random = new(11);
        float[] x = Whole(shape.InputLength), w = Whole(shape.WeightsLength), dy = Whole(pool.OutputLength);
        float[] wide = new float[shape.OutputLength], dWide = new float[shape.OutputLength], y = new float[pool.OutputLength], winners = new float[pool.OutputLength];
        Convolution.ForwardDirectly(shape, x, w, [], wide);
        Pooling.MaxBackward(pool, wide, dy, dWide);
        Gradients(shape, x, w, dWide, out float[] expectedW, out float[] expectedB, out float[] expectedX);

        Convolution.ForwardPooled(shape, x, w, [], y, winners);
        float[] dw = new float[w.Length], db = new float[filters], dx = new float[x.Length];
        Convolution.BackwardPooled(shape, x, w, dy, winners, dw, db, dx);
        Assert.Equal(expectedW, dw);
        Assert.Equal(expectedB, db);
        Assert.Equal(expectedX, dx);

        float[] Whole(long length) => [.. Enumerable.Range(0, (int)length).Select(_ => (float)random.Next(-1, 2))];
    }

    [Theory]
    [InlineData(1, 28, 6, 2), InlineData(6, 14, 16, 0)]
    public void What_is_no_number_wins(int channels, int size, int filters, int padding)
    {
        ConvShape shape = Shape(8, channels, size, size, filters, 5, 1, padding);
        PoolShape pool = new(8, filters, shape.OutHeight, shape.OutWidth, 2, 2, 2, 2);
        float[] x = KernelData.Normal(shape.InputLength, 1), w = KernelData.Normal(shape.WeightsLength, 2);
        (x[3], x[200], x[500]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity);
        float[] wide = new float[shape.OutputLength], expected = new float[pool.OutputLength], y = new float[pool.OutputLength], winners = new float[pool.OutputLength], dWide = new float[shape.OutputLength];
        Convolution.ForwardDirectly(shape, x, w, [], wide);
        Pooling.MaxForward(pool, wide, expected);
        Convolution.ForwardPooled(shape, x, w, [], y, winners);
        Assert.Contains(expected, float.IsNaN);
        Assert.Equal(expected, y);

        // A gradient of ones says where the winners are.
        float[] ones = [.. Enumerable.Repeat(1f, y.Length)];
        Pooling.MaxBackward(pool, wide, ones, dWide);
        for (int window = 0; window < y.Length; window++)
        {
            int plane = window / (pool.OutHeight * pool.OutWidth), row = window / pool.OutWidth % pool.OutHeight, column = window % pool.OutWidth, corner = (int)winners[window];
            Assert.Equal(1, dWide[(((plane * pool.InHeight) + (2 * row) + (corner / 2)) * pool.InWidth) + (2 * column) + (corner % 2)]);
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Threads_change_nothing(int batch, int channels, int height, int width, int filters, int kernel, int stride, int padding) => KernelData.SameForAnyThreads(() =>
    {
        ConvShape shape = Shape(batch, channels, height, width, filters, kernel, stride, padding);
        int length = batch * filters * (shape.OutHeight / 2) * (shape.OutWidth / 2);
        float[] x = KernelData.Normal(shape.InputLength, 1), w = KernelData.Normal(shape.WeightsLength, 2), y = new float[length], winners = new float[length];
        float[] dw = new float[w.Length], db = new float[filters], dx = new float[x.Length];
        Convolution.ForwardPooled(shape, x, w, [], y, winners);
        Convolution.BackwardPooled(shape, x, w, KernelData.Normal(length, 4), winners, dw, db, dx);
        return [.. y, .. winners, .. dw, .. db, .. dx];
    });

    /// <summary>The sizes above meet the sum over winners and the one over all pixels, lanes of pixels and of filters.</summary>
    [Fact]
    public void Each_way_is_gone()
    {
        ConvShape[] shapes = [.. Sizes.Select(size => Shape((int)size[0], (int)size[1], (int)size[2], (int)size[3], (int)size[4], (int)size[5], (int)size[6], (int)size[7]))];
        Assert.Contains(shapes, shape => WinnerWork.Suits(shape));
        Assert.Contains(shapes, shape => !WinnerWork.Suits(shape));
        Assert.Contains(shapes, shape => RowWork.Suits(shape));
        Assert.Contains(shapes, shape => !RowWork.Suits(shape));
    }

    private static ConvShape Shape(int batch, int channels, int height, int width, int filters, int kernel, int stride, int padding) =>
        new(batch, channels, height, width, filters, kernel, kernel, stride, stride, padding, padding, padding, padding);

    private static void Gradients(in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> dy, out float[] dw, out float[] db, out float[] dx)
    {
        (dw, db, dx) = (new float[shape.WeightsLength], new float[shape.OutChannels], new float[shape.InputLength]);
        Convolution.BackwardWeightsDirectly(shape, x, dy, dw, db, accumulate: false);
        Convolution.BackwardInput(shape, dy, w, dx);
    }

    private static float[] Copy(ReadOnlySpan<float> values) => values.ToArray();
}
