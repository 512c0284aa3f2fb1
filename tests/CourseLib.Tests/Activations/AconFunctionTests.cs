using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Activations;

/// <summary>The one-pass ACON against the same formula put together from single operations, values and all four gradients, for whatever p1, p2 and beta are kept.</summary>
[Term("ACON")]
public class AconFunctionTests
{
    /// <summary>Shapes of x, p1, p2, beta: for all, examples, channels, planes, pixels, elements, rows of pixels (which the kernel cannot read), x itself broadcast.</summary>
    public static TheoryData<int[], int[], int[], int[]> Layouts => new()
    {
        { [7], [1], [1], [1] },
        { [300], [], [300], [1] },
        { [5, 3], [3], [3], [3] },
        { [5, 3], [5, 1], [1], [5, 3] },
        { [4, 3, 50], [3, 1], [3, 1], [4, 3, 1] },
        { [4, 3, 7, 7], [3, 1, 1], [3, 1, 1], [3, 1, 1] },
        { [4, 3, 7, 7], [3, 1, 1], [1], [4, 1, 1, 1] },
        { [4, 3, 7, 7], [4, 3, 1, 1], [7, 7], [4, 3, 7, 7] },
        { [4, 3, 5, 7], [3, 5, 7], [5, 1], [4, 1, 5, 7] },
        { [3, 1, 1], [4, 3, 5, 7], [1], [1] },
        { [2, 2, 90, 100], [2, 1, 1], [2, 1, 1], [1] },
        { [1, 3, 1, 1], [3, 1, 1], [1], [3, 1, 1] },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Is_the_composed_formula(int[] x, int[] p1, int[] p2, int[] beta)
    {
        Generator generator = new(3);
        Tensor[] one = [.. new[] { x, p1, p2, beta }.Select(shape => Tensor.RandN(new Shape(shape), generator).AsParameter())];
        Tensor[] two = [.. one.Select(tensor => tensor.Clone().AsParameter())];
        Tensor fused = one[0].Acon(one[1], one[2], one[3]);
        Tensor slope = two[1] - two[2];
        Tensor composed = (slope * two[0] * (two[3] * slope * two[0]).Sigmoid()) + (two[2] * two[0]);
        AssertClose(composed, fused, 2e-6f);

        // Twice: the second pass adds to the gradients of the first.
        Tensor weights = Tensor.RandN(fused.Shape, generator);
        for (int pass = 0; pass < 2; pass++)
        {
            (fused * weights).Sum().Backward();
            (composed * weights).Sum().Backward();
            fused = one[0].Acon(one[1], one[2], one[3]);
            composed = (slope = two[1] - two[2]) * two[0] * (two[3] * slope * two[0]).Sigmoid() + two[2] * two[0];
        }

        for (int i = 0; i < 4; i++)
        {
            // Sums of up to 36,000 terms of both signs.
            AssertClose(two[i].Grad, one[i].Grad, 1e-6f * MathF.Sqrt(fused.Length / (float)one[i].Length) * 8);
        }
    }

    [Fact]
    public void Only_the_gradients_that_are_wanted_are_made()
    {
        Tensor x = Tensor.RandN([4, 3, 5, 5], new(1)), beta = Tensor.Ones(3, 1, 1).AsParameter();
        x.Acon(Tensor.Scalar(1), Tensor.Scalar(0), beta).Sum().Backward();
        Assert.True(beta.HasGrad);
        Assert.False(x.HasGrad);
    }

    [Fact]
    public void Nothing_in_gives_nothing_out()
    {
        Tensor x = Tensor.Zeros(0, 3).AsParameter(), beta = Tensor.Ones(3).AsParameter();
        Tensor y = x.Swish(beta);
        Assert.Equal(x.Shape, y.Shape);
        y.Sum().Backward();
        Assert.Equal(new float[3], beta.Grad.ToArray());
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        float[] x = new float[24];
        BatchShape shape = new(2, 3, 4);
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            AconPlanes.Forward(shape, x, new PlaneOperand(new float[3], 0, 1, false), new PlaneOperand(new float[2], 0, 1, false), new PlaneOperand(new float[1], 0, 0, false), x));
        Assert.StartsWith("AconPlanes.Forward: p2 has 2 elements", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tensor.Zeros(2, 3).Acon(Tensor.Zeros(2), Tensor.Zeros(1), Tensor.Zeros(1)));
    }

    private static void AssertClose(Tensor expected, Tensor actual, float tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance * MathF.Max(1, MathF.Abs(pair.First))));
    }
}
