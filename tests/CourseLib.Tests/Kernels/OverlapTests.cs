using CourseLib.Kernels;
using CourseLib.Kernels.Steps;

namespace CourseLib.Tests.Kernels;

/// <summary>
/// What happens when an output shares memory with an input: each kernel either works in place, as its documentation says, or refuses with a message that names
/// the operation and the argument. Nothing computes silently from half-overwritten input.
/// </summary>
public class OverlapTests
{
    private const int Length = 256;

    private static readonly ConvShape Image = new(1, 2, 4, 4, 2, 3, 3, 1, 1, 1, 1, 1, 1); // 32 pixels in, 32 out, 36 weights
    private static readonly PoolShape Pool = new(1, 2, 4, 4, 2, 2, 2, 2); // 32 pixels in, 8 out
    private static readonly BatchShape Planes = new(2, 3, 5), Columns = new(6, 5, 1); // 30 numbers each

    private readonly float[] memory = KernelData.Normal(Length, 1);

    [Fact]
    public void A_matrix_product_refuses()
    {
        Refused("Gemm.Multiply", "c", "a", () => Gemm.Multiply(Span(0, 6), false, Span(50, 6), false, Span(5, 4), 2, 2, 3));
        Refused("Gemm.Multiply", "c", "b", () => Gemm.Multiply(Span(0, 6), false, Span(50, 6), false, Span(50, 4), 2, 2, 3));
        Refused("Gemm.Multiply", "c", "b", () => Gemm.Multiply(Span(0, 6), 3, false, Span(50, 20), 2, false, Span(47, 4), 2, 2, 2, 3, accumulate: true));
        Gemm.Multiply(Span(0, 6), false, Span(10, 6), false, Span(6, 4), 2, 2, 3); // side by side is apart
        Refused("Gemm.Linear", "y", "x", () => Gemm.Linear(Span(0, 6), Span(50, 6), [], Span(5, 4), 2, 3, 2));
        Refused("Gemm.Linear", "y", "weights", () => Gemm.Linear(Span(0, 6), Span(50, 6), [], Span(47, 4), 2, 3, 2));
        Refused("Gemm.Linear", "y", "bias", () => Gemm.Linear(Span(0, 6), Span(50, 6), Span(60, 2), Span(60, 4), 2, 3, 2));
    }

    [Fact]
    public void Convolutions_refuse()
    {
        Refused("Convolution.Forward", "y", "x", () => Convolution.Forward(Image, Span(0, 32), Span(50, 36), [], Span(31, 32)));
        Refused("Convolution.Forward", "y", "weights", () => Convolution.Forward(Image, Span(0, 32), Span(50, 36), [], Span(85, 32)));
        Refused("Convolution.BackwardInput", "dx", "dy", () => Convolution.BackwardInput(Image, Span(0, 32), Span(50, 36), Span(0, 32)));
        Refused("Convolution.BackwardInput", "dx", "weights", () => Convolution.BackwardInput(Image, Span(0, 32), Span(50, 36), Span(40, 32)));
        Refused("Convolution.BackwardWeights", "dw", "x", () => Convolution.BackwardWeights(Image, Span(0, 32), Span(50, 32), Span(1, 36), []));
        Refused("Convolution.BackwardWeights", "dw", "dy", () => Convolution.BackwardWeights(Image, Span(0, 32), Span(50, 32), Span(81, 36), []));
        ConvShape unshared = Image with { PadTop = 0, PadBottom = 0, PadLeft = 0, PadRight = 0 }; // 8 pixels out, 144 weights
        Refused("LocallyConnected.Forward", "y", "x", () => LocallyConnected.Forward(unshared, Span(0, 32), Span(50, 144), Span(31, 8)));
        Refused("LocallyConnected.BackwardWeights", "dw", "dy", () => LocallyConnected.BackwardWeights(unshared, Span(0, 32), Span(50, 8), Span(57, 144)));
        Refused("LocallyConnected.BackwardInput", "dx", "weights", () => LocallyConnected.BackwardInput(unshared, Span(0, 8), Span(50, 144), Span(20, 32)));
    }

    [Fact]
    public void Pooling_and_windows_refuse()
    {
        Refused("Pooling.MaxForward", "y", "x", () => Pooling.MaxForward(Pool, Span(0, 32), Span(0, 8)));
        Refused("Pooling.AverageForward", "y", "x", () => Pooling.AverageForward(Pool, Span(0, 32), Span(31, 8)));
        Refused("Pooling.MaxBackward", "dx", "x", () => Pooling.MaxBackward(Pool, Span(0, 32), Span(50, 8), Span(0, 32)));
        Refused("Pooling.MaxBackward", "dx", "dy", () => Pooling.MaxBackward(Pool, Span(0, 32), Span(50, 8), Span(57, 32)));
        Refused("Pooling.AverageBackward", "dx", "dy", () => Pooling.AverageBackward(Pool, Span(50, 8), Span(20, 32)));
        ConvShape cut = Image with { PadTop = 0, PadBottom = 0, PadLeft = 0, PadRight = 0 }; // 72 window numbers
        Refused("Windows.Unfold", "windows", "x", () => Windows.Unfold(cut, new(ByPosition: true), Span(0, 32), Span(31, 72)));
        Refused("Windows.Fold", "x", "windows", () => Windows.Fold(cut, new(ByPosition: true), Span(0, 72), Span(71, 32)));
    }

