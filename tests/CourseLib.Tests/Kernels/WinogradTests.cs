using CourseLib.Kernels;
using CourseLib.Kernels.Convolutions;
using CourseLib.Tests.Kernels.Sizes;

namespace CourseLib.Tests.Kernels;

/// <summary>Both algorithms of a 3x3 convolution stay within the errors that rounding can make in them, whatever the size, whether they are chosen there or not.</summary>
public class WinogradTests
{
    /// <summary>Batch, channels, height, width, filters, padding.</summary>
    public static TheoryData<int, int, int, int, int, int> Sizes => new()
    {
        { 1, 1, 4, 4, 1, 1 }, { 2, 3, 2, 4, 5, 1 }, { 1, 5, 1, 5, 2, 1 }, { 3, 2, 5, 6, 3, 0 }, { 1, 7, 3, 7, 11, 2 }, { 2, 4, 6, 9, 17, 0 },
        { 1, 13, 7, 4, 8, 1 }, { 2, 15, 11, 13, 16, 1 }, { 1, 16, 17, 8, 19, 2 }, { 5, 17, 8, 23, 15, 1 }, { 1, 31, 9, 31, 33, 1 }, { 7, 33, 5, 5, 31, 1 },
        { 1, 47, 67, 6, 29, 1 }, { 1, 32, 12, 67, 34, 0 }, { 1, 67, 13, 17, 67, 1 }, { 64, 18, 4, 4, 49, 1 }, { 1, 2, 67, 67, 3, 1 },
        { 2, 32, 28, 28, 32, 1 }, { 2, 32, 14, 14, 64, 1 }, { 2, 64, 14, 14, 64, 1 }, { 3, 64, 7, 7, 20, 1 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void Errors_stay_within_what_rounding_can_do(int batch, int channels, int height, int width, int filters, int padding)
    {
        ConvShape shape = new(batch, channels, height, width, filters, 3, 3, PadTop: padding, PadBottom: padding, PadLeft: padding, PadRight: padding);
        Guarded x = Guarded.Normal(shape.InputLength, 1), w = Guarded.Normal(shape.WeightsLength, 2), b = Guarded.Normal(shape.OutChannels, 3), dy = Guarded.Normal(shape.OutputLength, 4);
        Guarded y = Guarded.Output(dy.Length, 5), dx = Guarded.Output(x.Length, 6);
        ExactCorrelation forward = ExactCorrelation.Forward(shape, x, w, b), backward = ExactCorrelation.BackwardInput(shape, dy, w);
        double[] exactY = forward.Sums(absolute: false), exactDx = backward.Sums(absolute: false);

        Convolution.ForwardDirectly(shape, x, w, b, y);
        Verify(exactY, forward.Sums(absolute: true), forward.DirectRoundings, y, "y, direct");
        Convolution.BackwardInputDirectly(shape, dy, w, dx, accumulate: false);
        Verify(exactDx, backward.Sums(absolute: true), backward.DirectRoundings, dx, "dx, direct");
        Assert.Equal(width >= 4 && width + (2 * padding) >= 6, Winograd.Fits(shape));
        if (Winograd.Fits(shape))
        {
            Winograd.Forward(shape, x, w, b, y, rectify: false);
            Verify(exactY, forward.WinogradOfAbsolutes(), forward.WinogradRoundings, y, "y, Winograd");
            Winograd.BackwardInput(shape, dy, w, dx, accumulate: false);
            Verify(exactDx, backward.WinogradOfAbsolutes(), backward.WinogradRoundings, dx, "dx, Winograd");
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Errors_of_the_weights_gradient_stay_within_what_rounding_can_do(int batch, int channels, int height, int width, int filters, int padding)
    {
        ConvShape shape = new(batch, channels, height, width, filters, 3, 3, PadTop: padding, PadBottom: padding, PadLeft: padding, PadRight: padding);
        Guarded x = Guarded.Normal(shape.InputLength, 1), dy = Guarded.Normal(shape.OutputLength, 4), dw = Guarded.Output((int)shape.WeightsLength, 5), db = Guarded.Output(filters, 6);
        ExactCorrelation forward = ExactCorrelation.Forward(shape, x, new float[shape.WeightsLength], []);
        double[] exact = forward.GradientSums(dy, absolute: false);
        Convolution.BackwardWeightsDirectly(shape, x, dy, dw, db, accumulate: false);
        Verify(exact, forward.GradientSums(dy, absolute: true), forward.DirectGradientRoundings, dw, "dw, direct");
        if (Winograd.Fits(shape) && TapWork.Suits(shape))
        {
            float[] bias = db.Span.ToArray();
            Winograd.BackwardWeights(shape, x, dy, dw, db, accumulate: false);
            Verify(exact, forward.WinogradGradientOfAbsolutes(dy), forward.WinogradGradientRoundings, dw, "dw, Winograd");
            KernelData.Close(KernelData.ToDouble(bias), db.Span, 1e-5, "db");
            db.Verify("db");
        }
    }

    // Each number within what the worst roundings could do to it, their root mean square within what random ones do.
    private static void Verify(double[] exact, double[] absolutes, int roundings, Guarded actual, string what)
    {
        Rounding.Within(exact, absolutes, roundings, actual, what);
        double bound = Rounding.Unit * Math.Sqrt(roundings) * RootMeanSquare(absolutes);
        Assert.InRange(RootMeanSquare([.. exact.Select((value, i) => actual[i] - value)]), 0, bound);
    }

    private static double RootMeanSquare(double[] values) => Math.Sqrt(values.Sum(value => value * value) / values.Length);

    /// <summary>What the remarks of <see cref="Winograd"/> say.</summary>
    [Theory]
    [InlineData(32, 28, 32), InlineData(32, 14, 64), InlineData(64, 14, 64)]
    public void Winograds_errors_are_about_double_those_of_the_direct_sum(int channels, int size, int filters)
    {
        ConvShape shape = Same(2, channels, size, filters);
        float[] x = KernelData.Normal(shape.InputLength, 1), w = KernelData.Normal(shape.WeightsLength, 2), y = new float[shape.OutputLength];
        double[] exact = ExactCorrelation.Forward(shape, x, w, []).Sums(absolute: false);
        Convolution.ForwardDirectly(shape, x, w, [], y);
        double direct = RootMeanSquare([.. exact.Select((value, i) => y[i] - value)]);
        Winograd.Forward(shape, x, w, [], y, rectify: false);
        Assert.InRange(RootMeanSquare([.. exact.Select((value, i) => y[i] - value)]) / direct, 1.2, 2.8);
    }

    /// <summary>The same for the gradient of the weights: at most double, as the rounding of the longer sums is in both.</summary>
    [Theory]
    [InlineData(32, 28, 32), InlineData(32, 14, 64), InlineData(64, 14, 64)]
    public void Errors_of_the_weights_gradient_are_at_most_double_those_of_the_direct_sum(int channels, int size, int filters)
    {
        ConvShape shape = Same(2, channels, size, filters);
        float[] x = KernelData.Normal(shape.InputLength, 1), dy = KernelData.Normal(shape.OutputLength, 2), dw = new float[shape.WeightsLength];
        double[] exact = ExactCorrelation.Forward(shape, x, dw, []).GradientSums(dy, absolute: false);
        Convolution.BackwardWeightsDirectly(shape, x, dy, dw, [], accumulate: false);
        double direct = RootMeanSquare([.. exact.Select((value, i) => dw[i] - value)]);
        Winograd.BackwardWeights(shape, x, dy, dw, [], accumulate: false);
        double winograd = RootMeanSquare([.. exact.Select((value, i) => dw[i] - value)]);
        Assert.InRange(winograd / direct, 1.1, 2.4);
    }

    /// <summary>A block of images in several groups of tiles; a bias or none; sums that are added to what is there.</summary>
    [Theory]
    [InlineData(20, 48, 28, 48), InlineData(5, 19, 15, 37), InlineData(33, 16, 9, 24)]
    public void The_weights_gradient_is_the_direct_one(int batch, int channels, int size, int filters)
    {
        ConvShape shape = Same(batch, channels, size, filters);
        float[] x = KernelData.Normal(shape.InputLength, 1), dy = KernelData.Normal(shape.OutputLength, 2);
        float[] dw = new float[shape.WeightsLength], db = new float[filters], expected = new float[dw.Length], expectedBias = new float[filters];
        Convolution.BackwardWeightsDirectly(shape, x, dy, expected, expectedBias, accumulate: false);
        Winograd.BackwardWeights(shape, x, dy, dw, db, accumulate: false);
        KernelData.Close(KernelData.ToDouble(expected), dw, 1e-5, "dw");
        KernelData.Close(KernelData.ToDouble(expectedBias), db, 1e-5, "db");

        float[] start = KernelData.Normal(dw.Length, 3), startBias = KernelData.Normal(filters, 4), sum = [.. start], sumBias = [.. startBias];
        Winograd.BackwardWeights(shape, x, dy, sum, sumBias, accumulate: true);
        Assert.Equal(start.Zip(dw, (a, c) => a + c), sum);
        Assert.Equal(startBias.Zip(db, (a, c) => a + c), sumBias);
        Winograd.BackwardWeights(shape, x, dy, expected, [], accumulate: false);
        Assert.Equal(dw, expected);
    }

    [Fact]
    public void Bits_of_the_weights_gradient_do_not_depend_on_the_threads()
    {
        ConvShape shape = Same(37, 20, 13, 40);
        float[] x = KernelData.Normal(shape.InputLength, 1), dy = KernelData.Normal(shape.OutputLength, 2);
        KernelData.SameForAnyThreads(() =>
        {
            float[] dw = new float[shape.WeightsLength], db = new float[shape.OutChannels];
            Winograd.BackwardWeights(shape, x, dy, dw, db, accumulate: false);
            return [.. dw, .. db];
        });
    }

    [Fact]
    public void Winograd_is_chosen_where_it_pays()
    {
        Assert.True(WinogradShape.Forward(Same(64, 32, 28, 32)).PaysForWeights);
        Assert.True(WinogradShape.Forward(Same(64, 32, 14, 64)).PaysForWeights);
        Assert.True(WinogradShape.Forward(Same(64, 64, 14, 64)).PaysForWeights);
        Assert.False(WinogradShape.Forward(Same(64, 1, 28, 32)).PaysForWeights);
        Assert.False(WinogradShape.Forward(Same(64, 32, 2, 32)).PaysForWeights);
        Assert.False(WinogradShape.Forward(Same(64, 512, 14, 512)).PaysForWeights);
        Assert.False(WinogradShape.Forward(new(1, 32, 28, 100_000, 32, 3, 3)).PaysForWeights);
        Assert.True(WinogradShape.Forward(Same(64, 32, 28, 32)).Pays);
        Assert.True(WinogradShape.Forward(Same(64, 16, 28, 16)).Pays);
        Assert.True(WinogradShape.BackwardInput(Same(64, 64, 14, 64)).Pays);
        Assert.True(WinogradShape.Forward(Same(1, 64, 14, 64)).Pays);
        Assert.False(WinogradShape.Forward(Same(64, 1, 28, 32)).Pays);
        Assert.False(WinogradShape.Forward(Same(64, 8, 28, 8)).Pays);
        Assert.False(WinogradShape.Forward(Same(64, 32, 2, 32)).Pays);
        Assert.False(WinogradShape.Forward(new(1, 32, 28, 100_000, 32, 3, 3)).Pays);
        Assert.False(Winograd.Fits(Same(64, 32, 28, 32) with { StrideW = 2 }));
        Assert.False(Winograd.Fits(Same(64, 32, 28, 32) with { KernelHeight = 5 }));
    }

    [Fact]
    public void An_image_of_few_tiles_is_divided_where_there_are_threads_for_it()
    {
        WinogradShape few = WinogradShape.Forward(Same(1, 64, 14, 64)), more = WinogradShape.Forward(Same(1, 32, 28, 32)), many = WinogradShape.Forward(Same(64, 64, 14, 64));
        Assert.Equal([1, 2, 2], new[] { 1, 2, 3 }.Select(few.Blocks));
        Assert.Equal(more.Blocks(1), more.Blocks(2));
        Assert.Equal(many.Blocks(1), many.Blocks(2));
    }

    [Theory]
    [InlineData(1), InlineData(5)]
    public void Sums_are_added_to_what_is_there_or_rectified(int batch)
    {
        ConvShape shape = Same(batch, 19, 15, 37);
        float[] x = KernelData.Normal(shape.InputLength, 1), w = KernelData.Normal(shape.WeightsLength, 2), b = KernelData.Normal(37, 3), y = new float[shape.OutputLength], rectified = new float[y.Length];
        Winograd.Forward(shape, x, w, b, y, rectify: false);
        Winograd.Forward(shape, x, w, b, rectified, rectify: true);
        Assert.Equal(y.Select(value => value < 0 ? 0 : value), rectified);

        float[] start = KernelData.Normal(shape.InputLength, 4), dx = new float[start.Length], sum = [.. start];
        Winograd.BackwardInput(shape, y, w, dx, accumulate: false);
        Winograd.BackwardInput(shape, y, w, sum, accumulate: true);
        Assert.Equal(start.Zip(dx, (a, c) => a + c), sum);
    }

    [Fact]
    public void One_sided_padding_is_that_of_the_definition()
    {
        ConvShape shape = new(2, 6, 9, 10, 7, 3, 3, PadTop: 2, PadBottom: 0, PadLeft: 0, PadRight: 1);
        float[] x = KernelData.Normal(shape.InputLength, 1), w = KernelData.Normal(shape.WeightsLength, 2), y = new float[shape.OutputLength], expected = new float[y.Length];
        Winograd.Forward(shape, x, w, [], y, rectify: false);
        Convolution.ForwardDirectly(shape, x, w, [], expected);
        KernelData.Close(KernelData.ToDouble(expected), y, 1e-5, "y");
        float[] dx = new float[x.Length], expectedDx = new float[x.Length];
        Winograd.BackwardInput(shape, y, w, dx, accumulate: false);
        Convolution.BackwardInputDirectly(shape, y, w, expectedDx, accumulate: false);
        KernelData.Close(KernelData.ToDouble(expectedDx), dx, 1e-5, "dx");
    }

    private static ConvShape Same(int batch, int channels, int size, int filters) =>
        new(batch, channels, size, size, filters, 3, 3, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1);
}
