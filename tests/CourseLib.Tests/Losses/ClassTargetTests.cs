using CourseLib.Losses;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Losses;

/// <summary>Ignored targets, class weights and smoothing where torch gives no reference, and the refusal of what is no class.</summary>
[Term("ignore_index")]
[Term("Class weights")]
public class ClassTargetTests
{
    private static readonly float[] Logits = [1, -2, 0.5f, 3, 0, -1];

    public static TheoryData<string> IndexLosses => ["CrossEntropyLoss", "CrossEntropyLoss smooth", "NLLLoss", "MultiMarginLoss"];

    [Theory]
    [InlineData(Reduction.Mean, 0)]
    [InlineData(Reduction.Sum, 0)]
    [InlineData(Reduction.Mean, 0.1)]
    [InlineData(Reduction.Sum, 0.1)]
    public void A_batch_of_ignored_targets_has_loss_0_and_gradient_0(Reduction reduction, double smoothing)
    {
        Tensor ignored = Tensor.Full(-100, 2);
        Tensor weightless = Tensor.Full(1, 2);
        Tensor weight = Tensor.From([1f, 0, 2]);
        (Loss Loss, Tensor Target)[] cases =
        [
            (new CrossEntropyLoss(reduction, labelSmoothing: smoothing), ignored),
            (new CrossEntropyLoss(reduction, weight, labelSmoothing: smoothing), ignored),
            (new NLLLoss(reduction), ignored),
            (new NLLLoss(reduction, weight), weightless),
            .. smoothing == 0 ? [(new CrossEntropyLoss(reduction, weight), weightless)] : Array.Empty<(Loss, Tensor)>(),
        ];
        foreach ((Loss loss, Tensor target) in cases)
        {
            Tensor x = Tensor.From(Logits, 2, 3).AsParameter();
            Tensor y = loss.Forward(x, target);
            y.Backward();
            Assert.Equal(0, y.Item());
            Assert.All(x.Grad.ToArray(), g => Assert.Equal(0, g));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void An_ignored_row_may_hold_anything(double smoothing)
    {
        CrossEntropyLoss loss = new(ignoreIndex: 7, labelSmoothing: smoothing);
        Tensor x = Tensor.From([.. Logits, float.NaN, float.PositiveInfinity, float.NegativeInfinity], 3, 3).AsParameter();
        Tensor y = loss.Forward(x, Tensor.From([0f, 2, 7]));
        y.Backward();
        Tensor alone = Tensor.From(Logits, 2, 3).AsParameter();
        Tensor expected = loss.Forward(alone, Tensor.From([0f, 2]));
        expected.Backward();
        Assert.Equal(expected.Item(), y.Item(), 1e-6);
        Assert.Equal([.. alone.Grad.ToArray(), 0, 0, 0], x.Grad.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Weights_and_ignored_targets_by_hand()
    {
        // -log softmax of equal logits is ln 3 for each; with weights 1 and 3 and one ignored target the mean is still ln 3, and the sum 4 ln 3.
        Tensor x = Tensor.Zeros(3, 3);
        Tensor target = Tensor.From([0f, 2, 1]);
        Tensor weight = Tensor.From([1f, 100, 3]);
        Assert.Equal(Math.Log(3), new CrossEntropyLoss(weight: weight, ignoreIndex: 1).Forward(x, target).Item(), 1e-6);
        Assert.Equal(4 * Math.Log(3), new CrossEntropyLoss(Reduction.Sum, weight, 1).Forward(x, target).Item(), 1e-5);
    }

    [Fact]
    public void The_weights_are_a_copy()
    {
        Tensor weight = Tensor.From([1f, 1, 1]);
        CrossEntropyLoss loss;
        using (new Tape())
        {
            loss = new CrossEntropyLoss(Reduction.Sum, weight * 2);
        }

        weight.Span.Clear();
        Assert.Equal(2 * Math.Log(3), loss.Forward(Tensor.Zeros(1, 3), Tensor.From([1f])).Item(), 1e-6);
    }

    [Theory]
    [MemberData(nameof(IndexLosses))]
    public void What_is_no_class_is_refused_by_place_and_value(string name)
    {
        Loss loss = name switch
        {
            "NLLLoss" => new NLLLoss(),
            "MultiMarginLoss" => new MultiMarginLoss(),
            "CrossEntropyLoss smooth" => new CrossEntropyLoss(labelSmoothing: 0.1),
            _ => new CrossEntropyLoss(),
        };
        foreach ((float bad, string text) in new[] { (3f, "3"), (-1, "-1"), (0.5f, "0.5"), (float.NaN, "NaN"), (float.PositiveInfinity, "Infinity"), (1e20f, "1E+20") })
        {
            string message = Assert.Throws<ArgumentException>(() => loss.Forward(Tensor.From(Logits, 2, 3), Tensor.From([0f, bad]))).Message;
            Assert.Contains($"{loss.GetType().Name}: target 1 is {text}; expected a class, a whole number from 0 to 2", message, StringComparison.Ordinal);
        }

        Assert.Contains("(3,)", Assert.Throws<ArgumentException>(() => loss.Forward(Tensor.From(Logits, 2, 3), Tensor.Zeros(3))).Message, StringComparison.Ordinal);
        Assert.Contains("(6,)", Assert.Throws<ArgumentException>(() => loss.Forward(Tensor.From(Logits), Tensor.Zeros(6))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropyLoss(labelSmoothing: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CrossEntropyLoss(labelSmoothing: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiMarginLoss(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiMarginLoss(margin: -1));
        Assert.Contains("class 1 is -2", Assert.Throws<ArgumentException>(() => new CrossEntropyLoss(weight: Tensor.From([1f, -2]))).Message, StringComparison.Ordinal);
        Assert.Contains("class 0 is NaN", Assert.Throws<ArgumentException>(() => new NLLLoss(weight: Tensor.From([float.NaN]))).Message, StringComparison.Ordinal);
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>(() => new CrossEntropyLoss(weight: Tensor.Ones(2, 3))).Message, StringComparison.Ordinal);

        CrossEntropyLoss two = new(weight: Tensor.Ones(2));
        Assert.Contains("2 class weights, but the input has 3", Assert.Throws<ArgumentException>(() => two.Forward(Tensor.From(Logits, 2, 3), Tensor.Zeros(2))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => two.Forward(Tensor.From(Logits, 2, 3), Tensor.Full(0.3, 2, 3)));
        Assert.Contains("ignoreIndex 1", Assert.Throws<ArgumentException>(() => new CrossEntropyLoss(ignoreIndex: 1).Forward(Tensor.From(Logits, 2, 3), Tensor.Full(0.3, 2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("element 0 of the target is 1.5", Assert.Throws<ArgumentException>(() => new CrossEntropyLoss().Forward(Tensor.From(Logits, 2, 3), Tensor.Full(1.5, 2, 3))).Message, StringComparison.Ordinal);
    }
}
