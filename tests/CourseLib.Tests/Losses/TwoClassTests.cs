using CourseLib.Losses;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Losses;

/// <summary>Losses of two classes: the perceptron's criterion, hinge and logistic losses with answers -1 and +1, and binary cross-entropy with 0 to 1.</summary>
public class TwoClassTests
{
    [Fact]
    [Term("Perceptron criterion")]
    public void The_criterion_sums_over_the_misclassified_alone()
    {
        // y <w, x>: 2 (right), -3 (wrong), 0 (no answer), -0.5 (wrong).
        Tensor score = Tensor.From([2f, 3, 0, -0.5f]).AsParameter();
        Tensor answer = Tensor.From([1f, -1, -1, 1]);
        Tensor loss = new PerceptronCriterion().Forward(score, answer);
        loss.Backward();
        Assert.Equal(3.5f, loss.Item());
        Assert.Equal([0f, 1, 1, -1], score.Grad.ToArray());
        Assert.Equal(3.5f / 4, new PerceptronCriterion(Reduction.Mean).Forward(score, answer).Item());
        Assert.Equal([0f, 3, 0, 0.5f], new PerceptronCriterion(Reduction.None).Forward(score, answer).ToArray());
    }

    [Fact]
    [Term("Perceptron criterion")]
    public void One_step_of_rate_1_is_Rosenblatts_rule_and_leaves_zero_weights()
    {
        Tensor w = Tensor.Zeros(3, 1).AsParameter();
        Tensor x = Tensor.From([1f, 2, -1], 1, 3);
        Tensor answer = Tensor.From([-1f], 1, 1);
        Tensor loss = new PerceptronCriterion().Forward(x.MatMul(w), answer);
        loss.Backward();
        Assert.Equal(0, loss.Item());
        Assert.Equal([1f, 2, -1], w.Grad.ToArray()); // w -= gradient is w += y x

        // Twice the weights, twice the criterion.
        Tensor scores = Tensor.From([1f, -2], 2, 1);
        Tensor answers = Tensor.From([-1f, -1], 2, 1);
        Assert.Equal(2 * new PerceptronCriterion().Forward(scores, answers).Item(), new PerceptronCriterion().Forward(scores * 2, answers).Item());
    }

    [Fact]
    [Term("Hinge loss")]
    public void Hinge_asks_for_its_margin_and_with_margin_0_is_the_perceptrons_criterion()
    {
        Tensor score = Tensor.From([2f, 0.25f, 1, -0.5f]).AsParameter();
        Tensor answer = Tensor.From([1f, 1, -1, 1]);
        Tensor loss = new HingeLoss(reduction: Reduction.Sum).Forward(score, answer);
        loss.Backward();
        Assert.Equal(0 + 0.75f + 2 + 1.5f, loss.Item());
        Assert.Equal([0f, -1, 1, -1], score.Grad.ToArray());
        Assert.Equal(new PerceptronCriterion().Forward(score, answer).Item(), new HingeLoss(0, Reduction.Sum).Forward(score, answer).Item());
    }

    [Fact]
    [Term("Logistic loss")]
    public void Soft_margin_is_the_binary_cross_entropy_of_the_same_answers()
    {
        Tensor score = Tensor.From([-100f, -1, 0, 3, 100]);
        Tensor answer = Tensor.From([1f, -1, 1, -1, 1]);
        Assert.Equal(
            new BCEWithLogitsLoss(Reduction.None).Forward(score, Tensor.From([1f, 0, 1, 0, 1])).ToArray(),
            new SoftMarginLoss(Reduction.None).Forward(score, answer).ToArray());
    }

