using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Activations;

/// <summary>S_beta between the least, the mean and the largest of its arguments.</summary>
[Term("Smooth maximum")]
public class SmoothMaximumTests
{
    private static readonly Tensor X = Tensor.RandN([4, 5, 3], new(8));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(-1)]
    public void It_tends_to_max_and_min_and_is_the_mean_at_zero(int axis)
    {
        AssertClose(X.Max(axis), X.SmoothMaximum(1000, axis), 1e-3f);
        AssertClose(X.Min(axis), X.SmoothMaximum(-1000, axis), 1e-3f);
        AssertClose(X.Mean(axis), X.SmoothMaximum(0, axis), 1e-6f);
        AssertClose(X.Max(axis, keepDim: true), X.SmoothMaximum(1e6, axis, keepDim: true), 1e-6f);
    }

    [Fact]
    public void It_grows_with_beta()
    {
        Tensor previous = X.SmoothMaximum(-8, 1);
        for (double beta = -7; beta <= 8; beta++)
        {
            Tensor next = X.SmoothMaximum(beta, 1);
            Assert.All(next.ToArray().Zip(previous.ToArray()), pair => Assert.True(pair.First > pair.Second));
            previous = next;
        }
    }

    [Fact]
    public void It_is_the_formula_of_the_slide()
    {
        // and for two values (g - h) sigmoid(beta (g - h)) + h
        Tensor pair = Tensor.RandN([40, 2], new(3));
        foreach (double beta in new[] { -2.0, 0.5, 1, 3 })
        {
            Tensor weights = (pair * beta).Exp();
            AssertClose((pair * weights).Sum(1) / weights.Sum(1), pair.SmoothMaximum(beta), 1e-5f);
            Tensor g = pair.Slice(1, 0, 1), h = pair.Slice(1, 1, 1);
            AssertClose((((g - h) * ((g - h) * beta).Sigmoid()) + h).Flatten(), pair.SmoothMaximum(beta), 1e-5f);
        }
    }

    [Fact]
    public void Large_arguments_do_not_overflow() =>
        Assert.Equal([1000, -500f], Tensor.From(new float[,] { { 1000, 900 }, { -500, -600 } }).SmoothMaximum(5).ToArray());

    [Fact]
    public void Of_nothing_it_is_refused() =>
        Assert.Contains("(3, 0)", Assert.Throws<ArgumentException>(() => Tensor.Zeros(3, 0).SmoothMaximum(1)).Message, StringComparison.Ordinal);

    private static void AssertClose(Tensor expected, Tensor actual, float tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
