using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Tests.Optimizers;

/// <summary>What an optimizer remembers can be taken away and given back: the next steps are the same to the last bit.</summary>
public class OptimizerStateTests
{
    public static TheoryData<string> Names => [.. OptimizerBank.Make.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_steps_a_snapshot_and_ten_more_are_twenty_steps(string name)
    {
        Tensor[] whole = Parameters(), first = Parameters();
        Optimizer through = OptimizerBank.Make[name](whole), before = OptimizerBank.Make[name](first);
        Run(through, whole, 0, 20);
        Run(before, first, 0, 10);

        Tensor[] second = Array.ConvertAll(first, parameter => parameter.Keep().AsParameter());
        Optimizer after = OptimizerBank.Make[name](second);
        after.LoadState(before.CopyState());
        Run(before, first, 10, 13);
        Run(after, second, 10, 20);
        Assert.Equal(20, after.StepCount);
        for (int i = 0; i < whole.Length; i++)
        {
            Assert.Equal(whole[i].ToArray(), second[i].ToArray());
        }

        // The snapshot was needed: without it the second half is another one.
        if (before.NamedState.Any(entry => entry.Name.Contains('.', StringComparison.Ordinal)))
        {
            Tensor[] fresh = Array.ConvertAll(first, parameter => parameter.Keep().AsParameter());
            Run(OptimizerBank.Make[name](fresh), fresh, 13, 20);
            Assert.NotEqual(whole[0].ToArray(), fresh[0].ToArray());
        }
    }

    [Fact]
    public void A_snapshot_of_another_kind_is_refused_and_changes_nothing()
    {
        Tensor[] p = Parameters();
        Adam adam = new(p);
        Run(adam, p, 0, 3);
        float[] moment = adam.CopyState()["first_moment.0"].ToArray();
        Says("'velocity.0'", () => new SGD(p, 0.1, momentum: 0.9).LoadState(adam.CopyState()));
        Says("no 'first_moment.0'", () => new SGD(p, 0.1).LoadState(adam.CopyState()));
        Says("'parameter_steps'", () => new Adam([p[0]]).LoadState(adam.CopyState()));
        Says("shape", () => adam.LoadState(new Adam([p[1], p[0]]).CopyState()));
        Assert.Equal(moment, adam.CopyState()["first_moment.0"].ToArray());
        Assert.Equal(3, adam.StepCount);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.919651251582696123)]
    [InlineData(1e-3)]
    public void A_momentum_that_a_schedule_set_is_part_of_the_state(double momentum)
    {
        Tensor[] p = Parameters();
        SGD before = new(p, 0.1, momentum: 0.5) { Momentum = momentum }, after = new(p, 0.1, momentum: 0.5);
        Assert.Equal(momentum, before.Momentum);
        Assert.Equal(0.5, after.Momentum);
        after.LoadState(before.CopyState());
        Assert.Equal(momentum, after.Momentum);
    }

    [Fact]
    public void NAdam_goes_on_after_very_many_steps()
    {
        // A state of a billion steps: the product of as many factors is 0 long before, and is not multiplied out.
        Tensor p = Tensor.From([1f]).AsParameter();
        NAdam nadam = new([p], 0.1);
        Dictionary<string, Tensor> state = nadam.CopyState().ToDictionary();
        state["parameter_steps"].Fill(1e9);
        nadam.LoadState(state);
        p.Square().Sum().Backward();
        nadam.Step();

        // mu is 0.9 and every correction 1: m = 0.1 g, v = 0.001 g^2, so the step is 0.1 (0.1 g + 0.9 m) / sqrt(v).
        Assert.Equal(1 - (0.1 * 0.19 / Math.Sqrt(0.001)), p[0], 1e-6);
    }

    private static Tensor[] Parameters() => [Tensor.From([1, -2, 0.5f, 3, 0.1f]).AsParameter(), Tensor.From([0.3f, -0.7f], 2, 1).AsParameter()];

    private static void Run(Optimizer optimizer, Tensor[] parameters, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            optimizer.LearningRate = 0.1 / (1 + (0.1 * step));
            optimizer.ZeroGrad();
            foreach (Tensor parameter in parameters)
            {
                // The second parameter sits out every third step.
                if (parameter.Rank == 1 || step % 3 != 1)
                {
                    Tensor noise = Tensor.From(parameter.ToArray().Select((p, i) => p + MathF.Sin((5 * step) + i)).ToArray(), parameter.Shape.ToArray());
                    (parameter * noise).Sum().Backward();
                }
            }

            optimizer.Step();
        }
    }

    private static void Says(string what, Action action) =>
        Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
