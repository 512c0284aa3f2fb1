using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Sigmoid = CourseLib.Activations.Sigmoid;

namespace CourseLib.Tests.Analysis;

[Term("Universal approximation (Cybenko)")]
public class SigmoidSumTests
{
    private static readonly Dictionary<string, Func<double, double>> Functions = new()
    {
        ["sine"] = x => Math.Sin(2 * Math.PI * x),
        ["kink"] = x => Math.Abs(x - 0.4),
        ["parabola"] = x => 3 + (x * x),
        ["constant"] = _ => -2,
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_continuous_function_is_met_to_any_accuracy_by_enough_units(string name)
    {
        Func<double, double> f = Functions[name];
        foreach (double accuracy in new[] { 0.1, 0.01, 0.001 })
        {
            // A step of the staircase is as high as f's change over it; all functions here change by less than 7 per unit.
            SigmoidSum sum = SigmoidSum.Approximate(f, (int)Math.Ceiling(7 / accuracy));
            Assert.True(sum.LargestError(f) < accuracy, $"{name}: {sum.LargestError(f)} with {sum.Alpha.Count} units");
        }
    }

    [Fact]
    public void Half_the_width_gives_about_twice_the_error()
    {
        Func<double, double> f = Functions["sine"];
        double ratio = SigmoidSum.Approximate(f, 50).LargestError(f) / SigmoidSum.Approximate(f, 100).LargestError(f);
        Assert.InRange(ratio, 1.6, 2.5);
    }

    [Fact]
    public void A_jump_is_never_met()
    {
        double Jump(double x) => x < 0.5 ? 0 : 1;
        Assert.All(new[] { 10, 100, 1000 }, steps => Assert.True(SigmoidSum.Approximate(Jump, steps).LargestError(Jump, 20_001) > 0.4));
    }

    [Fact]
    public void The_sum_is_a_network_with_one_hidden_layer()
    {
        SigmoidSum sum = SigmoidSum.Approximate(Functions["sine"], 12);
        Linear hidden = new(1, 13), output = new(13, 1, bias: false);
        hidden.Weight.CopyFrom(Tensor.From([.. sum.Weight.Select(value => (float)value)], 13, 1));
        hidden.Bias!.Value.CopyFrom(Tensor.From([.. sum.Theta.Select(value => (float)value)]));
        output.Weight.CopyFrom(Tensor.From([.. sum.Alpha.Select(value => (float)value)], 1, 13));
        Tensor x = Tensor.Linspace(0, 1, 40);
        Tensor y = new Sequential(hidden, new Sigmoid(), output).Forward(x.Reshape(40, 1));
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(sum.Value(x[i]), y[i, 0], 1e-4);
        }
    }

    [Fact]
    [Term("ReLU as a sum of sigmoids")]
    public void A_sum_of_shifted_sigmoids_is_close_to_softplus_and_that_to_ReLU()
    {
        // The slide's series begins at i = 0 and shifts by 1/2: the steps stand at -1/2, 1/2, 3/2 …, one early.
        double Series(double x, double shift) => Enumerable.Range(0, 200).Sum(i => 1 / (1 + Math.Exp(-(x + shift - i))));
        foreach (double x in new[] { -6, -2, -0.5, 0, 0.5, 2, 6, 30 })
        {
            double softplus = new Softplus().Forward(Tensor.Scalar(x)).Item();
            Assert.True(Math.Abs(Series(x, -0.5) - softplus) < 0.02, $"at {x}: {Series(x, -0.5)} and {softplus}");
            Assert.True(softplus - Math.Max(0, x) is >= 0 and <= 0.6932, $"at {x}: {softplus}");
        }

        Assert.Equal(1, Series(30, 0.5) - Series(30, -0.5), 1e-6);
    }
}
