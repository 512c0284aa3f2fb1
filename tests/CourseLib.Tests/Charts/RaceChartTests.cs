using CourseLib.Analysis;
using CourseLib.Charts;

namespace CourseLib.Tests.Charts;

public class RaceChartTests
{
    private static readonly Dictionary<string, OptimizerPath> Paths = new() { ["SGD"] = new([[1, 1], [0.5, 0], [0, 0]]), ["Adam"] = new([[1, 1], [0.9, 0.9], [0.8, 0.8]]) };

    private static double Bowl(double[] p) => (p[0] * p[0]) + (p[1] * p[1]);

    [Fact]
    public void Each_snapshot_has_its_panel_and_each_method_its_colour()
    {
        string svg = RaceChart.Snapshots(Paths, Bowl, (-1, 1), (-1, 1), 1, 2).ToSvg();
        Assert.Contains("after 1 steps", svg);
        Assert.Contains("after 2 steps", svg);
        Assert.Contains(SeriesColors.Find("SGD")!, svg);
        Assert.Contains(SeriesColors.Find("Adam")!, svg);
    }

    [Fact]
    public void A_way_that_is_too_short_is_named() =>
        Assert.Contains("SGD", Assert.ThrowsAny<ArgumentException>(() => RaceChart.Snapshots(Paths, Bowl, (-1, 1), (-1, 1), 3)).Message);

    [Fact]
    public void Heights_name_every_method()
    {
        string svg = RaceChart.Heights(Paths, Bowl).ToSvg();
        Assert.Contains("SGD", svg);
        Assert.Contains("Adam", svg);
    }
}
