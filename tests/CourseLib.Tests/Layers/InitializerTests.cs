using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Tests.Layers;

public class InitializerTests
{
    public static TheoryData<Initializer, double> Variances => new()
    {
        { new Xavier(), 2.0 / (200 + 300) },
        { new Xavier(Distribution.Normal, gain: 2), 8.0 / (200 + 300) },
        { new Kaiming(), 2.0 / 200 },
        { new Kaiming(Distribution.Uniform), 2.0 / 200 },
        { new Kaiming(mode: FanMode.Out), 2.0 / 300 },
        { new Kaiming(slope: 1), 1.0 / 200 },
        { LinearDefault.Instance, 1.0 / (3 * 200) },
        { new Uniform(-1, 3), 16.0 / 12 },
        { new Normal(1, 0.5f), 0.25 },
    };

    [Theory]
    [MemberData(nameof(Variances))]
    public void Variance_is_the_rules(Initializer initializer, double expected)
    {
        Tensor weight = Tensor.Empty(300, 200);
        initializer.Fill(weight, new Generator(3));
        double measured = Reductions.MeanVariance(weight.Span).Variance;

        // 60,000 draws: the standard error of a variance is at most sqrt(2 / n) of it, here 0.6%.
        Assert.InRange(measured / expected, 0.975, 1.025);
    }

    [Theory]
    [InlineData(20, 50)]
    [InlineData(50, 20)]
    [InlineData(30, 30)]
    public void Orthogonal_has_orthonormal_rows_or_columns(int rows, int columns)
    {
        Tensor weight = Tensor.Empty(rows, columns);
        new Orthogonal(2).Fill(weight, new Generator(5));
        Tensor gram = rows <= columns ? weight.MatMul(weight.Transpose()) : weight.Transpose().MatMul(weight);
        Tensor difference = gram - (Tensor.Eye(Math.Min(rows, columns)) * 4f);
        Assert.True(difference.Abs().Flatten().Max(0).Item() < 1e-5f);
    }

    [Fact]
    public void Convolution_weights_count_each_position_of_the_window() =>
        Assert.Equal((3 * 25, 8 * 25), Fans.Of(Tensor.Empty(8, 3, 5, 5)));

    [Fact]
    public void Lsuv_gives_unit_variance_from_any_scale()
    {
        Tensor x = Tensor.RandN([256, 40], new Generator(1)) * 17f;
        Tensor weight = Tensor.Empty(30, 40);
        float variance = new Lsuv().Apply(weight, () => x.MatMul(weight.Transpose()), new Generator(2));
        Assert.InRange(variance, 0.9f, 1.1f);
        Assert.Throws<InvalidOperationException>(() => new Lsuv().Apply(weight, () => Tensor.Zeros(4)));
    }

    [Fact]
    public void Same_seed_gives_the_same_weights()
    {
        Tensor first = Tensor.Empty(10, 10);
        Tensor second = Tensor.Empty(10, 10);
        new Kaiming().Fill(first, new Generator(9));
        new Kaiming().Fill(second, new Generator(9));
        Assert.Equal(first.ToArray(), second.ToArray());
    }
}
