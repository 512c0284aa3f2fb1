using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Tests.Parity;

/// <summary>50 steps of each optimizer against PyTorch 1.13, to 1e-5 relative.</summary>
public class OptimizerParityTests
{
    private static readonly Dictionary<string, Func<Tensor[], Optimizer>> Optimizers = new()
    {
        ["SGD"] = p => new SGD(p, 0.05),
        ["SGD momentum"] = p => new SGD(p, 0.05, momentum: 0.9),
        ["SGD dampening"] = p => new SGD(p, 0.05, momentum: 0.9, dampening: 0.5),
        ["SGD Nesterov"] = p => new SGD(p, 0.05, momentum: 0.9, nesterov: true),
        ["SGD weight decay"] = p => new SGD(p, 0.05, momentum: 0.9, weightDecay: 0.1),
        ["Adam"] = p => new Adam(p, 0.1),
        ["Adam weight decay"] = p => new Adam(p, 0.1, beta1: 0.8, beta2: 0.99, eps: 1e-6, weightDecay: 0.1),
        ["AdamW"] = p => new AdamW(p, 0.1),
        ["AdamW weight decay"] = p => new AdamW(p, 0.1, weightDecay: 0.5),
    };

    public static TheoryData<string> Names => [.. Fixture.Names("optimizers")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Optimizer_takes_the_same_50_steps(string name)
    {
        Fixture fixture = Fixture.Load("optimizers", name);
        Tensor parameter = fixture["start"].AsParameter();
        Tensor curvature = fixture["curvature"];
        Optimizer optimizer = Optimizers[name]([parameter]);
        Tensor path = fixture["path"];
        for (int step = 0; step < path.Shape[0]; step++)
        {
            optimizer.ZeroGrad();
            Tensor gradient = Tensor.From(parameter.ToArray().Select((p, i) => (curvature[i] * p) + MathF.Cos(p)).ToArray());
            (parameter * gradient).Sum().Backward();
            optimizer.Step();
            Fixture.AssertClose(path.Slice(0, step, 1).Reshape(-1), parameter, $"{name}, step {step + 1}");
        }
    }
}
