using CourseLib.Charts;
using CourseLib.Charts.Layout;

namespace CourseLib.Tests.Charts;

public class AxisRangeTests
{
    private static AxisRange Decide(double low, double high, bool log = false, double? min = null, double? max = null, bool pad = true) =>
        AxisRange.Decide(new AxisSettings { Log = log, Min = min, Max = max }, new Extent(low, high, pad, pad), null, false);

    [Fact]
    public void Air_surrounds_the_data_but_does_not_reach_below_zero()
    {
        Assert.Equal((-4, 104), (Decide(0, 100).Low, Decide(0, 100).High));
        Assert.Equal(0, Decide(0.01, 2).Low);
        Assert.Equal((0, 100), (Decide(0, 100, pad: false).Low, Decide(0, 100, pad: false).High));
    }

    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(0, 0, false)]
    [InlineData(5, 5, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, false)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, true)]
    [InlineData(-1.7e308, 1.7e308, false)]
    [InlineData(5e-324, 1.7e308, true)]
    public void Every_extent_gets_a_finite_range_with_ticks(double low, double high, bool log)
    {
        AxisRange range = Decide(low, high, log);
        Assert.True(double.IsFinite(range.High - range.Low) && range.Low < range.High);
        Assert.True(!log || range.Low > 0);
        Assert.NotEmpty(new AxisFrame(range, 0, 500, 50).Ticks);
    }

    [Fact]
    public void Given_ends_win_even_when_all_data_lie_beyond()
    {
        Assert.Equal((10, 20), (Decide(0, 100, min: 10, max: 20).Low, Decide(0, 100, min: 10, max: 20).High));
        AxisRange beyond = Decide(0, 1, min: 5);
        Assert.True(beyond.Low == 5 && beyond.High > 5);
    }

    [Fact]
    public void An_axis_maps_its_ends_to_its_pixels()
    {
        AxisFrame linear = new(Decide(0, 10, pad: false), 100, 300, 50);
        Assert.Equal((100, 200, 300), (linear.Map(0), linear.Map(5), linear.Map(10)));
        AxisFrame log = new(Decide(0, 0, log: true, min: 0.1, max: 1000), 0, 400, 50);
        Assert.Equal(100, log.Map(1), 1e-9);
        Assert.True(double.IsNaN(log.Map(0)) && double.IsNaN(log.Map(-1)) && double.IsNaN(linear.Map(double.NaN)));
    }
}
