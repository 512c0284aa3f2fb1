using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Autograd;

/// <summary>Every operation's gradient against difference quotients, with and without broadcasting and reuse of an input.</summary>
public class OperationGradientTests
{
    private const double Tolerance = 2e-4;

    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Function, Func<Tensor[]> Inputs)> Cases = new()
    {
        ["add"] = (x => x[0] + x[1], () => [Random(3, 4), Random(3, 4)]),
        ["add row"] = (x => x[0] + x[1], () => [Random(3, 4), Random(4)]),
        ["add column"] = (x => x[0] + x[1], () => [Random(3, 1), Random(3, 4)]),
        ["subtract planes"] = (x => x[0] - x[1], () => [Random(2, 3, 2, 2), Random(3, 1, 1)]),
        ["subtract outer"] = (x => x[0] - x[1], () => [Random(3, 1), Random(1, 5)]),
        ["multiply"] = (x => x[0] * x[1], () => [Random(3, 4), Random(3, 4)]),
        ["multiply planes"] = (x => x[0] * x[1], () => [Random(2, 3, 2, 2), Random(1, 3, 1, 1)]),
        ["multiply scalar"] = (x => x[0] * x[1], () => [Random(2, 3), Random()]),
        ["multiply itself"] = (x => x[0] * x[0], () => [Random(5)]),
        ["divide"] = (x => x[0] / x[1], () => [Random(3, 4), Positive(3, 4)]),
        ["divide row"] = (x => x[0] / x[1], () => [Random(3, 4), Positive(4)]),
        ["divide column"] = (x => x[0] / x[1], () => [Random(4), Positive(3, 1)]),
        ["divide by number"] = (x => x[0] / 3f, () => [Random(3, 4)]),
        ["number by"] = (x => 2f / x[0], () => [Positive(3, 4)]),
        ["affine"] = (x => (2f - (x[0] * 3f)) + 1f, () => [Random(3, 4)]),
        ["maximum"] = (x => x[0].Maximum(x[1]), () => [Tensor.From(new float[] { 1, -1, 2, 0.5f }, 2, 2), Tensor.From(new float[] { 0, 1, 3, -0.5f }, 2, 2)]),
        ["exp"] = (x => x[0].Exp(), () => [Random(3, 4)]),
        ["log"] = (x => x[0].Log(), () => [Positive(3, 4)]),
        ["sqrt"] = (x => x[0].Sqrt(), () => [Positive(3, 4)]),
        ["sin"] = (x => x[0].Sin(), () => [Random(3, 4)]),
        ["cos"] = (x => x[0].Cos(), () => [Random(3, 4)]),
        ["sin far"] = (x => (x[0] + 1000).Sin(), () => [Random(3, 4)]),
        ["abs"] = (x => x[0].Abs(), () => [AwayFromZero(3, 4)]),
        ["square"] = (x => x[0].Square(), () => [Random(3, 4)]),
        ["pow"] = (x => x[0].Pow(2.5f), () => [Positive(3, 4)]),
        ["pow -1"] = (x => x[0].Pow(-1f), () => [Positive(3, 4)]),
        ["relu"] = (x => x[0].Relu(), () => [AwayFromZero(3, 4)]),
        ["leaky relu"] = (x => x[0].LeakyRelu(0.1f), () => [AwayFromZero(3, 4)]),
        ["sigmoid"] = (x => x[0].Sigmoid(), () => [Random(3, 4)]),
        ["tanh"] = (x => x[0].Tanh(), () => [Random(3, 4)]),
        ["matmul"] = (x => x[0].MatMul(x[1]), () => [Random(3, 4), Random(4, 2)]),
        ["transpose"] = (x => x[0].Transpose() * 2f, () => [Random(3, 4)]),
        ["permute"] = (x => x[0].Permute(2, 0, 1), () => [Random(2, 3, 4)]),
        ["reshape"] = (x => x[0].Reshape(2, -1), () => [Random(3, 4)]),
        ["flatten"] = (x => x[0].Flatten(1), () => [Random(2, 3, 2)]),
        ["slice rows"] = (x => x[0].Slice(0, 1, 2), () => [Random(4, 3)]),
        ["slice columns"] = (x => x[0].Slice(-1, 1, 2), () => [Random(2, 2, 4)]),
        ["select rows"] = (x => x[0].SelectRows(2, 0, 2), () => [Random(4, 3)]),
        ["concat rows"] = (x => x[0].Concat(x[1], 0), () => [Random(2, 3), Random(1, 3)]),
        ["concat columns"] = (x => x[0].Concat(x[1], 1), () => [Random(2, 3), Random(2, 2)]),
        ["concat itself"] = (x => x[0].Concat(x[0], 1), () => [Random(2, 3)]),
        ["sum"] = (x => x[0].Sum(), () => [Random(3, 4)]),
        ["sum rows"] = (x => x[0].Sum(0), () => [Random(3, 4)]),
        ["sum columns"] = (x => x[0].Sum(-1, keepDim: true), () => [Random(3, 4)]),
        ["sum middle"] = (x => x[0].Sum(1), () => [Random(2, 3, 4)]),
        ["mean"] = (x => x[0].Mean(), () => [Random(3, 4)]),
        ["mean rows"] = (x => x[0].Mean(0), () => [Random(3, 4)]),
        ["variance"] = (x => x[0].Variance(unbiased: true), () => [Random(3, 4)]),
        ["variance rows"] = (x => x[0].Variance(0), () => [Random(3, 4)]),
        ["max of all"] = (x => x[0].Max() * x[0].Min(), () => [Tensor.From(new float[] { 1, 5, 2, 7, -1, 3 }, 2, 3)]),
        ["max"] = (x => x[0].Max(1), () => [Tensor.From(new float[] { 1, 5, 2, 7, 0, 3 }, 2, 3)]),
        ["min"] = (x => x[0].Min(0), () => [Tensor.From(new float[] { 1, 5, 2, 7, 0, 3 }, 2, 3)]),
        ["reuse"] = (x => (x[0] * x[1]) + (x[0].MatMul(x[1]) / x[1]), () => [Random(3, 3), Positive(3, 3)]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    [Term("Backpropagation")]
    [Term("Gradient check")]
    public void Gradient_equals_the_difference_quotient(string name)
    {
        (Func<Tensor[], Tensor> function, Func<Tensor[]> inputs) = Cases[name];
        double error = GradientCheck.RelativeError(function, inputs());
        Assert.True(error < Tolerance, $"{name}: relative error {error}");
    }

    [Fact]
    [Term("Gradient check")]
    public void The_check_rejects_a_wrong_gradient()
    {
        double error = GradientCheck.RelativeError(x => WrongSquare.Apply(x[0]), Random(5));
        Assert.True(error > 0.1, $"relative error {error}");
    }

    private static Tensor Random(params int[] shape)
    {
        Tensor tensor = Tensor.Empty(shape);
        new Generator((ulong)(7 + tensor.Length)).Uniform(tensor.Span, -1, 1);
        return tensor;
    }

    private static Tensor Positive(params int[] shape)
    {
        Tensor tensor = Tensor.Empty(shape);
        new Generator((ulong)(11 + tensor.Length)).Uniform(tensor.Span, 0.75f, 2);
        return tensor;
    }

    private static Tensor AwayFromZero(params int[] shape)
    {
        Tensor tensor = Positive(shape);
        for (int i = 0; i < tensor.Length; i += 2)
        {
            tensor.Span[i] *= -1;
        }

        return tensor;
    }

    private sealed class WrongSquare : Function
    {
        public static Tensor Apply(Tensor x)
        {
            Tensor y = Tensor.Empty(x.Shape);
            for (int i = 0; i < x.Length; i++)
            {
                y.Span[i] = x.Span[i] * x.Span[i];
            }

            Record<WrongSquare>(y, x);
            return y;
        }

        protected override void Backward(ReadOnlySpan<float> dy)
        {
            Span<float> dx = Gradient(0, out _);
            for (int i = 0; i < dx.Length; i++)
            {
                dx[i] = Input(0).Span[i] * dy[i]; // the factor 2 is missing
            }
        }
    }
}
