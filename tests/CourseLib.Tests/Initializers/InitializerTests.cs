using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Initializers;

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
        { new Kaiming(gain: Gain.Linear), 1.0 / 200 },
        { new Kaiming(Distribution.Uniform, FanMode.Out, gain: 1 / Math.Sqrt(3)), 1.0 / (3 * 300) },
        { new Xavier(gain: Gain.Tanh), 25.0 / 9 * 2 / (200 + 300) },
        { LinearDefault.Instance, 1.0 / (3 * 200) },
        { new Uniform(-1, 3), 16.0 / 12 },
        { new Normal(1, 0.5f), 0.25 },
    };

    [Theory]
    [MemberData(nameof(Variances))]
    [Term("Xavier")]
    [Term("He")]
    [Term("1/sqrt(n) rule")]
    [Term("Small random weights")]
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
        Assert.True(difference.Abs().Max().Item() < 1e-5f);
    }

    [Fact]
    [Term("Xavier")]
    public void Convolution_weights_count_each_position_of_the_window() =>
        Assert.Equal((3 * 25, 8 * 25), Fans.Of(Tensor.Empty(8, 3, 5, 5)));

    [Fact]
    [Term("LSUV")]
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

    [Fact]
    [Term("1/sqrt(n) rule")]
    [Term("Xavier")]
    public void Uniform_rules_reach_their_bounds()
    {
        (Initializer Rule, double Bound)[] rules =
        [
            (LinearDefault.Instance, 1 / Math.Sqrt(200)), (new Kaiming(Distribution.Uniform, FanMode.Out, gain: 1 / Math.Sqrt(3)), 1 / Math.Sqrt(300)), (new Xavier(), Math.Sqrt(6.0 / 500)),
        ];
        Assert.All(rules, rule =>
        {
            float[] weights = Draw(rule.Rule, 300, 200).ToArray();
            Assert.InRange(weights.Max() / rule.Bound, 0.999, 1);
            Assert.InRange(weights.Min() / rule.Bound, -1, -0.999);
        });
    }

    [Fact]
    [Term("Identity weights")]
    public void Layers_of_a_multiple_of_the_identity_are_powers_of_it()
    {
        Linear layer = new(3, 3, bias: false, initializer: new Eye(1.5));
        Tensor x = Tensor.From([1f, -2, 0.5f], 1, 3).AsParameter();
        Tensor y = x;
        for (int depth = 0; depth < 10; depth++)
        {
            y = layer.Forward(y);
        }

        float factor = MathF.Pow(1.5f, 10);
        y.Sum().Backward();
        Assert.Equal([factor, -2 * factor, 0.5f * factor], y.ToArray());
        Assert.Equal([factor, factor, factor], x.Grad.ToArray());
        Assert.Equal([1f, 0, 0, 0, 1, 0], Draw(new Eye(), 2, 3).ToArray());
    }

    [Theory]
    [InlineData(3, 4, 3)]
    [InlineData(4, 3, 5)]
    [InlineData(2, 2, 1)]
    [Term("Identity weights")]
    public void Dirac_passes_channels_on(int outChannels, int inChannels, int kernel)
    {
        Tensor x = Tensor.RandN([2, inChannels, 6, 5], new Generator(1));
        Tensor y = Functional.Conv2d(x, Draw(new Dirac(), outChannels, inChannels, kernel, kernel), padding: Padding.Same);
        int shared = Math.Min(outChannels, inChannels);
        Assert.Equal(x.Slice(1, 0, shared).ToArray(), y.Slice(1, 0, shared).ToArray());
        Assert.All(y.Slice(1, shared, outChannels - shared).ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    [Term("Equal weights")]
    public void From_zeros_only_the_last_bias_moves_and_from_equal_weights_units_stay_equal()
    {
        Tensor x = Tensor.RandN([16, 3], new Generator(1)), target = Tensor.RandN([16, 1], new Generator(2));
        foreach (Initializer start in new Initializer[] { new Zeros(), new Constant(0.3) })
        {
            Linear first = new(3, 4, initializer: start), second = new(4, 1, initializer: start);
            SGD optimizer = new([.. first.Parameters, .. second.Parameters], 0.1);
            for (int step = 0; step < 20; step++)
            {
                optimizer.ZeroGrad();
                (second.Forward(first.Forward(x).Tanh()) - target).Square().Mean().Backward();
                optimizer.Step();
            }

            for (int unit = 1; unit < 4; unit++)
            {
                Assert.All(first.Weight.Slice(0, 0, 1).ToArray().Zip(first.Weight.Slice(0, unit, 1).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
            }

            Assert.Equal(start is Constant, first.Weight.ToArray().Concat(second.Weight.ToArray()).Any(weight => weight != 0 && weight != 0.3f));
            Assert.NotEqual(0, second.Bias!.Value[0]);
        }
    }

    [Theory]
    [InlineData(0, 1, -2, 2)]
    [InlineData(0, 0.02, -0.04, 0.04)]
    [InlineData(1, 2, 0, 1.5)]
    [InlineData(0, 1, -1e3, 1e3)]
    [InlineData(0, 1, 6, 7)]
    [InlineData(5, 0.5, -1, 1)]
    [Term("Small random weights")]
    public void A_truncated_normal_has_the_moments_of_one(double mean, double std, double low, double high)
    {
        float[] weights = Draw(new TruncatedNormal(mean, std, low, high), 300, 200).ToArray();
        Assert.All(weights, weight => Assert.InRange(weight, (float)low, (float)high));

        // Mean and variance of the density between the ends, by the trapezoidal rule in double, away from its far tails.
        double peak = Math.Clamp(mean, low, high);
        double from = Math.Max(low, peak - (12 * std)), to = Math.Min(high, peak + (12 * std));
        double mass = 0, first = 0, second = 0;
        for (int i = 0; i <= 100_000; i++)
        {
            double t = from + ((to - from) * i / 100_000);
            double density = Math.Exp((Math.Pow((peak - mean) / std, 2) - Math.Pow((t - mean) / std, 2)) / 2) * (i is 0 or 100_000 ? 0.5 : 1);
            mass += density;
            first += density * (t - peak);
            second += density * (t - peak) * (t - peak);
        }

        first /= mass;
        double variance = (second / mass) - (first * first);
        double measured = weights.Average(weight => weight - peak);
        Assert.InRange(measured, first - (5 * Math.Sqrt(variance / weights.Length)), first + (5 * Math.Sqrt(variance / weights.Length)));

        // The standard error of a variance is sqrt((kurtosis - 1) / n) of it: 0.6% for a normal, 1.2% for an exponential tail.
        Assert.InRange(weights.Average(weight => (weight - peak - measured) * (weight - peak - measured)) / variance, 0.95, 1.05);
    }

    private static Tensor Draw(Initializer initializer, params int[] shape)
    {
        Tensor weight = Tensor.Empty(shape);
        initializer.Fill(weight, new Generator(4));
        return weight;
    }
}
