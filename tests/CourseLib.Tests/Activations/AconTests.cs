using CourseLib.Activations;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Activations;

/// <summary>The ACON family against the smooth maximum that it comes from, and the limits of its derivative.</summary>
[Term("ACON")]
public class AconTests
{
    private static readonly Tensor Line = Tensor.Linspace(-6, 6, 121).Reshape(-1, 1);

    [Fact]
    public void A_at_its_start_is_SiLU_and_at_any_beta_Swish()
    {
        AconA activation = new(3);
        Tensor x = Tensor.RandN([4, 3, 2, 2], new(1));
        Assert.Equal(new SiLU().Forward(x).ToArray(), activation.Forward(x).ToArray());
        activation.Beta.Fill(2.5);
        Assert.Equal(new Swish(2.5).Forward(x).ToArray(), activation.Forward(x).ToArray());
    }

    [Theory]
    [InlineData(0.25, 1)]
    [InlineData(-0.5, 3)]
    [InlineData(2, -1)]
    [InlineData(0.1, 0)]
    public void B_is_the_smooth_maximum_of_x_and_p_x(double p, double beta)
    {
        AconB activation = new(1, p);
        activation.Beta.Fill(beta);
        AssertClose(Line.Concat(Line * p, 1).SmoothMaximum(beta), activation.Forward(Line).Flatten(), 1e-5f);
    }

    [Fact]
    public void B_is_leaky_ReLU_at_a_large_beta_and_A_and_B_are_C()
    {
        AconB b = new(1, 0.01);
        AconC c = With(1, 0.01, 1);
        AssertClose(c.Forward(Line), b.Forward(Line), 1e-6f);
        b.Beta.Fill(1e4);
        AssertClose(Line.LeakyRelu(0.01), b.Forward(Line), 1e-5f);
        AssertClose(new AconA(1).Forward(Line), With(1, 0, 1).Forward(Line), 0);
    }

    [Theory]
    [InlineData(1.2, -0.8, 1, 1.2, -0.8)]
    [InlineData(-0.8, 1.2, 1, 1.2, -0.8)] // beta (p1 - p2) < 0: the larger is on the right all the same
    [InlineData(1.2, -0.8, -1, -0.8, 1.2)] // beta < 0: a smooth minimum
    [InlineData(1.2, -0.8, 0, 0.2, 0.2)]
    [InlineData(0.7, 0.7, 5, 0.7, 0.7)]
    public void Limits_of_Cs_derivative(double p1, double p2, double beta, double right, double left)
    {
        AconC activation = With(p1, p2, beta);
        float[] slopes = activation.Derivative(Tensor.From([-60f, 60], 2, 1)).ToArray();
        Assert.Equal(left, slopes[0], 1e-5);
        Assert.Equal(right, slopes[1], 1e-5);
    }

    [Fact]
    public void Cs_derivative_overshoots_its_limits()
    {
        float[] slopes = With(1.2, -0.8, 1).Derivative(Tensor.Linspace(-8, 8, 4001).Reshape(-1, 1)).ToArray();
        Assert.Equal(-0.9997f, slopes.Min(), 2e-4f);
        Assert.Equal(1.3997f, slopes.Max(), 2e-4f);
    }

    [Fact]
    public void C_starts_from_normal_slopes_and_beta_1()
    {
        AconC activation = new(4000, new Generator(5));
        Assert.Equal(["p1", "p2", "beta"], activation.NamedParameters.Select(parameter => parameter.Name));
        foreach (Tensor slopes in new[] { activation.P1, activation.P2 })
        {
            (float mean, float variance) = Reductions.MeanVariance(slopes.Span);
            Assert.InRange(mean, -0.06f, 0.06f); // four standard errors of 4000 draws
            Assert.InRange(variance, 0.91f, 1.09f);
        }

        Assert.All(activation.Beta.ToArray(), beta => Assert.Equal(1, beta));
        Assert.NotEqual(activation.P1.ToArray(), activation.P2.ToArray());
    }

    [Fact]
    public void Images_and_their_pixels_as_rows_give_the_same_numbers_and_gradients()
    {
        AconC activation = new(3, new Generator(6));
        Tensor image = Tensor.RandN([2, 3, 4, 5], new(7));
        Tensor rows = image.Permute(0, 2, 3, 1).Reshape(-1, 3);
        Tensor fromImage = activation.Forward(image).Permute(0, 2, 3, 1).Reshape(-1, 3);
        AssertClose(activation.Forward(rows), fromImage, 1e-6f);

        fromImage.Square().Sum().Backward();
        float[][] gradients = [.. activation.Parameters.Select(parameter => parameter.Grad.ToArray())];
        activation.ZeroGrad();
        activation.Forward(rows).Square().Sum().Backward();
        Assert.All(activation.Parameters.Zip(gradients), pair => AssertClose(Tensor.From(pair.Second), pair.First.Grad, 1e-4f));
    }

    [Fact]
    public void A_channel_moves_only_its_own_parameters()
    {
        AconC activation = new(3, new Generator(6));
        activation.Forward(Tensor.RandN([5, 3], new(1))).Slice(1, 1, 1).Sum().Backward();
        Assert.All(activation.Parameters, parameter => Assert.Equal([0, 2], parameter.Grad.ToArray().Select((gradient, i) => (gradient, i)).Where(entry => entry.gradient == 0).Select(entry => entry.i)));
    }

    [Fact]
    public void Wrong_channels_are_refused()
    {
        Tensor x = Tensor.Zeros(2, 4);
        (string Name, Action Act)[] cases =
        [
            ("AconA", () => new AconA(3).Forward(x)), ("AconB", () => new AconB(3).Forward(x)), ("AconC", () => new AconC(3).Forward(x)),
            ("MetaAcon", () => new MetaAcon(3).Forward(x)), ("PReLU", () => new PReLU(3).Forward(x)),
        ];
        Assert.All(cases, entry => Assert.StartsWith($"{entry.Name}: expected an input of shape (batch, 3, …), got (2, 4)", Assert.Throws<ArgumentException>(entry.Act).Message, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => new AconC(3).Forward(Tensor.Zeros(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AconC(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MetaAcon(3, reduction: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Softplus(0));
        Assert.Throws<ArgumentException>(() => new HardTanh(1, 1));
    }

    private static AconC With(double p1, double p2, double beta)
    {
        AconC activation = new(1);
        activation.P1.Fill(p1);
        activation.P2.Fill(p2);
        activation.Beta.Fill(beta);
        return activation;
    }

    private static void AssertClose(Tensor expected, Tensor actual, float tolerance)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }
}
