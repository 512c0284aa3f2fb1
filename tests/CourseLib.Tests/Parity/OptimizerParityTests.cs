using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Parity;

/// <summary>50 steps of each optimizer and each of its options against PyTorch 1.13, to 1e-5 relative.</summary>
[Term("SGD"), Term("Momentum"), Term("Nesterov momentum"), Term("Adagrad"), Term("RMSprop"), Term("Adadelta"), Term("Adam"), Term("NAdam"), Term("AMSGrad"), Term("AdamW"), Term("Weight decay")]
public class OptimizerParityTests
{
    private static readonly Dictionary<string, Func<Tensor[], Optimizer>> Optimizers = new()
    {
        ["SGD"] = p => new SGD(p, 0.05),
        ["SGD momentum"] = p => new SGD(p, 0.05, momentum: 0.9),
        ["SGD dampening"] = p => new SGD(p, 0.05, momentum: 0.9, dampening: 0.5),
        ["SGD Nesterov"] = p => new SGD(p, 0.05, momentum: 0.9, nesterov: true),
        ["SGD weight decay"] = p => new SGD(p, 0.05, momentum: 0.9, weightDecay: 0.1),
        ["SGD momentum, rate changes"] = p => new SGD(p, 0.05, momentum: 0.9),
        ["SGD Nesterov, rate changes"] = p => new SGD(p, 0.05, momentum: 0.9, nesterov: true),
        ["Adam"] = p => new Adam(p, 0.1),
        ["Adam weight decay"] = p => new Adam(p, 0.1, beta1: 0.8, beta2: 0.99, eps: 1e-6, weightDecay: 0.1),
        ["Adam amsgrad"] = p => new Adam(p, 0.1, beta2: 0.9, amsgrad: true),
        ["Adam amsgrad weight decay"] = p => new Adam(p, 0.1, beta2: 0.9, weightDecay: 0.1, amsgrad: true),
        ["AdamW"] = p => new AdamW(p, 0.1),
        ["AdamW weight decay"] = p => new AdamW(p, 0.1, weightDecay: 0.5),
        ["AdamW amsgrad"] = p => new AdamW(p, 0.1, beta2: 0.9, weightDecay: 0.5, amsgrad: true),
        ["AdamW, rate changes"] = p => new AdamW(p, 0.1, weightDecay: 0.5),
        ["NAdam"] = p => new NAdam(p),
        ["NAdam momentum decay"] = p => new NAdam(p, 0.1, beta1: 0.8, beta2: 0.99, eps: 1e-6, weightDecay: 0.1, momentumDecay: 0.1),
        ["Adagrad"] = p => new Adagrad(p, 0.5),
        ["Adagrad decay"] = p => new Adagrad(p, 0.5, lrDecay: 0.1, weightDecay: 0.1, initialAccumulator: 0.1, eps: 1e-7),
        ["RMSprop"] = p => new RMSprop(p),
        ["RMSprop weight decay"] = p => new RMSprop(p, 0.05, alpha: 0.9, eps: 1e-6, weightDecay: 0.1),
        ["RMSprop momentum"] = p => new RMSprop(p, 0.01, momentum: 0.9),
        ["RMSprop centered"] = p => new RMSprop(p, 0.01, centered: true),
        ["RMSprop centered momentum"] = p => new RMSprop(p, 0.01, alpha: 0.9, momentum: 0.5, centered: true, weightDecay: 0.1),
        ["Adadelta"] = p => new Adadelta(p),
        ["Adadelta rate"] = p => new Adadelta(p, 5, rho: 0.95, eps: 1e-4, weightDecay: 0.1),
    };

    private static readonly Dictionary<string, Func<Tensor, Tensor, Optimizer>> Grouped = new()
    {
        ["SGD"] = (p, q) => new SGD(new ParameterGroups(new ParameterGroup([p]) { LearningRate = 0.02, WeightDecay = 0 }, new ParameterGroup([q])), 0.1, momentum: 0.9, weightDecay: 0.1),
        ["AdamW"] = (p, q) => new AdamW(new ParameterGroups(new ParameterGroup([p]) { WeightDecay = 0 }, new ParameterGroup([q]) { LearningRate = 0.3 }), 0.1, weightDecay: 0.5),
        ["RMSprop"] = (p, q) => new RMSprop(new ParameterGroups(new ParameterGroup([p]), new ParameterGroup([q]) { LearningRate = 0.05, WeightDecay = 0.2 }), 0.02),
    };

    public static TheoryData<string> Names => [.. Fixture.Names("optimizers")];

    public static TheoryData<string> GroupNames => [.. Fixture.Names("optimizer_groups")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimizer_takes_the_same_50_steps(string name)
    {
        Fixture fixture = Fixture.Load("optimizers", name);
        Tensor parameter = fixture["start"].AsParameter();
        Optimizer optimizer = Optimizers[name]([parameter]);
        Tensor path = fixture["path"];
        for (int step = 0; step < path.Shape[0]; step++)
        {
            optimizer.LearningRate = fixture.Has("rates") ? fixture["rates"][step] : optimizer.LearningRate;
            optimizer.ZeroGrad();
            Backward(parameter, fixture["curvature"]);
            optimizer.Step();
            Fixture.AssertClose(path.Slice(0, step, 1).Reshape(-1), parameter, $"{name}, step {step + 1}");
        }
    }

    [Theory]
    [MemberData(nameof(GroupNames))]
    public void Groups_take_the_same_50_steps_under_a_schedule(string name)
    {
        Fixture fixture = Fixture.Load("optimizer_groups", name);
        Tensor p = Tensor.From([1f, -2f, 0.5f]).AsParameter(), q = Tensor.From([3f, -1f]).AsParameter();
        Optimizer optimizer = Grouped[name](p, q);
        double rate = optimizer.LearningRate;
        Tensor path = fixture["path"];
        for (int step = 0; step < path.Shape[0]; step++)
        {
            optimizer.LearningRate = rate * (step < 10 ? 1 : step < 30 ? 0.5 : 0.1);
            optimizer.ZeroGrad();
            Backward(p, fixture["curvature"].Slice(0, 0, 3));
            Backward(q, fixture["curvature"].Slice(0, 3, 2));
            optimizer.Step();
            Fixture.AssertClose(path.Slice(0, step, 1).Reshape(-1), Tensor.From([.. p.ToArray(), .. q.ToArray()]), $"{name}, step {step + 1}");
        }
    }

    /// <summary>The gradient of sum(a p^2 / 2 + sin p).</summary>
    private static void Backward(Tensor parameter, Tensor curvature)
    {
        Tensor gradient = Tensor.From(parameter.ToArray().Select((p, i) => (curvature[i] * p) + MathF.Cos(p)).ToArray());
        (parameter * gradient).Sum().Backward();
    }
}