    [Fact]
    [Term("Binary cross-entropy")]
    public void At_0_and_1_the_probability_form_is_100_and_the_logit_form_right()
    {
        Tensor logit = Tensor.From([-200f, 200]).AsParameter();
        Tensor target = Tensor.From([1f, 0]);
        Assert.Equal([100f, 100], new BCELoss(Reduction.None).Forward(logit.Sigmoid(), target).ToArray());
        Assert.Equal([200f, 200], new BCEWithLogitsLoss(Reduction.None).Forward(logit, target).ToArray());

        // What the sigmoid rounded away, the clamped logarithm does not bring back: the gradient is lost.
        new BCELoss(Reduction.Sum).Forward(logit.Sigmoid(), target).Backward();
        Assert.Equal(0, logit.Grad[1]);
        logit.ZeroGrad();
        new BCEWithLogitsLoss(Reduction.Sum).Forward(logit, target).Backward();
        Assert.Equal([-1f, 1], logit.Grad.ToArray());
    }

    [Fact]
    [Term("Binary cross-entropy")]
    public void A_positive_weight_moves_the_best_probability()
    {
        // Answers 1 in a quarter of the cases, and a miss three times as dear as a false alarm: the best p is 3/4 / (3/4 + 3/4).
        Tensor answers = Tensor.From([1f, 0, 0, 0]);
        Tensor logit = Tensor.Zeros(4).AsParameter();
        new BCEWithLogitsLoss(posWeight: Tensor.Scalar(3)).Forward(logit, answers).Backward();
        Assert.Equal(0, logit.Grad.Sum().Item(), 1e-6);
        logit.ZeroGrad();
        new BCEWithLogitsLoss().Forward(logit, answers).Backward();
        Assert.Equal(0.25, logit.Grad.Sum().Item(), 1e-6);

        Assert.Contains("(2,)", Assert.Throws<ArgumentException>(() => new BCEWithLogitsLoss(posWeight: Tensor.Ones(2)).Forward(logit, answers)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BCEWithLogitsLoss(posWeight: Tensor.Ones(2, 4)).Forward(logit, answers));
        Assert.Contains("-1", Assert.Throws<ArgumentException>(() => new BCEWithLogitsLoss(posWeight: Tensor.Scalar(-1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_of_the_other_convention_are_refused()
    {
        Tensor score = Tensor.From([0.5f, 0.25f]);
        foreach (Loss loss in new Loss[] { new PerceptronCriterion(), new HingeLoss(), new SoftMarginLoss() })
        {
            foreach (float bad in new[] { 0, 0.5f, 2, float.NaN })
            {
                string message = Assert.Throws<ArgumentException>(() => loss.Forward(score, Tensor.From([1f, bad]))).Message;
                Assert.Contains(FormattableString.Invariant($"{loss.GetType().Name}: element 1 of the target is {bad}; expected -1 or +1"), message, StringComparison.Ordinal);
            }
        }

        foreach (Loss loss in new Loss[] { new BCELoss(), new BCEWithLogitsLoss() })
        {
            foreach (float bad in new[] { -1, 1.5f, float.NaN })
            {
                string message = Assert.Throws<ArgumentException>(() => loss.Forward(score, Tensor.From([1f, bad]))).Message;
                Assert.Contains(FormattableString.Invariant($"{loss.GetType().Name}: element 1 of the target is {bad}; expected a probability"), message, StringComparison.Ordinal);
            }
        }

        Assert.Contains("element 0 of the input is 2", Assert.Throws<ArgumentException>(() => new BCELoss().Forward(Tensor.From([2f]), Tensor.From([1f]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_shapes_are_refused()
    {
        foreach (Loss loss in new Loss[] { new L1Loss(), new MSELoss(), new HuberLoss(), new SmoothL1Loss(), new BCELoss(), new BCEWithLogitsLoss(), new SoftMarginLoss(), new HingeLoss(), new PerceptronCriterion() })
        {
            string message = Assert.Throws<ArgumentException>(() => loss.Forward(Tensor.Full(0.5, 2, 1), Tensor.Ones(2))).Message;
            Assert.Contains($"{loss.GetType().Name}: expected a target of the input's shape (2, 1), got (2,)", message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss(delta: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmoothL1Loss(beta: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HingeLoss(double.NaN));
    }
}
