using System.Text.Json.Nodes;
using CourseLib.Charts;
using CourseLib.Charts.Traces;
using CourseLib.Tensors;

namespace CourseLib.Tests.Charts;

public class TraceTests
{
    private static JsonArray Data(Figure figure) => JsonNode.Parse(figure.ToPlotlyJson())!["data"]!.AsArray();

    private static double[] Numbers(JsonNode? array) => [.. array!.AsArray().Select(v => (double)v!)];

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        JsonArray data = Data(Chart.Histogram([0, 0.5, 1, 1, 2, 9.99, 10, double.NaN, double.PositiveInfinity], bins: 10));
        Assert.Equal([2, 2, 1, 0, 0, 0, 0, 0, 0, 2], Numbers(data[0]!["y"]));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)i), Numbers(data[0]!["x"]));
    }

    [Fact]
    public void Histograms_on_one_panel_share_their_bins_and_a_density_has_area_one()
    {
        Random random = new(3);
        double[] Sample(double width) => [.. Enumerable.Range(0, 500).Select(_ => width * random.NextDouble())];
        JsonArray data = Data(Chart.Histogram(Sample(1), "a", density: true).Add(Chart.Histogram(Sample(3), "b", density: true)));
        Assert.Equal(Numbers(data[0]!["x"]), Numbers(data[1]!["x"]));
        Assert.All(data, trace => Assert.Equal(1, Numbers(trace!["y"]).Zip(Numbers(trace["width"]), (height, width) => height * width).Sum(), 1e-6));
    }

    [Fact]
    public void A_histogram_on_a_logarithmic_axis_has_bins_of_equal_ratio()
    {
        JsonArray data = Data(Chart.Histogram([1, 10, 100, 1000, 0, -1], bins: 3).XAxis("x", log: true));
        double[] edges = Numbers(data[0]!["x"]);
        Assert.Equal(10, edges[1] / edges[0], 1e-6);
        Assert.Equal(10, edges[2] / edges[1], 1e-6);
        Assert.Equal([1, 1, 2], Numbers(data[0]!["y"]));
    }

    [Fact]
    public void Grouped_bars_stand_side_by_side_over_all_categories()
    {
        JsonArray data = Data(Chart.Bar(["a", "b"], [1, 2], "l").Add(Chart.Bar(["b", "c"], [3, 4], "r")));
        Assert.Equal([1, 2], Numbers(data[1]!["x"]));
        Assert.Equal((double)data[0]!["offset"]! + (double)data[0]!["width"]!, (double)data[1]!["offset"]!, 1e-12);
        Assert.Equal(0.8, 2 * (double)data[0]!["width"]!, 1e-12);
    }

    [Fact]
    public void A_spread_is_the_mean_in_a_band_and_leaves_out_what_is_not_finite()
    {
        JsonArray data = Data(Chart.Spread([0, 1, 2], [(Values)new[] { 1.0, 2, double.NaN }, (Values)new[] { 3.0, 6, 5 }], "s"));
        Assert.Equal("toself", (string)data[0]!["fill"]!);
        Assert.Equal([2, 4, 5], Numbers(data[1]!["y"]));
        Assert.Equal((double?[])[3, 6, 5, 5, 2, 1, null], data[0]!["y"]!.AsArray().Select(v => (double?)v));
        Assert.Equal([false, true], data.Select(trace => (bool)trace!["showlegend"]!));
    }

    [Fact]
    public void A_matrix_without_numbers_has_its_first_row_at_the_top_and_with_numbers_at_the_bottom()
    {
        double[] Range(Figure figure) => Numbers(JsonNode.Parse(figure.ToPlotlyJson())!["layout"]!["yaxis"]!["range"]);
        Assert.Equal([1.5, -0.5], Range(Chart.HeatMap(new double[2, 3])));
        Assert.Equal([5, 25], Range(Chart.HeatMap(new double[2, 3], [0, 1, 2], [10, 20])));
    }

    [Fact]
    public void Numbers_that_are_not_evenly_spaced_become_labels()
    {
        JsonNode axis = JsonNode.Parse(Chart.HeatMap(new double[1, 4], [1e-4, 1e-3, 1e-2, 1], [0]).ToPlotlyJson())!["layout"]!["xaxis"]!;
        Assert.Equal(["0.0001", "0.001", "0.01", "1"], axis["ticktext"]!.AsArray().Select(t => (string)t!));
        Assert.Equal([0, 1, 2, 3], Numbers(axis["tickvals"]));
    }

    [Fact]
    public void A_signed_map_has_zero_in_its_middle()
    {
        JsonNode trace = Data(Chart.HeatMap(new double[,] { { -1, 3 } }, signed: true))[0]!;
        Assert.Equal((-3, 3), ((double)trace["zmin"]!, (double)trace["zmax"]!));
    }

    [Fact]
    public void Logarithmic_colours_leave_out_what_is_not_positive()
    {
        JsonNode trace = Data(Chart.HeatMap(new double[,] { { 0.01, 0, -5, 100 } }, logColor: true))[0]!;
        Assert.Equal([-2, null, null, 2], trace["z"]![0]!.AsArray().Select(v => (double?)v));
    }

    [Theory]
    [InlineData(false, new[] { 2.0, 4, 6, 8 })]
    [InlineData(true, new[] { 0.03, 0.1, 0.3, 1, 3 })]
    public void Levels_are_round(bool log, double[] expected)
    {
        Values2D z = Values2D.From(log ? [0.02, 9] : [0, 10], 1, 2);
        Levels levels = Levels.Choose(z, default, 5, log);
        Assert.Equal(expected.Select((_, i) => (double)i), expected.Select(levels.Index));
    }

    [Fact]
    public void The_index_of_a_level_is_its_number_and_between_them_is_between()
    {
        Levels levels = Levels.Choose(default, [1, 10, 100], 0, log: true);
        Assert.Equal((0, 1, 2), (levels.Index(1), levels.Index(10), levels.Index(100)));
        Assert.Equal(0.5, levels.Index(Math.Sqrt(10)), 1e-12);
        Assert.True(levels.Index(0.5) < 0 && levels.Index(1e9) > 2 && double.IsNaN(levels.Index(double.NaN)));
        Assert.Throws<ArgumentException>(() => Levels.Choose(default, [2, 1], 0, log: false));
    }

    [Fact]
    public void Values_convert_from_what_notebooks_have()
    {
        static double[] Of(Values values) => [.. values];
        float[] floats = [1, 2];
        Assert.Equal([1, 2], Of(floats));
        Assert.Equal([1, 2], Of(new List<int> { 1, 2 }));
        Assert.Equal([1, 2], Of(floats.AsSpan()));
        Assert.Equal([1, 2, 3], Of([.. floats, 3]));
        Assert.Equal([1, 2], Of(Tensor.From(floats)));
        Assert.Empty(Of(default));
    }
}
