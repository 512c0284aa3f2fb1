using CourseLib.Analysis;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

public class PowerLawTests
{
    [Fact]
    [Term("Rate of convergence")]
    public void A_power_law_is_found_exactly()
    {
        double[] x = [1, 2, 5, 10, 100];
        PowerLaw law = PowerLaw.Fit(x, x.Select(value => 3 * Math.Pow(value, -0.5)));
        Assert.Equal(-0.5, law.Exponent, 1e-13);
        Assert.Equal(3, law.Factor, 1e-12);
        Assert.Equal(0, law.StandardError, 1e-12);
        Assert.Equal(0.75, law.At(16), 1e-12);
    }

    [Fact]
    [Term("Rate of convergence")]
    public void Only_the_window_counts()
    {
        int[] k = [0, 1, 10, 100, 1000];
        PowerLaw law = PowerLaw.Fit(k, [7, 5, 0.1, 0.01, 0.001], from: 10, to: 1000);
        Assert.Equal((10.0, 1000.0, 3), (law.From, law.To, law.Points));
        Assert.Equal(-1, law.Exponent, 1e-13);
        Assert.Equal("slope -1 on [10, 1000]", law.ToString());
        Assert.NotEqual(-1, PowerLaw.Fit(k, [7, 5, 0.1, 0.01, 0.001]).Exponent, 0.05);
    }

    [Fact]
    public void Scatter_shows_in_the_standard_error()
    {
        NoiseSource source = new(3);
        double[] x = [.. Enumerable.Range(1, 400).Select(i => (double)i)];
        PowerLaw law = PowerLaw.Fit(x, x.Select(value => value * Math.Exp(0.3 * source.Normal())));
        Assert.InRange((law.Exponent - 1) / law.StandardError, -4, 4);
        Assert.InRange(law.StandardError, 0.01, 0.03);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Contains("1 points in the window", Assert.Throws<ArgumentException>(() => PowerLaw.Fit([1.0, 2], [1, 2], from: 2)).Message);
        Assert.Contains("all positive", Assert.Throws<ArgumentException>(() => PowerLaw.Fit([1.0, 2], [1, 0])).Message);
        Assert.Contains("2 x, 1 y", Assert.Throws<ArgumentException>(() => PowerLaw.Fit([1.0, 2], [1])).Message);
    }
}