    [Fact]
    public void Elements_are_computed_in_place_but_not_shifted()
    {
        InPlace(30, (x, y) => Elementwise.Unary<ExpOperator>(x, y));
        InPlace(30, (x, y) => Elementwise.Binary<AddOperator>(x, x, y));
        InPlace(30, (x, y) => Elementwise.Binary<SubtractOperator>(2, x, y));
        InPlace(30, (x, y) => Elementwise.Ternary<MultiplyAddOperator>(x, x, x, y));
        InPlace(30, (x, y) => Elementwise.Pow(x, 3, y));
        Shifted("ExpOperator", "y", "x", 30, (x, y) => Elementwise.Unary<ExpOperator>(x, y));
        Shifted("AddOperator", "y", "a", 30, (x, y) => Elementwise.Binary<AddOperator>(x, Span(200, 30), y));
        Shifted("AddOperator", "y", "b", 30, (x, y) => Elementwise.Binary<AddOperator>(Span(200, 30), x, y));
        Shifted("MultiplyAddOperator", "y", "c", 30, (x, y) => Elementwise.Ternary<MultiplyAddOperator>(Span(200, 30), Span(200, 30), x, y));
        Refused("Trigonometry.Sin", "y", "x", () => Trigonometry.Sin(Span(0, 30), Span(0, 30)));
        Refused("Trigonometry.Cos", "y", "x", () => Trigonometry.Cos(Span(0, 30), Span(29, 30)));
    }

    [Fact]
    public void Rows_are_computed_in_place_but_not_shifted()
    {
        InPlace(35, (x, y) => Softmax.Forward(5, 7, x, y));
        InPlace(35, (x, y) => LogSoftmax.Forward(5, 7, x, y));
        InPlace(35, (dy, dx) => Softmax.Backward(5, 7, Span(200, 35), dy, dx));
        InPlace(35, (y, dx) => Softmax.Backward(5, 7, y, Span(200, 35), dx));
        InPlace(35, (dy, dx) => LogSoftmax.Backward(5, 7, Span(200, 35), dy, dx));
        InPlace(35, (y, dx) => LogSoftmax.Backward(5, 7, y, Span(200, 35), dx));
        InPlace(35, (x, y) => LayerNormalization.Forward(5, 7, x, [], [], 1e-5f, y, Span(200, 5), Span(210, 5)));
        InPlace(35, (x, gradient) => SoftmaxCrossEntropy.Forward(5, 7, x, [0, 1, 2, 3, 6], [], [], gradient));
        Shifted("Softmax.Forward", "y", "x", 35, (x, y) => Softmax.Forward(5, 7, x, y));
        Shifted("LogSoftmax.Forward", "y", "x", 35, (x, y) => LogSoftmax.Forward(5, 7, x, y));
        Shifted("Softmax.Backward", "dx", "dy", 35, (dy, dx) => Softmax.Backward(5, 7, Span(200, 35), dy, dx));
        Shifted("LogSoftmax.Backward", "dx", "y", 35, (y, dx) => LogSoftmax.Backward(5, 7, y, Span(200, 35), dx));
        Shifted("LayerNormalization.Forward", "y", "x", 35, (x, y) => LayerNormalization.Forward(5, 7, x, [], [], 1e-5f, y, Span(200, 5), Span(210, 5)));
        Shifted("SoftmaxCrossEntropy.Forward", "gradient", "logits", 35, (x, gradient) => SoftmaxCrossEntropy.Forward(5, 7, x, [0, 1, 2, 3, 6], [], [], gradient));
        Refused("SoftmaxCrossEntropy.ForwardDistribution", "gradient", "logits", () => SoftmaxCrossEntropy.ForwardDistribution(5, 7, Span(0, 35), Span(50, 35), [], [], Span(0, 35)));
        Refused("SoftmaxCrossEntropy.ForwardDistribution", "gradient", "targets", () => SoftmaxCrossEntropy.ForwardDistribution(5, 7, Span(0, 35), Span(50, 35), [], [], Span(50, 35)));
        Refused("LayerNormalization.Backward", "dx", "dy", () => LayerNormalization.Backward(5, 7, Span(0, 35), Span(50, 35), [], Span(200, 5), Span(210, 5), Span(50, 35), [], []));
        Refused("LayerNormalization.Backward", "dx", "x", () => LayerNormalization.Backward(5, 7, Span(0, 35), Span(50, 35), [], Span(200, 5), Span(210, 5), Span(0, 35), [], []));
    }

