using CourseLib.Charts;

namespace CourseLib.Tests.Charts;

public class RooflineTests
{
    [Fact]
    public void A_slope_up_to_the_ridge_and_then_a_roof()
    {
        Roofline roofline = new(Peak: 100, Bandwidth: 20);
        Assert.Equal(5, roofline.Ridge);
        Assert.Equal([2, 100, 100], new[] { 0.1, 5, 80 }.Select(roofline.Attainable));
    }

    [Fact]
    public void The_chart_has_a_corner_at_the_ridge_and_names_it_where_it_is_in_sight()
    {
        string svg = new Roofline(100, 20).ToFigure().ToSvg();
        Assert.Contains("ridge", svg, StringComparison.Ordinal);
        Assert.Contains("operations per byte", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("ridge", new Roofline(100, 20).ToFigure(10, 1000).ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rates_and_ranges_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Roofline(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Roofline(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Roofline(1, 1).ToFigure(5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Roofline(1, 1).ToFigure(0, 5));
    }
}
