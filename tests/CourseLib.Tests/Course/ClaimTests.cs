using CourseLib.Course;
using CourseLib.Tensors;

namespace CourseLib.Tests.Course;

public class ClaimTests
{
    [Fact]
    public void Close_holds_within_the_margin_when_the_control_is_outside()
    {
        Claim claim = Claim.Close("a.b", "x", expected: 1, measured: 1.05, margin: 0.1, control: 2, "twice");
        Assert.True(claim.IsHolding);
        Assert.Equal(("a.b", "1", "1.05", "± 0.1"), (claim.Id, claim.Expected, claim.Measured, claim.Margin));
        Assert.Equal("twice: 2 (fails, as it must)", claim.Control);
    }

    [Fact]
    public void Close_fails_outside_the_margin() => Assert.False(Claim.Close("a.b", "x", 1, 1.2, 0.1, 2, "twice").IsHolding);

    [Theory]
    [InlineData(100, 100.9, true)]
    [InlineData(100, 101.1, false)]
    [InlineData(-100, -100.9, true)]
    [InlineData(0, 1e-9, false)]
    public void A_relative_margin_is_a_share_of_the_expected(double expected, double measured, bool holds) =>
        Assert.Equal(holds, Claim.Close("a.b", "x", expected, measured, Margin.Relative(0.01), 1e9, "far").IsHolding);

    [Fact]
    public void A_control_that_passes_undoes_the_claim_and_says_so()
    {
        Claim claim = Claim.Close("a.b", "x", 1, 1, 0.5, control: 1.2, "not wrong enough");
        Assert.False(claim.IsHolding);
        Assert.Contains("control did not fail", claim.ToHtml());
        Assert.Contains("data-holds=\"false\"", claim.ToHtml());
    }

    [Fact]
    public void NaN_never_holds()
    {
        Assert.False(Claim.Close("a.b", "x", 1, double.NaN, 10, 99, "far").IsHolding);
        Assert.False(Claim.Close("a.b", "x", double.NaN, double.NaN, 10, 99, "far").IsHolding);
        Assert.False(Claim.Holds("a.b", "not above 1", double.NaN, m => !(m > 1), 2.0, "two").IsHolding);
        Assert.False(Claim.Holds("a.b", "none above 1", new[] { 0f, float.NaN }, m => !m.Any(v => v > 1), [2f], "two").IsHolding);
        Assert.False(Claim.Holds("a.b", "not above 1", Tensor.From([0, float.NaN]), m => !(m.ToArray().Max() > 1), Tensor.From([2f]), "two").IsHolding);
        Assert.False(Claim.Holds("a.b", "not above 1", (0.5, double.NaN), m => !(m.Item2 > 1), (0, 2), "two").IsHolding);
    }

    [Fact]
    public void A_control_of_NaN_does_not_excuse_a_predicate_that_is_always_true() => Assert.False(Claim.Holds("a.b", "anything", 1.0, _ => true, double.NaN, "nothing").IsHolding);

    [Fact]
    public void A_control_of_NaN_is_a_control_that_fails() => Assert.True(Claim.Holds("a.b", "finite", 100.0, double.IsFinite, double.NaN, "the naive form").IsHolding);

    [Fact]
    public void Infinity_is_close_to_itself_alone()
    {
        Assert.True(Claim.Close("a.b", "x", double.PositiveInfinity, double.PositiveInfinity, 0, double.MaxValue, "the largest number").IsHolding);
        Assert.False(Claim.Close("a.b", "x", double.PositiveInfinity, 1, Margin.Relative(1), double.NaN, "none").IsHolding);
    }

    [Fact]
    public void Several_checks_hold_only_together()
    {
        Assert.True(Claim.For("a.b").Close("x", 1, 1, 0, 2, "two").Holds("even", 4, n => n % 2 == 0, 3, "three").Verdict().IsHolding);
        Claim half = Claim.For("a.b").Close("x", 1, 1, 0, 2, "two").Holds("even", 4, n => n % 2 == 0, 6, "six").Verdict();
        Assert.False(half.IsHolding);
        Assert.Equal("1; even", half.Expected);
        Assert.Equal("1; 4", half.Measured);
        Assert.Throws<InvalidOperationException>(() => Claim.For("a.b").Verdict());
    }

    [Fact]
    public void The_html_carries_escaped_data_attributes()
    {
        string html = Claim.Holds("a.b", "x < \"y\" & z", "<m>", _ => true, "<c>", "it's > that", expected: "\"e\"").ToHtml();
        Assert.Contains("<div class=\"courselib-claim\" data-claim=\"a.b\" data-holds=\"false\" data-expected=\"&quot;e&quot;\" data-measured=\"&lt;m&gt;\" data-margin=\"\" data-control=\"it&#39;s &gt; that: &lt;c&gt;", html);
        Assert.DoesNotContain("<m>", html);
        Assert.DoesNotContain("<c>", html);
    }

    [Fact]
    public void Words_and_margins_are_demanded()
    {
        Assert.Throws<ArgumentException>(() => Claim.Close(" ", "x", 1, 1, 0, 2, "two"));
        Assert.Throws<ArgumentException>(() => Claim.Close("a.b", "x", 1, 1, 0, 2, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => Claim.Close("a.b", "x", 1, 1, -1, 2, "two"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Claim.Close("a.b", "x", 1, 1, double.NaN, 2, "two"));
    }
}
