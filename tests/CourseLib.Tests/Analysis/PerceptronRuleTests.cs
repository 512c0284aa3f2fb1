using CourseLib.Analysis;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

[Term("Perceptron")]
public class PerceptronRuleTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Separable_data_are_separated_within_Novikoffs_bound(ulong seed)
    {
        Dataset data = Separable(new Generator(seed), 200, gap: 0.3f);
        PerceptronRule rule = new(2);
        IReadOnlyList<int> mistakes = rule.Fit(data);
        Assert.Equal(0, mistakes[^1]);
        Assert.True(PerceptronRule.Margin(data, rule.Weights) > 0);
        Assert.True(mistakes.Sum() <= PerceptronRule.MistakeBound(data, [0.2, 1, -2]), $"{mistakes.Sum()} mistakes");
    }

    [Fact]
    public void A_mistake_adds_the_example_and_a_right_answer_adds_nothing()
    {
        PerceptronRule rule = new(2);
        Dataset one = new(Tensor.From([2f, 3], 1, 2), Tensor.From([-1f]));
        Assert.Equal(0, rule.Predict([2, 3]));
        Assert.Equal(1, rule.Pass(one));
        Assert.Equal([-1, -2, -3], rule.Weights);
        Assert.Equal(0, rule.Pass(one));
        Assert.Equal([-1, -2, -3], rule.Weights);
        Assert.Equal(-1, rule.Predict([2, 3]));
    }

    [Fact]
    public void Xor_is_never_separated()
    {
        Dataset xor = new(Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }), Tensor.From([-1f, 1, 1, -1]));
        PerceptronRule rule = new(2);
        Assert.DoesNotContain(0, rule.Fit(xor, 500));
        Assert.True(PerceptronRule.Margin(xor, [0.1, 1, -1]) <= 0);
        Assert.Throws<ArgumentException>(() => PerceptronRule.MistakeBound(xor, [0.1, 1, -1]));
    }

    [Fact]
    public void Other_targets_and_shapes_are_refused()
    {
        Assert.Contains("-1 and 1, got 0", Assert.Throws<ArgumentException>(() => new PerceptronRule(2).Pass(new(Tensor.Zeros(1, 2), Tensor.Zeros(1)))).Message, StringComparison.Ordinal);
        Assert.Contains("[N, 3]", Assert.Throws<ArgumentException>(() => new PerceptronRule(3).Pass(new(Tensor.Zeros(1, 2), Tensor.Ones(1)))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PerceptronRule.Margin(new(Tensor.Zeros(1, 2), Tensor.Ones(1)), [0, 0, 0]));
    }

    private static Dataset Separable(Generator generator, int count, float gap)
    {
        Tensor inputs = Tensor.Empty(count, 2), targets = Tensor.Empty(count);
        for (int i = 0; i < count;)
        {
            (float x, float y) = ((4 * generator.NextSingle()) - 2, (4 * generator.NextSingle()) - 2);
            float score = 0.2f + x - (2 * y);
            if (MathF.Abs(score) > gap)
            {
                (inputs[i, 0], inputs[i, 1], targets[i]) = (x, y, MathF.Sign(score));
                i++;
            }
        }

        return new(inputs, targets);
    }
}
