using CourseLib.Autograd;
using CourseLib.Losses;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Losses;

[Term("Triplet loss")]
public class TripletMarginLossTests
{
    [Fact]
    public void By_hand()
    {
        // Distances 5 and 13 in the first triplet, 13 and 5 in the second: max(0, 5 - 13 + 1) = 0 and 13 - 5 + 1 = 9.
        Tensor anchor = Tensor.Zeros(2, 2);
        Tensor near = Tensor.From([3f, 4, 5, 12], 2, 2);
        Tensor far = Tensor.From([5f, 12, 3, 4], 2, 2);
        Tensor each = new TripletMarginLoss(reduction: Reduction.None, eps: 0).Forward(anchor, near, far);
        Assert.Equal([0f, 9], each.ToArray());
        Assert.Equal(4.5f, new TripletMarginLoss(eps: 0).Forward(anchor, near, far).Item());
        Assert.Equal(9, new TripletMarginLoss(eps: 0, reduction: Reduction.Sum).Forward(anchor, near, far).Item());
    }

    [Fact]
    public void Swap_takes_the_harder_negative()
    {
        Tensor anchor = Tensor.From([0f], 1, 1);
        Tensor positive = Tensor.From([3f], 1, 1);
        Tensor negative = Tensor.From([4f], 1, 1);
        Assert.Equal(0, new TripletMarginLoss(1, eps: 0).Forward(anchor, positive, negative).Item());
        Assert.Equal(3, new TripletMarginLoss(1, eps: 0, swap: true).Forward(anchor, positive, negative).Item());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(2)]
    [InlineData(double.PositiveInfinity)]
    public void Equal_points_have_a_finite_gradient(double p)
    {
        foreach (double eps in new[] { 0, 1e-6 })
        {
            Tensor a = Tensor.Ones(2, 3).AsParameter();
            Tensor b = Tensor.Ones(2, 3).AsParameter();
            Tensor loss = new TripletMarginLoss(p: p, eps: eps).Forward(a, b, a.Detach() + 1);
            Functional.PairwiseDistance(a, b, p, eps).Sum().Backward();
            Assert.All(a.Grad.ToArray(), g => Assert.InRange(g, eps == 0 ? 0 : 1e-3f, eps == 0 ? 0 : 1));
            Assert.True(float.IsFinite(loss.Item()));
        }
    }

    [Fact]
    public void Wrong_shapes_and_options_are_refused()
    {
        TripletMarginLoss loss = new();
        Tensor x = Tensor.Zeros(2, 3);
        Assert.Contains("(2, 3), (2, 3) and (3, 3)", Assert.Throws<ArgumentException>(() => loss.Forward(x, x, Tensor.Zeros(3, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => loss.Forward(Tensor.Zeros(3), Tensor.Zeros(3), Tensor.Zeros(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletMarginLoss(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletMarginLoss(p: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletMarginLoss(p: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TripletMarginLoss(eps: -1));
        Assert.Throws<ArgumentException>(() => Functional.PairwiseDistance(x, Tensor.Zeros(1, 3)));
    }
}
