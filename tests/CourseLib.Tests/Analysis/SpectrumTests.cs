using CourseLib.Analysis;
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
    public void Rank_counts_what_is_not_rounding()
    {
        Assert.Equal(1, Spectrum.Rank(Tensor.From(new float[,] { { 1, 2 }, { 3, 6 } })));
        Assert.Equal(2, Spectrum.Rank(Tensor.From(new float[,] { { 1, 2 }, { 3, 6.01f } })));
        Assert.Equal(0, Spectrum.Rank(Tensor.Zeros(3, 2)));
    }

    [Fact]
    public void Only_matrices_have_them() =>
        Assert.Contains("(4,)", Assert.Throws<ArgumentException>(() => Spectrum.SingularValues(Tensor.Zeros(4))).Message, StringComparison.Ordinal);
}
