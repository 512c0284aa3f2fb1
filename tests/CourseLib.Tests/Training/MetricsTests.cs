using CourseLib.Activations;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

public class MetricsTests
{
    private static readonly Tensor Output = Tensor.From(new float[,] { { 3, 1, 2 }, { 0, 5, 1 }, { 1, 2, 9 }, { 4, 0, 0 } });

    [Fact]
    [Term("Accuracy")]
    public void Accuracy_is_the_share_of_right_answers()
    {
        Assert.Equal(0.75f, Metrics.Accuracy(Output, Tensor.From([0f, 1, 2, 2])));
        Assert.Equal(0.25f, Metrics.Accuracy(Output, Tensor.Eye(3).SelectRows(1, 1, 0, 2)));
    }

    [Fact]
    [Term("Accuracy")]
    public void The_confusion_matrix_counts_true_against_predicted()
    {
        float[] expected = [1, 0, 0, 0, 1, 0, 1, 0, 1];
        Assert.Equal(expected, Metrics.ConfusionMatrix(Output, Tensor.From([0f, 1, 2, 2])).ToArray());
    }

    [Fact]
    [Term("Accuracy")]
    public void Top_k_accuracy_counts_the_right_class_among_the_k_largest()
    {
        Tensor target = Tensor.From([2f, 2, 1, 0]); // ranks 2, 2, 2, 1
        Assert.Equal(0.25f, Metrics.TopKAccuracy(Output, target, 1));
        Assert.Equal(Metrics.Accuracy(Output, target), Metrics.TopKAccuracy(Output, target, 1));
        Assert.Equal(1, Metrics.TopKAccuracy(Output, target, 2));
        Assert.Equal(0.75f, Metrics.TopKAccuracy(Output, Tensor.From([1f, 2, 1, 2]), 2) + 0.25f); // the last row's 0 and 0: the lower index first
        Assert.Equal(1, Metrics.TopKAccuracy(Output, Tensor.From([1f, 0, 0, 2]), 3));
        Assert.Contains("k from 1 to 3", Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.TopKAccuracy(Output, target, 4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Precision@k")]
    public void Precision_at_k_is_the_share_of_relevant_items_at_the_top()
    {
        Tensor scores = Tensor.From(new float[,] { { 0.9f, 0.1f, 0.8f, 0.3f }, { 1, 2, 3, 4 } });
        Tensor relevant = Tensor.From(new float[,] { { 1, 1, 0, 0 }, { 0, 0, 1, 1 } });
        Assert.Equal(1, Metrics.PrecisionAtK(scores, relevant, 1));
        Assert.Equal(0.75f, Metrics.PrecisionAtK(scores, relevant, 2));
        Assert.Equal(0.5f, Metrics.PrecisionAtK(scores, relevant, 3), 1e-6f);
        Assert.Equal(0.5f, Metrics.PrecisionAtK(scores, relevant, 4));
        Assert.Contains("relevance 1 of row 0 is 2", Assert.Throws<ArgumentException>(() => Metrics.PrecisionAtK(scores, relevant * Tensor.From([1f, 2, 1, 1]), 1)).Message, StringComparison.Ordinal);
        scores[1, 0] = float.NaN;
        Assert.Contains("row 1 has a score that is NaN", Assert.Throws<ArgumentException>(() => Metrics.PrecisionAtK(scores, relevant, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("(queries, items)", Assert.Throws<ArgumentException>(() => Metrics.PrecisionAtK(scores, Tensor.Zeros(2, 3), 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Metrics.PrecisionAtK(scores, relevant, 0));
    }

    [Fact]
    public void Examples_that_a_loss_ignores_are_no_answers()
    {
        Tensor target = Tensor.From([0f, -100, 2, -100]);
        Assert.Equal(2, Metrics.CountRight(Output, target, -100, out int counted));
        Assert.Equal(2, counted);
        Identity model = new();
        Trainer trainer = new(model, new SGD([Tensor.Parameter(1)], 0.1), new CrossEntropyLoss());
        Assert.Equal(1, trainer.Evaluate(new Dataset(Output, target)).Accuracy);
        Assert.Throws<ArgumentException>(() => Metrics.CountRight(Output, target));
    }

    [Fact]
    public void A_loss_over_batches_is_the_mean_over_those_that_it_does_not_ignore()
    {
        // Batches of 2 hold 2, 1 and 0 examples that count.
        Tensor output = Tensor.RandN([6, 3], new Generator(3)), target = Tensor.From([0f, 2, -100, 1, -100, -100]);
        foreach (Reduction reduction in new[] { Reduction.Mean, Reduction.Sum })
        {
            Trainer trainer = new(new Identity(), new SGD([Tensor.Parameter(1)], 0.1), new CrossEntropyLoss(reduction));
            float atOnce = new CrossEntropyLoss().Forward(output, target).Item();
            Assert.Equal(atOnce, trainer.Evaluate(new Dataset(output, target), batchSize: 2).Loss, 1e-6); // sums of three numbers near 1
            Assert.Equal(0, trainer.Evaluate(new Dataset(output, Tensor.Full(-100, 6))).Loss);
        }
    }

    [Fact]
    public void An_output_that_is_not_a_number_is_never_right()
    {
        Tensor broken = Output.Clone();
        broken[0, 0] = float.NaN;
        Assert.Equal(2, Metrics.CountRight(broken, Tensor.From([0f, 1, 2, 2])));
        Assert.Contains("output 0", Assert.Throws<ArgumentException>(() => Metrics.ConfusionMatrix(broken, Tensor.From([0f, 1, 2, 2]))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(0.5f)]
    [InlineData(float.NaN)]
    public void A_target_that_is_no_class_is_named(float target)
    {
        Tensor targets = Tensor.From([0f, 1, target, 2]);
        Assert.Contains("target 2 is", Assert.Throws<ArgumentException>(() => Metrics.Accuracy(Output, targets)).Message, StringComparison.Ordinal);
        Assert.Contains("0 to 2", Assert.Throws<ArgumentException>(() => Metrics.ConfusionMatrix(Output, targets)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Assert.Contains("(4, 3) and (3,)", Assert.Throws<ArgumentException>(() => Metrics.ConfusionMatrix(Output, Tensor.Zeros(3))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one", Assert.Throws<ArgumentException>(() => Metrics.Accuracy(Tensor.Zeros(0, 3), Tensor.Zeros(0))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e-3f)]
    [InlineData(1e25f)]
    [Term("Gradient clipping")]
    public void Clipping_works_for_gradients_of_any_size(float size)
    {
        Tensor a = Tensor.Parameter(2);
        (a * Tensor.From([3 * size, 4 * size])).Sum().Backward();
        Assert.Equal(1, GradientClipping.ClipNorm([a], 1e-6) / (5 * size), 1e-5f);
        Assert.Equal(0.6f, a.Grad[0] * 1e6f, 1e-4f);
        Assert.Equal(0.8f, a.Grad[1] * 1e6f, 1e-4f);
    }
}
