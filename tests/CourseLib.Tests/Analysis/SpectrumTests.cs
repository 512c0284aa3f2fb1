using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tensors;
using Xunit;

namespace CourseLib.Tests.Analysis;

public class SpectrumTests
{
    [Fact]
    public void Singular_values_come_largest_first_and_forget_signs()
    {
        double[] values = Spectrum.SingularValues(Tensor.From(new float[,] { { 0, 2, 0 }, { -3, 0, 0 } }));

        Assert.Equal(2, values.Length);
        Assert.Equal(3, values[0], 12);
        Assert.Equal(2, values[1], 12);
    }

    [Fact]
    public void Eigenvalues_come_least_first_with_their_signs()
    {
        double[] values = Spectrum.Eigenvalues(new double[,] { { 1, 3 }, { 3, 1 } });

        Assert.Equal([-2, 4], values.Select(value => Math.Round(value, 12)));
        Assert.Contains("symmetric", Assert.Throws<ArgumentException>(() => Spectrum.Eigenvalues(new double[,] { { 1, 3 }, { 2, 1 } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Eigenvectors_come_in_the_order_of_the_eigenvalues()
    {
        double[,] matrix = { { 1, 3, 0 }, { 3, 1, 0 }, { 0, 0, 1.5 } };
        double[] values = Spectrum.Eigenvalues(matrix);
        double[][] vectors = Spectrum.Eigenvectors(matrix);

        for (int k = 0; k < 3; k++)
        {
            double[] image = new Quadratic(matrix).Multiply(vectors[k]);
            Assert.Equal(0, Vectors.Distance(image, [.. vectors[k].Select(v => values[k] * v)]), 12);
            Assert.Equal(1, Vectors.Norm(vectors[k]), 12);
        }

        Assert.Equal([0, 0, 1], vectors[1].Select(v => Math.Round(Math.Abs(v), 12)));
        Assert.Contains("Spectrum.Eigenvectors: expected a symmetric", Assert.Throws<ArgumentException>(() => Spectrum.Eigenvectors(new double[,] { { 1, 3 }, { 2, 1 } })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_counts_what_is_not_rounding()
    {
        Assert.Equal(1, Spectrum.Rank(Tensor.From(new float[,] { { 1, 2 }, { 3, 6 } })));
        Assert.Equal(2, Spectrum.Rank(Tensor.From(new float[,] { { 1, 2 }, { 3, 6.01f } })));
        Assert.Equal(0, Spectrum.Rank(Tensor.Zeros(3, 2)));
    }

    [Fact]
    public void Only_matrices_have_them() =>
        Assert.Contains("(4,)", Assert.Throws<ArgumentException>(() => Spectrum.SingularValues(Tensor.Zeros(4))).Message, StringComparison.Ordinal);

    [Fact]
    public void Radius_is_the_largest_eigenvalue_also_of_a_rotation()
    {
        // Eigenvalues of [[0, -2], [2, 0]] are +-2i; the shear [[1, 9], [0, 1]] has 1 twice, though it stretches by more than 9.
        Assert.Equal(2, Spectrum.Radius(Tensor.From(new float[,] { { 0, -2 }, { 2, 0 } })), 9);
        Tensor shear = Tensor.From(new float[,] { { 1, 9 }, { 0, 1 } });
        Assert.Equal(1, Spectrum.Radius(shear), 6);
        Assert.True(Spectrum.SingularValues(shear)[0] > 9);
        Assert.Contains("(3, 2)", Assert.Throws<ArgumentException>(() => Spectrum.Radius(Tensor.Zeros(3, 2))).Message, StringComparison.Ordinal);
    }
}
