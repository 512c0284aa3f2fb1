using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Layers;

/// <summary>The two conventions of dropout, and dropout of whole channels.</summary>
[Term("Dropout")]
public class DropoutTests
{
    private const double P = 0.3;

    [Theory]
    [InlineData(true), InlineData(false)]
    public void Each_convention_keeps_the_mean_of_evaluation_and_training(bool inverted)
    {
        Dropout layer = new(P, new Generator(1), inverted);
        Tensor x = Tensor.Rand([100, 1000], new Generator(2));
        double training = layer.Forward(x).Mean().Item();
        double evaluation = layer.Eval().Forward(x).Mean().Item();

        // 100,000 draws of at most 1.43: a standard error of 0.002.
        Assert.Equal(evaluation, training, 0.01);
        Assert.Equal((inverted ? 1 : 1 - P) * x.Mean().Item(), evaluation, 1e-5);

        // One convention's training with the other's evaluation is off by the factor 1 - p.
        double mixed = new Dropout(P, inverted: !inverted).Eval().Forward(x).Mean().Item();
        Assert.True(Math.Abs(mixed - training) > 0.1);
    }

    [Fact]
    public void Both_conventions_drop_the_same_numbers_and_differ_by_a_factor()
    {
        Tensor x = Tensor.RandN([20, 30], new Generator(2));
        Tensor scaled = new Dropout(P, new Generator(5)).Forward(x);
        Tensor plain = new Dropout(P, new Generator(5), inverted: false).Forward(x);
        Assert.Contains(0f, plain.ToArray());
        Assert.All(scaled.ToArray().Zip(plain.ToArray()), pair => Assert.Equal(pair.First * (1 - P), pair.Second, 1e-6));
        Assert.All(x.ToArray().Zip(plain.ToArray()), pair => Assert.True(pair.Second == 0 || pair.Second == pair.First));
    }

    [Fact]
    public void Dropout2d_drops_whole_channels()
    {
        Tensor y = new Dropout2d(0.5, new Generator(1)).Forward(Tensor.Ones(50, 40, 3, 3));
        int dropped = 0;
        for (int plane = 0; plane < 50 * 40; plane++)
        {
            float first = y.Span[plane * 9];
            Assert.True(first is 0 or 2);
            Assert.All(y.Span.Slice(plane * 9, 9).ToArray(), value => Assert.Equal(first, value));
            dropped += first == 0 ? 1 : 0;
        }

        // Five standard deviations of 2000 tosses.
        Assert.InRange(dropped, 1000 - 112, 1000 + 112);
        Assert.Contains("(3, 4)", Assert.Throws<ArgumentException>(() => new Dropout2d().Forward(Tensor.Ones(3, 4))).Message, StringComparison.Ordinal);
        Assert.Equal("Dropout2d(0.5)", new Dropout2d().ToString());
        Assert.Equal("Dropout(0.3, scaled in evaluation)", new Dropout(P, inverted: false).ToString());
    }
}
