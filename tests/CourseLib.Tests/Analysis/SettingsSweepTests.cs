using CourseLib.Analysis;

namespace CourseLib.Tests.Analysis;

public class SettingsSweepTests
{
    private static readonly double[] Rates = [0.001, 0.01, 0.1];
    private static readonly double[] Decays = [1e-4, 1e-3, 3e-3, 1e-2, 1e-1, 1];

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    public void The_valley_of_a_parabola_is_found_exactly_between_the_values_tried(double exponent)
    {
        SettingsSweep sweep = SettingsSweep.Run(Rates, Decays, 2, (x, y, seed) => Math.Pow(Math.Log(y / Where(x)), 2) + seed);
        Assert.Equal(Rates.Select(Where), sweep.Valley, (a, b) => Math.Abs((a / b) - 1) < 1e-9);
        Assert.Equal(exponent, sweep.ValleyLaw.Exponent, 1e-9);
        Assert.Equal(0, sweep.ValleyError, 1e-9);

        double Where(double x) => 0.012 * Math.Pow(x / 0.01, exponent);
    }

    [Fact]
    public void At_an_end_of_the_range_the_valley_is_that_end()
    {
        Assert.Equal([1, 1, 1], SettingsSweep.Run(Rates, Decays, 1, (_, y, _) => -y).Valley);
        Assert.Equal([1e-4, 1e-4, 1e-4], SettingsSweep.Run(Rates, Decays, 1, (_, y, _) => y).Valley);
    }

    [Fact]
    public void Means_stand_as_in_a_heat_map_and_the_best_is_their_least()
    {
        SettingsSweep sweep = SettingsSweep.Run(Rates, [1, 2, 3], 2, (x, y, seed) => Math.Abs(x - 0.01) + (10 * Math.Abs(y - 2)) + seed);
        Assert.Equal(10.5, sweep.Means[0, 1], 1e-12); // the largest y comes first
        Assert.Equal(10.5 + 0.09, sweep.Means[2, 2], 1e-12);
        Assert.Equal((0.01, 2, 0.5), sweep.Best);
    }

    [Fact]
    public void Seeds_that_disagree_show_in_the_error_of_the_slope()
    {
        // Seed s has its valley at x^(s/2): the mean of parabolas of one curvature lies at the mean exponent, 0.5, and without seed s at (3 - s)/4.
        SettingsSweep sweep = SettingsSweep.Run([1, 10], [0.1, 1, 3, 10, 30, 100], 3, (x, y, seed) => Math.Pow(Math.Log(y) - (seed / 2.0 * Math.Log(x)), 2));
        Assert.Equal(0.5, sweep.ValleyLaw.Exponent, 1e-9);
        Assert.Equal(Math.Sqrt(2.0 / 3 * 2 * 0.0625), sweep.ValleyError, 1e-9);
    }

    [Fact]
    public void Values_that_do_not_rise_and_errors_that_are_no_numbers_are_refused()
    {
        Assert.Contains("rising", Assert.ThrowsAny<ArgumentException>(() => SettingsSweep.Run([2, 1], Decays, 1, (_, _, _) => 0)).Message);
        Assert.ThrowsAny<ArgumentException>(() => SettingsSweep.Run([0, 1], Decays, 1, (_, _, _) => 0));
        Assert.ThrowsAny<ArgumentException>(() => SettingsSweep.Run(Rates, [1, 2], 1, (_, _, _) => 0));
        Assert.ThrowsAny<ArgumentException>(() => SettingsSweep.Run(Rates, Decays, 0, (_, _, _) => 0));
        Assert.Contains("0.01", Assert.ThrowsAny<ArgumentException>(() => SettingsSweep.Run(Rates, Decays, 1, (x, _, _) => x == 0.01 ? double.NaN : 0)).Message);
        Assert.Throws<InvalidOperationException>(() => SettingsSweep.Run(Rates, Decays, 1, (_, y, _) => y).ValleyError);
    }
}
