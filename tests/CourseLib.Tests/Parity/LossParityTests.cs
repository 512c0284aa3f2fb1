using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Tests.Parity;

/// <summary>Values and gradients of losses against PyTorch 1.13, to 1e-5 relative.</summary>
public class LossParityTests
{
    private static readonly Dictionary<string, Loss> Losses = new()
    {
        ["MSELoss"] = new MSELoss(),
        ["MSELoss sum"] = new MSELoss(Reduction.Sum),
        ["CrossEntropyLoss"] = new CrossEntropyLoss(),
        ["CrossEntropyLoss sum"] = new CrossEntropyLoss(Reduction.Sum),
        ["CrossEntropyLoss large logits"] = new CrossEntropyLoss(),
        ["CrossEntropyLoss probabilities"] = new CrossEntropyLoss(),
        ["BCEWithLogitsLoss"] = new BCEWithLogitsLoss(),
    };

    public static TheoryData<string> Names => [.. Fixture.Names("losses")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss(string name)
    {
        Fixture fixture = Fixture.Load("losses", name);
        Dictionary<string, Tensor> inputs = new() { ["x"] = fixture.Input("x").AsParameter() };
        Tensor target = fixture.InputOrNull("t_const") ?? (inputs["t"] = fixture.Input("t").AsParameter());
        Tensor y = Losses[name].Forward(inputs["x"], target).Reshape(1);
        Fixture.Compare(fixture, y, inputs, name);
    }
}
