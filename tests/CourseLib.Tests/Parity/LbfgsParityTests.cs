using CourseLib.Analysis;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Optimizers.Descent;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Parity;

/// <summary>Where torch.optim.LBFGS(line_search_fn="strong_wolfe") ends in double precision. Its search interpolates otherwise, so ends are compared, not paths.</summary>
[Term("L-BFGS")]
public class LbfgsParityTests
{
    /// <summary>In double precision: the minimum to 1e-6, of which the square root of rounding allows 1e-8 along the valley.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void Rosenbrock_ends_at_the_same_minimum(int n)
    {
        Fixture fixture = Fixture.Load("lbfgs", $"Rosenbrock {n}");
        Minimization run = new LimitedMemoryBfgs(100).Minimize(new Rosenbrock(n), Array.ConvertAll(fixture["start"].ToArray(), value => (double)value), new StoppingRule(1e-18));
        Fixture.AssertClose(fixture["end"], Tensor.From(Array.ConvertAll(run.Point, value => (float)value)), $"Rosenbrock {n}", 1e-6);
        Assert.True(run.Value < 1e-14 && fixture["loss"][0] < 1e-14);
    }

    /// <summary>On tensors: the loss to 1e-6, the weights to 5e-3: a loss of 0.7 in float32 has steps of 6e-8, and with a curvature of 0.03 the weights that give one and the same loss are 2e-3 apart.</summary>
    [Fact]
    public void Softmax_regression_ends_at_the_same_weights()
    {
        Fixture fixture = Fixture.Load("lbfgs", "softmax regression");
        Linear model = new(4, 3);
        model.Weight.Fill(0);
        model.Bias!.Value.Fill(0);
        CrossEntropyLoss criterion = new();
        Tensor Loss() => criterion.Forward(model.Forward(fixture.Input("x")), fixture.Input("labels")) + ((model.Weight.Square().Sum() + model.Bias!.Value.Square().Sum()) * 0.01);
        LBFGS optimizer = new(model.Parameters, maxIterations: 100);
        Assert.Equal(MathF.Log(3), optimizer.Step(Loss), 1e-6f);
        Fixture.AssertClose(fixture["weight"], model.Weight, "weight", 5e-3);
        Fixture.AssertClose(fixture["bias"], model.Bias!.Value, "bias", 5e-3);
        Assert.Equal(fixture["loss"][0], Loss().Item(), 1e-6f);
    }
}
