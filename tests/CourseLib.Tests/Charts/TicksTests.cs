using CourseLib.Charts.Layout;

namespace CourseLib.Tests.Charts;

public class TicksTests
{
    [Theory]
    [InlineData(0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-2, 2, 5, "−2 −1 0 1 2")]
    [InlineData(0, 10, 5, "0.0 2.5 5.0 7.5 10.0")]
    [InlineData(3, 97, 6, "20 40 60 80")]
    [InlineData(0, 4e9, 5, "0 1·10⁹ 2·10⁹ 3·10⁹ 4·10⁹")]
    [InlineData(0, 2e-5, 5, "0 0.5·10⁻⁵ 1.0·10⁻⁵ 1.5·10⁻⁵ 2.0·10⁻⁵")]
    [InlineData(1, 1.00001, 3, "1.000000 1.000005 1.000010")]
    [InlineData(-0.3, 0.3, 3, "−0.2 0.0 0.2")]
    public void Linear_ticks_are_round(double low, double high, int most, string expected) => Assert.Equal(expected, Texts(Ticks.Linear(low, high, most)));

    [Theory]
    [InlineData(0.001, 100, 8, "0.001 0.01 0.1 1 10 100")]
    [InlineData(1e-8, 10, 6, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰")]
    [InlineData(1e-45, 1e39, 7, "10⁻⁴⁰ 10⁻²⁰ 10⁰ 10²⁰")]
    [InlineData(1, 20, 6, "1 2 5 10 20")]
    [InlineData(2, 7, 6, "2 3 4 5 6 7")]
    public void Logarithmic_ticks_are_decades_or_their_multiples(double low, double high, int most, string expected) => Assert.Equal(expected, Texts(Ticks.Logarithmic(low, high, most)));

    [Fact]
    public void Tick_values_are_what_the_texts_say()
    {
        Assert.Equal([0, 0.1, 0.2, 0.3], Ticks.Linear(0, 0.3, 4).Select(t => t.Value));
        Assert.Equal([0.001, 0.01, 0.1], Ticks.Logarithmic(0.001, 0.1, 6).Select(t => t.Value));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    public void No_ticks_on_an_axis_that_has_no_range(double low, double high)
    {
        Assert.Empty(Ticks.Linear(low, high, 5));
        Assert.Empty(Ticks.Logarithmic(low, high, 5));
    }

    [Fact]
    public void Between_two_and_so_many_ticks_wherever_the_range_is()
    {
        Random random = new(7);
        for (int i = 0; i < 2000; i++)
        {
            double low = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
            double high = low + (Math.Pow(10, random.Next(-6, 9)) * (0.1 + random.NextDouble())) + (1e-9 * Math.Abs(low));
            Tick[] ticks = Ticks.Linear(low, high, 6);
            Assert.InRange(ticks.Length, 2, 8);
            Assert.All(ticks, tick => Assert.InRange(tick.Value, low - (1e-6 * (high - low)), high + (1e-6 * (high - low))));
            Assert.Equal(ticks.Length, ticks.Select(tick => tick.Text).Distinct().Count());
        }
    }

    private static string Texts(Tick[] ticks) => string.Join(" ", ticks.Select(tick => tick.Text));
}
