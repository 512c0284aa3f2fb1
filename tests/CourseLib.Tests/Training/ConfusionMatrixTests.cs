using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

public class ConfusionMatrixTests
{
    // Rows true, columns predicted.
    private static readonly ConfusionMatrix Matrix = new(Tensor.From(new float[,] { { 50, 10, 0 }, { 5, 20, 5 }, { 0, 0, 10 } }), ["cat", "dog", "<owl>"]);

    [Fact]
    [Term("Accuracy")]
    public void Precision_recall_and_F1_are_the_textbooks()
    {
        Assert.Equal(100, Matrix.Total);
        Assert.Equal(0.8f, Matrix.Accuracy, 1e-6f);
        Assert.Equal(50f / 55, Matrix.Precision(0), 1e-6f);
        Assert.Equal(50f / 60, Matrix.Recall(0), 1e-6f);
        Assert.Equal(2 * (50f / 55) * (50f / 60) / ((50f / 55) + (50f / 60)), Matrix.F1(0), 1e-6f);
        Assert.Equal(10f / 15, Matrix.Precision(2), 1e-6f);
        Assert.Equal(1, Matrix.Recall(2));
        Assert.Equal((Matrix.F1(0) + Matrix.F1(1) + Matrix.F1(2)) / 3, Matrix.MacroF1, 1e-6f);
    }

    [Fact]
    public void A_class_that_nobody_has_or_predicts_has_no_numbers_and_leaves_the_mean_alone()
    {
        ConfusionMatrix empty = new(Tensor.From(new float[,] { { 3, 0 }, { 0, 0 } }));
        Assert.True(float.IsNaN(empty.Precision(1)) && float.IsNaN(empty.Recall(1)) && float.IsNaN(empty.F1(1)));
        Assert.Equal(1, empty.MacroF1);
    }

    [Fact]
    public void Shows_itself_as_a_table()
    {
        string html = Matrix.ToHtml();
        Assert.Contains("&lt;owl&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<owl>", html, StringComparison.Ordinal);
        Assert.Contains("accuracy 0.8 on 100 examples", html, StringComparison.Ordinal);
        Assert.Equal(5, html.Split("<tr>").Length - 1);
        Assert.Equal("true \\ predicted  cat  dog  <owl>  recall", Matrix.ToString().Split('\n')[0]);
        Assert.Equal("             dog    5   20      5   0.667", Matrix.ToString().Split('\n')[2]);
        Tensor counts = Matrix;
        Assert.Equal(20, counts[1, 1]);
    }

    [Fact]
    public void Counts_that_are_none_are_refused()
    {
        Assert.Contains("(classes, classes)", Assert.Throws<ArgumentException>(() => new ConfusionMatrix(Tensor.Zeros(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("2 classes, got 1", Assert.Throws<ArgumentException>(() => new ConfusionMatrix(Tensor.Zeros(2, 2), ["one"])).Message, StringComparison.Ordinal);
    }
}