    [Fact]
    public void Batch_normalisation_is_computed_in_place_but_not_shifted()
    {
        foreach (BatchShape s in new[] { Planes, Columns })
        {
            float[] mean = new float[s.Channels], inverse = [.. Enumerable.Repeat(0.5f, s.Channels)];
            InPlace(30, (x, y) => BatchNormalization.Forward(s, x, [], [], 1e-5f, y, Span(200, s.Channels), Span(210, s.Channels), []));
            InPlace(30, (x, y) => BatchNormalization.Inference(s, x, [], [], mean, inverse, 1e-5f, y));
            InPlace(30, (dy, dx) => BatchNormalization.Backward(s, Span(200, 30), dy, [], mean, inverse, dx, [], []));
            InPlace(30, (dy, dx) => BatchNormalization.BackwardFrozen(s, Span(200, 30), dy, [], mean, inverse, dx, [], []));
            Shifted("BatchNormalization.Forward", "y", "x", 30, (x, y) => BatchNormalization.Forward(s, x, [], [], 1e-5f, y, Span(200, s.Channels), Span(210, s.Channels), []));
            Shifted("BatchNormalization.Inference", "y", "x", 30, (x, y) => BatchNormalization.Inference(s, x, [], [], mean, inverse, 1e-5f, y));
            Shifted("BatchNormalization.Backward", "dx", "dy", 30, (dy, dx) => BatchNormalization.Backward(s, Span(200, 30), dy, [], mean, inverse, dx, [], []));
            Refused("BatchNormalization.BackwardFrozen", "dx", "x", () => BatchNormalization.BackwardFrozen(s, Span(0, 30), Span(50, 30), [], mean, inverse, Span(0, 30), [], []));
        }
    }

    [Fact]
    public void Acon_is_computed_in_place_but_not_shifted()
    {
        float[] one = [1.5f], two = [0.25f];
        InPlace(30, (x, y) => AconPlanes.Forward(Planes, x, new(one, 0, 0, false), new(two, 0, 0, false), new(one, 0, 0, false), y));
        InPlace(30, (x, dx) => AconPlanes.Backward(Planes, x, new(one, 0, 0, false), new(two, 0, 0, false), new(one, 0, 0, false), Span(200, 30), dx, [], [], []));
        InPlace(30, (dy, dx) => AconPlanes.Backward(Planes, Span(200, 30), new(one, 0, 0, false), new(two, 0, 0, false), new(one, 0, 0, false), dy, dx, [], [], []));
        Shifted("AconPlanes.Forward", "y", "x", 30, (x, y) => AconPlanes.Forward(Planes, x, new(one, 0, 0, false), new(two, 0, 0, false), new(one, 0, 0, false), y));
        Shifted("AconPlanes.Backward", "dx", "dy", 30, (dy, dx) => AconPlanes.Backward(Planes, Span(200, 30), new(one, 0, 0, false), new(two, 0, 0, false), new(one, 0, 0, false), dy, dx, [], [], []));
    }

    [Fact]
    public void Parameters_and_their_gradient_are_apart() =>
        Refused("OptimizerSteps.Apply", "parameters", "gradient", () => OptimizerSteps.Apply(Span(0, 30), Span(0, 30), [], [], [], new SgdStep(0, 1, 1, 0, 0.1, 0)));

    [Fact]
    public void Sums_are_apart_from_their_matrix()
    {
        Refused("Reductions.SumRows", "result", "matrix", () => Reductions.SumRows(Span(0, 30), 5, 6, Span(29, 5)));
        Refused("Reductions.SumColumns", "result", "matrix", () => Reductions.SumColumns(Span(0, 30), 5, 6, Span(0, 6)));
    }

    private delegate void Kernel(ReadOnlySpan<float> input, Span<float> output);

    private Span<float> Span(int start, int length) => memory.AsSpan(start, length);

    /// <summary>With the output in the input's place the bits are those of a call with an output of its own.</summary>
    private void InPlace(int length, Kernel kernel)
    {
        float[] apart = new float[length], input = [.. Span(0, length)];
        kernel(input, apart);
        float[] same = [.. input];
        kernel(same, same);
        Assert.Equal(apart, same);
        Assert.NotEqual(input, apart); // or the kernel did nothing
    }

    private void Shifted(string operation, string output, string input, int length, Kernel kernel)
    {
        foreach (int shift in new[] { -(length - 1), -1, 1, length - 1 })
        {
            Refused(operation, output, input, () => kernel(Span(60, length), Span(60 + shift, length)));
        }
    }

    private static void Refused(string operation, string output, string input, Action call)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(call);
        Assert.Equal(output, error.ParamName);
        Assert.StartsWith($"{operation}: {output} overlaps {input}", error.Message, StringComparison.Ordinal);
    }
}
