using CourseLib.Layers;
using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers;

/// <summary>Groups by hand; 50 steps of groups against PyTorch stand in the parity tests.</summary>
public class ParameterGroupTests
{
    [Fact]
    [Term("Weight decay")]
    public void Biases_and_norms_do_not_decay()
    {
        Sequential model = new(new Linear(3, 4), new BatchNorm1d(4), new LayerNorm(4), new Linear(4, 2, bias: false));
        ParameterGroups groups = ParameterGroups.NoDecayForBiasAndNorm(model.Parameters);
        Assert.Equal([2, 5], groups.Groups.Select(group => group.Parameters.Count));
        Assert.Equal(model.Parameters.ToHashSet(), groups.ToHashSet());
        AdamW optimizer = new(groups, 0.1, weightDecay: 0.5);
        Dictionary<string, Tensor> before = model.NamedParameters.ToDictionary(entry => entry.Name, entry => entry.Value.Keep());
        foreach (Tensor parameter in model.Parameters)
        {
            (parameter * 0).Sum().Backward();
        }

        optimizer.Step();
        foreach ((string name, Tensor value) in model.NamedParameters)
        {
            float factor = value.Rank == 2 ? 0.95f : 1;
            Assert.Equal(before[name].ToArray().Select(x => x * factor), value.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-6f);
        }
    }

    [Fact]
    [Term("Learning rate schedule")]
    public void A_schedule_scales_every_group_alike()
    {
        Tensor p = Tensor.From([0f]).AsParameter(), q = Tensor.From([0f]).AsParameter();
        SGD optimizer = new(new ParameterGroups(new ParameterGroup([p]) { LearningRate = 0.5 }, new ParameterGroup([q])), 0.1);
        Schedule schedule = Decay.Linear(0.1, 4);
        double sum = 0;
        for (int step = 0; step < 4; step++)
        {
            optimizer.LearningRate = schedule(step);
            sum += schedule(step);
            optimizer.ZeroGrad();
            (p.Sum() + q.Sum()).Backward();
            optimizer.Step();
        }

        Assert.Equal(-sum, q[0], 1e-6);
        Assert.Equal(-5 * sum, p[0], 1e-6);
    }

    [Fact]
    public void Groups_are_refused_where_they_make_no_sense()
    {
        Tensor p = Tensor.Parameter(2), q = Tensor.Parameter(1);
        Says("twice", () => new SGD(new ParameterGroups(new ParameterGroup([p]), new ParameterGroup([p])), 0.1));
        Says("no ratio", () => new SGD(new ParameterGroups(new ParameterGroup([p]) { LearningRate = 0.1 }), 0));
        Says("no parameters", () => new Adam(new ParameterGroups()));
        Says("expected LearningRate to be a finite number from 0 on, got -1", () => new ParameterGroup([p]) { LearningRate = -1 });
        Says("expected WeightDecay", () => new ParameterGroup([q]) { WeightDecay = double.NaN });
    }

    private static void Says(string what, Action action) =>
        Assert.Contains(what, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
