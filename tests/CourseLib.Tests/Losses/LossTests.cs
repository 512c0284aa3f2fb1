using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Losses;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Losses;

public class LossTests
{
    private static readonly Dictionary<string, (Loss Loss, Func<Tensor> Target)> Cases = new()
    {
        ["MSELoss"] = (new MSELoss(), () => Random(9)),
        ["MSELoss sum"] = (new MSELoss(Reduction.Sum), () => Random(9)),
        ["BCEWithLogitsLoss"] = (new BCEWithLogitsLoss(), () => Random(9).Sigmoid()),
        ["CrossEntropyLoss"] = (new CrossEntropyLoss(), () => Tensor.From(new float[] { 0, 2, 1, 2 })),
        ["CrossEntropyLoss sum"] = (new CrossEntropyLoss(Reduction.Sum), () => Tensor.From(new float[] { 0, 2, 1, 2 })),
        ["CrossEntropyLoss probabilities"] = (new CrossEntropyLoss(), () => Functional.Softmax(Random(9))),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_equals_the_difference_quotient(string name)
    {
        Tensor target = Cases[name].Target();
        double error = GradientCheck.RelativeError(x => Cases[name].Loss.Forward(x[0], target), Random(3));
        Assert.True(error < 3e-4, $"{name}: relative error {error}");
    }

    [Fact]
    public void Probabilities_to_learn_get_a_gradient_too()
    {
        Tensor logits = Random(3);
        foreach (Loss loss in new Loss[] { new CrossEntropyLoss(), new CrossEntropyLoss(Reduction.Sum), new BCEWithLogitsLoss() })
        {
            // Away from 0 and 1, so that the check's steps stay probabilities.
            double error = GradientCheck.RelativeError(x => loss.Forward(logits, x[0]), (Functional.Softmax(Random(9)) * 0.7) + 0.1);
            Assert.True(error < 3e-4, $"{loss}: relative error {error}");
        }
    }

    [Fact]
    [Term("Binary cross-entropy")]
    public void Logits_far_out_keep_loss_and_gradient_finite()
    {
        Tensor x = Tensor.From([1000f, -1000, 1000, -1000]).AsParameter();
        Tensor loss = new BCEWithLogitsLoss(Reduction.Sum).Forward(x, Tensor.From([0f, 1, 1, 0]));
        loss.Backward();
        Assert.Equal(2000, loss.Item());
        Assert.Equal([1f, -1, 0, 0], x.Grad.ToArray());
    }

    [Fact]
    [Term("Softmax")]
    public void Softmax_and_its_logarithm_have_the_right_gradients()
    {
        Assert.True(GradientCheck.RelativeError(x => Functional.Softmax(x[0]), Random(3)) < 3e-4);
        Assert.True(GradientCheck.RelativeError(x => Functional.LogSoftmax(x[0]), Random(3)) < 3e-4);
    }

    [Fact]
    public void Wrong_shapes_and_classes_are_named()
    {
        Assert.Contains("(4, 3)", Assert.Throws<ArgumentException>(() => new MSELoss().Forward(Random(1), Tensor.Zeros(3, 4))).Message, StringComparison.Ordinal);
        Assert.Contains("(5,)", Assert.Throws<ArgumentException>(() => new CrossEntropyLoss().Forward(Random(1), Tensor.Zeros(5))).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new CrossEntropyLoss().Forward(Random(1), Tensor.Full(3, 4)));
        Assert.ThrowsAny<ArgumentException>(() => new CrossEntropyLoss().Forward(Random(1), Tensor.Full(0.5, 4)));
    }

    private static Tensor Random(ulong seed) => Tensor.RandN([4, 3], new Generator(seed));
}
