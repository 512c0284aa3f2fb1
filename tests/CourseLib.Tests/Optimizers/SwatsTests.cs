using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers;

/// <summary>SWATS has no reference implementation: it is what its paper says it is.</summary>
[Term("SWATS")]
public class SwatsTests
{
    [Fact]
    public void Before_the_switch_it_is_Adam_bit_for_bit()
    {
        (Tensor p, Tensor q) = (Point(), Point());
        SWATS swats = new([p], 0.05);
        Adam adam = new([q], 0.05);
        for (int step = 0; step < 100; step++)
        {
            Bowl.Step(swats, p, i => Noisy(p, i, step));
            Bowl.Step(adam, q, i => Noisy(q, i, step));
            Assert.Equal(q.ToArray(), p.ToArray());
        }

        // The paper's tolerance did not fire.
        Assert.Null(swats.SwitchStep);
    }

    [Fact]
    public void The_step_of_SGD_at_the_projected_rate_projects_onto_Adams_step_as_that_step()
    {
        Tensor p = Point();
        SWATS swats = new([p], 0.05);
        double average = 0;
        for (int step = 1; step <= 30; step++)
        {
            double[] before = Values(p), gradient = [.. before.Select((_, i) => Noisy(p, i, step))];
            Bowl.Step(swats, p, i => gradient[i]);
            double[] d = [.. Values(p).Zip(before, (after, start) => after - start)];
            double sgdAlongAdam = d.Zip(gradient, (move, g) => move * -swats.ProjectedRate * g).Sum();
            Assert.Equal(1, sgdAlongAdam / d.Sum(move => move * move), 1e-4);

            average = (0.999 * average) + (0.001 * swats.ProjectedRate);
            Assert.Equal(1, swats.EstimatedRate / (average / (1 - Math.Pow(0.999, step))), 1e-9);
        }
    }

    [Fact]
    public void After_the_switch_it_is_SGD_with_the_estimated_rate_bit_for_bit()
    {
        Tensor p = Point();
        SWATS swats = new([p], 0.05, relativeTolerance: 0.5, earliestSwitch: 12);
        int step = 0;
        for (; swats.SwitchStep is null; step++)
        {
            Assert.True(step < 1000, "it never switched");
            Bowl.Step(swats, p, i => Noisy(p, i, step));
        }

        Assert.Equal(step, swats.SwitchStep);
        Assert.True(step >= 12);
        Assert.True(Math.Abs(swats.EstimatedRate - swats.ProjectedRate) < 0.5 * swats.EstimatedRate);

        Tensor q = p.Keep().AsParameter();
        double rate = swats.EstimatedRate;
        SGD sgd = new([q], (1 - 0.9) * rate, momentum: 0.9);
        for (; step < 100; step++)
        {
            // A schedule scales both alike.
            (swats.LearningRate, sgd.LearningRate) = step < 50 ? (0.05, (1 - 0.9) * rate) : (0.025, (1 - 0.9) * rate * 0.5);
            Bowl.Step(swats, p, i => Noisy(p, i, step));
            Bowl.Step(sgd, q, i => Noisy(q, i, step));
            Assert.Equal(q.ToArray(), p.ToArray());
        }

        Assert.Equal(rate, swats.EstimatedRate);
    }

    [Fact]
    public void A_step_of_Adam_that_climbs_gives_no_estimate()
    {
        Tensor p = Tensor.From([0f]).AsParameter();
        SWATS swats = new([p], 0.01, relativeTolerance: 1);
        Bowl.Step(swats, p, _ => 1);
        double rate = swats.EstimatedRate;
        Assert.Equal(0.01, rate, 1e-6);

        // The gradient turns, but the first moment does not yet: Adam's step climbs.
        Bowl.Step(swats, p, _ => -0.1);
        Assert.Equal(rate, swats.EstimatedRate);
        Assert.Null(swats.SwitchStep);
        Bowl.Step(swats, p, _ => 1);
        Assert.Equal(3, swats.SwitchStep);
    }

    [Fact]
    public void Groups_keep_their_ratio_and_ask_for_no_decay()
    {
        Tensor p = Tensor.From([0f]).AsParameter(), q = Tensor.From([0f]).AsParameter();
        SWATS swats = new(new ParameterGroups(new ParameterGroup([p]), new ParameterGroup([q]) { LearningRate = 0.3 }), 0.1, relativeTolerance: 10);
        for (int step = 0; step < 4; step++)
        {
            swats.ZeroGrad();
            (p.Sum() + q.Sum()).Backward();
            swats.Step();
            Assert.Equal(3, q[0] / p[0], 1e-5);
        }

        Assert.Equal(2, swats.SwitchStep);
        Assert.Contains("weight decay", Assert.Throws<ArgumentException>(() => new SWATS(new ParameterGroups(new ParameterGroup([p]) { WeightDecay = 0.1 }))).Message, StringComparison.Ordinal);
    }

    private static Tensor Point() => Tensor.From(Bowl.Start).AsParameter();

    private static double[] Values(Tensor p) => Array.ConvertAll(p.ToArray(), value => (double)value);

    private static double Noisy(Tensor p, int i, int step) => Bowl.Slope(i, p[i]) + (0.3 * Math.Sin((7 * step) + i));
}
