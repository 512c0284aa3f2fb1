using CourseLib.Kernels;
using CourseLib.Tests.Kernels.Sizes;

namespace CourseLib.Tests.Kernels;

/// <summary>A fully connected layer's kernel: the bits of a product added to the bias and rectified, and nothing but the output written. The product has its own tests.</summary>
public class LinearTests
{
    [Theory]
    [InlineData(true, true), InlineData(true, false), InlineData(false, true), InlineData(false, false)]
    public void EverySize(bool bias, bool rectify)
    {
        for (int size = 1; size <= 67; size++)
        {
            Verify(size, 1 + (size * 29 % 67), 1 + (size * 13 % 67), bias, rectify);
            Verify(33, size, 17, bias, rectify);
            Verify(33, 20, size, bias, rectify);
            Verify(32 + (size % 9), 90 + size, 250 - size, bias, rectify); // the batch is turned round
        }
    }

    [Theory]
    [InlineData(true, true), InlineData(true, false), InlineData(false, true)]
    public void LayersOfTheCourse(bool bias, bool rectify)
    {
        Verify(64, 784, 256, bias, rectify);
        Verify(64, 256, 128, bias, rectify);
        Verify(64, 128, 10, bias, rectify);
        Verify(1, 784, 256, bias, rectify);
        Verify(130, 1100, 300, bias, rectify);
    }

    [Fact]
    public void NoInputsGiveTheBias()
    {
        float[] y = [5, 5, 5, 5];
        Gemm.Linear([], [], [1, -2], y, 2, 0, 2, rectify: true);
        Assert.Equal([1, 0, 1, 0], y);
        Gemm.Linear([], [1, 2], [], [], 0, 1, 2);
    }

    [Fact]
    public void ErrorsNameTheArgumentAndItsSize()
    {
        float[] four = new float[4];
        ArgumentException bias = Assert.Throws<ArgumentException>(() => Gemm.Linear(four, new float[4], new float[3], new float[4], 2, 2, 2));
        Assert.Equal("bias", bias.ParamName);
        Assert.Contains("bias has 3 elements, expected 2", bias.Message, StringComparison.Ordinal);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => Gemm.Linear(new float[3], four, [], new float[4], 2, 2, 2)).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => Gemm.Linear(four, new float[5], [], new float[4], 2, 2, 2)).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => Gemm.Linear(four, new float[4], [], new float[5], 2, 2, 2)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => Gemm.Linear(four, four, [], new float[4], -1, 2, 2));
    }

    private static void Verify(int batch, int inputs, int outputs, bool bias, bool rectify)
    {
        Guarded x = Guarded.Normal(batch * inputs, 1), weights = Guarded.Normal(outputs * inputs, 2), b = Guarded.Normal(bias ? outputs : 0, 3), y = Guarded.Output(batch * outputs, batch);
        float[] expected = new float[batch * outputs];
        for (int i = 0; bias && i < batch; i++)
        {
            b.Span.CopyTo(expected.AsSpan(i * outputs));
        }

        Gemm.Multiply(x, false, weights, true, expected, batch, outputs, inputs, accumulate: bias);
        if (rectify)
        {
            Elementwise.Unary<ReluOperator>(expected, expected);
        }

        Gemm.Linear(x, weights, b, y, batch, inputs, outputs, rectify);

        string what = FormattableString.Invariant($"batch {batch}, {inputs} -> {outputs}, bias {bias}, ReLU {rectify}");
        if (!y.Span.SequenceEqual(expected))
        {
            Assert.Equal(expected, y.Span.ToArray());
        }

        y.Verify(what);
    }
}
