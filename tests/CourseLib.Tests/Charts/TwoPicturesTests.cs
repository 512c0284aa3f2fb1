using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CourseLib.Charts;

namespace CourseLib.Tests.Charts;

/// <summary>Where the static picture and plotly's once differed.</summary>
public class TwoPicturesTests
{
    [Fact]
    public void The_bands_of_a_colour_bar_meet_at_the_levels()
    {
        XDocument svg = XDocument.Parse(Chart.Contour((x, _) => x, (0, 4), (0, 1), levels: 4).ToSvg());
        double[] heights = [.. svg.Descendants().Where(e => e.Name.LocalName == "rect" && Number(e, "width") == 14).Select(e => Number(e, "height"))];
        Assert.True(heights.Length >= 4);
        double inner = heights[1];
        Assert.All(heights[1..^1], height => Assert.Equal(inner, height, 0.02));

        // The first and the last have no end, and the plotly bar cuts them in half; neighbours overlap by 0.6 of a pixel.
        Assert.Equal((inner - 0.6) / 2, heights[0], 0.02);
        Assert.Equal(((inner - 0.6) / 2) + 0.6, heights[^1], 0.02);
    }

    [Fact]
    public void What_is_infinite_has_the_colour_of_its_end_and_what_is_no_number_has_none()
    {
        JsonNode trace = JsonNode.Parse(Chart.HeatMap(new double[,] { { 1, 5, double.PositiveInfinity }, { double.NegativeInfinity, double.NaN, 2 } }).ToPlotlyJson())!["data"]![0]!;
        Assert.Equal([1, 5, 5, 1, null, 2], trace["z"]!.AsArray().SelectMany(row => row!.AsArray()).Select(z => (double?)z));
    }

    [Fact]
    public void An_error_has_two_caps_and_the_number_stands_above_it_where_nothing_cuts_it_off()
    {
        Figure figure = Chart.Bar(["a", "b"], [3, -1], errors: [0.5, 0.25], showValues: true);
        XDocument svg = XDocument.Parse(figure.ToSvg());
        XElement whiskers = svg.Descendants().Single(e => e.Name.LocalName == "path");
        Assert.Equal(6, whiskers.Attribute("d")!.Value.Count(c => c == 'M'));
        XElement three = svg.Descendants().Single(e => e.Name.LocalName == "text" && e.Value == "3" && Number(e, "font-size") == 11);
        Assert.Same(svg.Root, three.Parent);
        JsonNode numbers = JsonNode.Parse(figure.ToPlotlyJson())!["data"]!.AsArray().Single(trace => (string?)trace!["mode"] == "text")!;
        Assert.Equal([3.5, -1], numbers["y"]!.AsArray().Select(y => (double)y!));
    }

    [Fact]
    public void A_number_in_a_cell_can_be_read_on_every_colour()
    {
        for (int i = 0; i < 4096; i++)
        {
            Colour ground = new((byte)((i >> 8) * 17), (byte)((i >> 4 & 15) * 17), (byte)((i & 15) * 17));
            double ink = Colour.Parse(ground.Ink).Luminance, ratio = (Math.Max(ink, ground.Luminance) + 0.05) / (Math.Min(ink, ground.Luminance) + 0.05);
            Assert.True(ratio >= 4.5, $"{ground.Ink} on {ground.Hex} is {ratio} to 1");
        }
    }

    [Fact]
    public void A_page_does_not_scale_the_picture_down_until_nobody_can_read_it_and_a_file_may()
    {
        Figure figure = Chart.Line([1, 2]);
        Assert.Contains("max-width:100%;min-width:540px;", figure.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("min-width", figure.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_lines_that_stand_close_do_not_cover_each_other()
    {
        XDocument svg = XDocument.Parse(Chart.Line([0, 1, 2], [1, 2, 3]).VerticalLine(1, "the first").VerticalLine(1.1, "the second").VerticalLine(0, "afar").ToSvg());
        double[] y = [.. new[] { "the first", "the second", "afar" }.Select(name => Number(svg.Descendants().Single(e => e.Name.LocalName == "text" && e.Value == name), "y"))];
        Assert.Equal([y[0], y[0] + 15, y[0]], y);
    }

    private static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)?.Value ?? "0", CultureInfo.InvariantCulture);
}
