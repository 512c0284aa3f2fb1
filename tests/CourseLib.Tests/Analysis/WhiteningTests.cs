using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

/// <summary>Covariances, whitening and the linear model whose Hessian they shape, against small cases worked out by hand and against their definitions.</summary>
public class WhiteningTests
{
    // Columns (-1, 1, 0, 4) and (2, -2, 0, 4): means 1 and 1, variances 14/4 and 20/4, covariance (-2 - 2 + 0 + 16) / 4 - 1 = 2.
    private static readonly double[,] Four = { { -1, 2 }, { 1, -2 }, { 0, 0 }, { 4, 4 } };

    [Fact]
    [Term("Covariance matrix")]
    public void Covariance_is_the_mean_of_products_of_distances()
    {
        double[,] covariance = Covariance.Of(Four);
        Assert.Equal(3.5, covariance[0, 0], 12);
        Assert.Equal(5, covariance[1, 1], 12);
        Assert.Equal(2, covariance[0, 1], 12);
        Assert.Equal(2, covariance[1, 0], 12);
    }

    [Fact]
    [Term("Condition number")]
    public void Condition_number_is_the_ratio_of_the_eigenvalues()
    {
        Assert.Equal(3, Covariance.ConditionNumber(new double[,] { { 2, 1 }, { 1, 2 } }), 12);
        Assert.Equal(double.PositiveInfinity, Covariance.ConditionNumber(new double[,] { { 1, 0 }, { 0, 0 } }));
        Assert.Contains("2 x 3", Assert.Throws<ArgumentException>(() => Covariance.ConditionNumber(new double[2, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Whitening")]
    public void Zca_gives_the_identity_and_is_symmetric()
    {
        double[,] x = Correlated();
        Whitening zca = Whitening.Zca(x);
        AssertIdentity(Covariance.Of(zca.Apply(x)), 1e-10);
        double[,] matrix = zca.Matrix;
        Assert.Equal(matrix[0, 2], matrix[2, 0], 10);
        Assert.NotEqual(0, matrix[0, 2], 3);
    }

    [Fact]
    [Term("Whitening")]
    public void Per_feature_normalisation_keeps_correlations()
    {
        double[,] covariance = Covariance.Of(Whitening.PerFeature(Four).Apply(Four));
        Assert.Equal(1, covariance[0, 0], 12);
        Assert.Equal(1, covariance[1, 1], 12);
        Assert.Equal(2 / Math.Sqrt(3.5 * 5), covariance[0, 1], 12);
        Assert.Equal([1, 1], Whitening.PerFeature(Four).Mean);
    }

    [Fact]
    public void A_constant_feature_is_an_error_without_epsilon()
    {
        double[,] x = { { 1, 7 }, { 2, 7 }, { 4, 7 } };
        Assert.Contains("Whitening.Zca", Assert.Throws<ArgumentException>(() => Whitening.Zca(x)).Message, StringComparison.Ordinal);
        Assert.Contains("constant", Assert.Throws<ArgumentException>(() => Whitening.PerFeature(x)).Message, StringComparison.Ordinal);
        Assert.Equal(0, Whitening.Zca(x, 1e-3).Apply(x)[0, 1], 12);
        Assert.Contains("expected 2 columns, got 3", Assert.Throws<ArgumentException>(() => Whitening.PerFeature(Four).Apply(new double[2, 3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Whitening")]
    public void Whitened_inputs_are_learned_in_one_step()
    {
        double[,] x = Correlated();
        double[] y = Enumerable.Range(0, x.GetLength(0)).Select(i => (3 * x[i, 0]) - x[i, 1] + 5).ToArray();
        LinearModel raw = new(x, y);
        LinearModel white = new(Whitening.Zca(x).Apply(x), y);
        Assert.Equal(1, white.ConditionNumber, 8);
        Assert.Equal(0, white.Descend(1, lr: 1)[1], 10);
        Assert.True(raw.ConditionNumber > 10);
        Assert.True(raw.Descend(1)[1] > 0.1);
        Assert.Equal(raw.Descend(0)[0], y.Average(value => value * value) / 2, 10);
    }

    [Fact]
    public void Hessian_has_the_bias_as_its_last_row()
    {
        double[] y = [1, 2, 3, 4];
        double[,] hessian = new LinearModel(Four, y).Hessian;
        Assert.Equal(3, hessian.GetLength(0));
        Assert.Equal(1, hessian[2, 0], 12);
        Assert.Equal(1, hessian[2, 2], 12);
        Assert.Equal(2, new LinearModel(Four, y, bias: false).Hessian.GetLength(0));
        Assert.Contains("one target for each of 4", Assert.Throws<ArgumentException>(() => new LinearModel(Four, [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void R_squared_tells_linear_from_curved()
    {
        Tensor x = Tensor.RandN(new Shape(2000, 2), new Generator(1));
        Tensor one = x.Slice(1, 0, 1);
        Assert.Equal(1, LinearModel.RSquared(x, (2 * one) + 3), 5);
        Assert.Equal(1, LinearModel.RSquared(x.Concat(Tensor.Ones(2000, 1), 1).Concat(one, 1), (2 * one) + 3), 5);
        Assert.InRange(LinearModel.RSquared(x, one.Square()), 0, 0.02);
        Assert.InRange(LinearModel.RSquared(x, one + x.Slice(1, 1, 1).Square()), 0.25, 0.42);
        Assert.Contains("(n, d)", Assert.Throws<ArgumentException>(() => LinearModel.RSquared(x, Tensor.Ones(3, 1))).Message, StringComparison.Ordinal);
    }

    private static double[,] Correlated()
    {
        Generator generator = new(5);
        double[,] x = new double[200, 3];
        for (int i = 0; i < 200; i++)
        {
            double shared = generator.NextNormal();
            (x[i, 0], x[i, 1], x[i, 2]) = (shared + (0.3 * generator.NextNormal()), 10 * generator.NextNormal(), 2 + shared);
        }

        return x;
    }

    private static void AssertIdentity(double[,] matrix, double margin)
    {
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                Assert.InRange(matrix[i, j] - (i == j ? 1 : 0), -margin, margin);
            }
        }
    }
}
