using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CourseLib.Charts;
using CourseLib.Charts.Traces;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Display;

namespace CourseLib.Tests.Charts;

public partial class FigureTests
{
    private static readonly double[] Steps = [.. Enumerable.Range(0, 50).Select(i => (double)i)];

    /// <summary>One figure of each kind.</summary>
    public static TheoryData<string> Kinds => [.. Gallery.Keys];

    private static readonly Dictionary<string, Figure> Gallery = new()
    {
        ["line"] = Chart.Line(Steps, [.. Steps.Select(t => Math.Exp(-t / 10))], "Adam").Add(Chart.Line([.. Steps.Select(t => t / 50)], "SGD", markers: true)).XAxis("step").YAxis("loss").HorizontalLine(0.5, "half").VerticalLine(20, "here").Annotate(10, 0.3, "note"),
        ["log"] = Chart.Line(Steps, [.. Steps.Select(t => Math.Pow(10, -t))], "falling").YAxis("loss", log: true),
        ["scatter"] = Chart.Scatter([1, 2, 3], new float[] { 1, 4, 2 }, "points").EqualScale(),
        ["classes"] = Chart.ScatterByClass(new double[,] { { 0, 1 }, { 2, 3 }, { 4, 1 } }, [0, 1, 0], annotate: true),
        ["spread"] = Chart.Spread(Steps, [Steps, (Values)Steps.Select(t => t + 1).ToArray()], "two runs"),
        ["histogram"] = Chart.Histogram(Steps, "first").Add(Chart.Histogram([.. Steps.Select(t => t * 2)], "second")),
        ["bar"] = Chart.Bar(["a", "b"], [1, 2], "left", errors: [0.1, 0.2], showValues: true).Add(Chart.Bar(["b", "c"], [3, -1], "right")),
        ["heat map"] = Chart.HeatMap(new double[,] { { 1, 2, 3 }, { 4, double.NaN, 6 } }, xLabels: ["x", "y", "z"], showValues: true, scaleTitle: "value"),
        ["signed"] = Chart.HeatMap(new float[,] { { -1, 2 }, { 3, -4 } }, [0, 0.5], [1, 2], signed: true),
        ["contour"] = Chart.Contour((a, b) => (a * a) + (10 * b * b), (-2, 2), (-1, 1), log: true, samples: 21).Add(Chart.Path([-1, 0], [0.5, 0], "path")),
        ["images"] = Chart.ImageGrid(new float[3, 4, 4], captions: ["1", "2", "3"]),
        ["multiples"] = Chart.SmallMultiples([Chart.Line(Steps, "train").Title("one"), Chart.Line(Steps, "train").Add(Chart.Line(Steps, "test")).Title("two"), Chart.HeatMap(new double[,] { { 1, 2 } })]).Title("all"),
        ["nothing"] = Chart.Line([double.NaN, double.PositiveInfinity], "gone"),
        ["empty"] = Chart.Empty,
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_well_formed_in_all_its_forms(string kind)
    {
        Figure figure = Gallery[kind].Title("<T> & \"t\"").Message("it's > that");
        XDocument svg = XDocument.Parse(figure.ToSvg());
        Assert.Equal("img", svg.Root!.Attribute("role")!.Value);
        Assert.Equal("<T> & \"t\"", svg.Root.Elements().First(e => e.Name.LocalName == "title").Value);
        Assert.StartsWith("it's > that.", svg.Root.Elements().First(e => e.Name.LocalName == "desc").Value, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", NumbersOf(svg), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", NumbersOf(svg), StringComparison.Ordinal);
        JsonNode json = JsonNode.Parse(figure.ToPlotlyJson())!;
        Assert.NotNull(json["layout"]!["xaxis"]);
        Assert.Contains("courselib-figure", figure.ToHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Both_renderers_have_the_same_ticks_titles_names_and_colours(string kind)
    {
        XDocument svg = XDocument.Parse(Gallery[kind].ToSvg());
        List<string> texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        JsonNode json = JsonNode.Parse(Gallery[kind].ToPlotlyJson())!;
        JsonObject layout = json["layout"]!.AsObject();
        List<JsonNode> axes = layout.Where(entry => entry.Key.Contains("axis", StringComparison.Ordinal)).Select(entry => entry.Value!).Where(axis => (bool)axis["visible"]!).ToList();
        IEnumerable<string> ticks = axes.SelectMany(axis => axis["ticktext"]!.AsArray()).Select(text => (string)text!);
        IEnumerable<string> titles = axes.Select(axis => (string)axis["title"]!["text"]!).Where(title => title.Length > 0);
        IEnumerable<string> notes = layout["annotations"]!.AsArray().Select(note => TagsOf().Replace((string)note!["text"]!, ""));
        JsonArray data = json["data"]!.AsArray();
        List<string> names = data.Where(trace => (bool?)trace!["showlegend"] == true).OrderBy(trace => (int)trace!["legendrank"]!).Select(trace => (string)trace!["name"]!).ToList();
        foreach (string? text in ticks.Concat(titles).Concat(notes).Concat(names))
        {
            Assert.Contains(text, texts);
        }

        // The legend is drawn last, in its order.
        Assert.Equal(names, texts.TakeLast(names.Count));
        foreach (string? color in data.Select(trace => (string?)(trace!["line"]?["color"] ?? trace["marker"]?["color"])).Where(color => color is ['#', ..]))
        {
            Assert.Contains(color!, svg.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_layout_carries_the_decided_range_and_ticks()
    {
        JsonNode axis = JsonNode.Parse(Chart.Line([0, 10], [0.001, 100]).XAxis("t", min: 0, max: 10).YAxis("y", log: true, min: 0.001, max: 100).ToPlotlyJson())!["layout"]!["yaxis"]!;
        Assert.Equal("log", (string)axis["type"]!);
        Assert.Equal([-3, 2], axis["range"]!.AsArray().Select(end => (double)end!));
        Assert.Equal([0.001, 0.01, 0.1, 1, 10, 100], axis["tickvals"]!.AsArray().Select(tick => (double)tick!));
        Assert.Equal(["0.001", "0.01", "0.1", "1", "10", "100"], axis["ticktext"]!.AsArray().Select(tick => (string)tick!));
        Assert.False((bool)axis["autorange"]!);
    }

    [Fact]
    public void What_is_not_finite_is_a_gap_in_both()
    {
        Figure figure = Chart.Line([0, 1, 2, 3, 4], [1, 2, double.NaN, 3, double.PositiveInfinity]);
        JsonArray y = JsonNode.Parse(figure.ToPlotlyJson())!["data"]![0]!["y"]!.AsArray();
        Assert.Equal([1, 2, null, 3, null], y.Select(v => (double?)v));
        string path = XDocument.Parse(figure.ToSvg()).Descendants().Single(e => e.Name.LocalName == "path").Attribute("d")!.Value;
        Assert.Equal((2, 1), (path.Count(c => c == 'M'), path.Count(c => c == 'L')));
    }

    [Fact]
    public void Zero_and_less_are_gaps_on_a_logarithmic_axis()
    {
        JsonArray y = JsonNode.Parse(Chart.Line([1, 0, -1, 10]).YAxis("y", log: true).ToPlotlyJson())!["data"]![0]!["y"]!.AsArray();
        Assert.Equal([1, null, null, 10], y.Select(v => (double?)v));
    }

    [Fact]
    public void A_decimal_comma_never_comes_out()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        Dictionary<string, (string, string)> invariant = Gallery.ToDictionary(entry => entry.Key, entry => (entry.Value.ToSvg(), entry.Value.ToPlotlyJson()));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ru-RU");
            Assert.Equal(invariant, Gallery.ToDictionary(entry => entry.Key, entry => (entry.Value.ToSvg(), entry.Value.ToPlotlyJson())));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Both_hosts_show_a_figure_and_one_gets_the_plotly_mime_type()
    {
        Figure figure = Gallery["line"];
        Assert.Contains("<svg", HostConventionTests.AsInteractive(figure, "text/html"), StringComparison.Ordinal);
        Assert.Contains("<svg", HostConventionTests.AsVerso(figure), StringComparison.Ordinal);
        Assert.Equal(figure.ToPlotlyJson(), HostConventionTests.AsInteractive(figure, "application/vnd.plotly.v1+json"));
        Assert.StartsWith("<table", HostConventionTests.AsInteractive(new Table("a").Row(1), "text/html"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_html_has_the_picture_first_and_a_script_that_data_cannot_end()
    {
        string html = Chart.Line([1, 2], "</script><script>alert(1)</script>").ToHtml();
        Assert.True(html.IndexOf("<svg", StringComparison.Ordinal) < html.IndexOf("<script", StringComparison.Ordinal));
        Assert.Single(EndOfScript().Matches(html));
        Assert.Contains($"script.integrity = \"{PlotlyJs.Integrity}\"", html, StringComparison.Ordinal);
        Assert.Contains($"if (source === \"{PlotlyJs.Url}\")", html, StringComparison.Ordinal);
        Assert.StartsWith("https://", PlotlyJs.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("%", Placeholders().Match(html).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_book_bundles_the_version_that_hosts_load()
    {
        JsonNode package = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "CourseLib.Notebooks", "Book", "Web", "package.json")))!;
        Assert.Equal(PlotlyJs.Version, (string)package["dependencies"]!["plotly.js-dist-min"]!);
    }

    [Fact]
    public void Two_showings_have_two_ids_and_no_other_difference()
    {
        (string? first, string? second) = (Gallery["line"].ToHtml(), Gallery["line"].ToHtml());
        Assert.NotEqual(first, second);
        Assert.Equal(Id().Replace(first, ""), Id().Replace(second, ""));
    }

    [Fact]
    public void Classes_are_series_in_the_order_of_their_numbers()
    {
        string json = Chart.ScatterByClass(new double[,] { { 0, 1 }, { 2, 3 }, { 4, 1 } }, [3, 1, 3]).ToPlotlyJson();
        Assert.True(json.IndexOf("\"name\":\"1\"", StringComparison.Ordinal) is var one && one > 0 && one < json.IndexOf("\"name\":\"3\"", StringComparison.Ordinal), json);
        Assert.Throws<ArgumentException>(() => Chart.ScatterByClass(new double[,] { { 0, 1 } }, [1, 2]));
        Assert.Throws<ArgumentException>(() => Chart.ScatterByClass(new double[,] { { 0, 1, 2 } }, [1]));
    }

    [Fact]
    public void A_range_is_its_ends_or_one_number()
    {
        Assert.Equal("0.25 to 0.50", Table.Range([0.5, 0.25, 0.3]));
        Assert.Equal("0.50", Table.Range([0.501, 0.499]));
        Assert.Equal("1.0 % to 5.2 %", Table.Range([0.01, 0.052], "P1"));
        Assert.Throws<ArgumentException>(() => Table.Range([]));
    }

    [Fact]
    public void A_figure_is_immutable()
    {
        Figure line = Chart.Line([1, 2, 3], "a");
        string before = line.ToPlotlyJson();
        _ = line.Title("t").XAxis("x", log: true).Add(Chart.Line([5], "b")).HorizontalLine(9).Size(300, 300);
        Assert.Equal(before, line.ToPlotlyJson());
    }

    [Theory]
    [InlineData("a.svg", "<svg")]
    [InlineData("a.HTML", "<!DOCTYPE html>")]
    [InlineData("a.json", "{\"data\"")]
    public void Saves_by_the_ending_of_the_name(string name, string start)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string path = Path.Combine(folder.FullName, name);
            Gallery["line"].Save(path);
            Assert.StartsWith(start, File.ReadAllText(path), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Wrong_input_says_what_was_expected()
    {
        Assert.Contains(".svg, .html or .json", Assert.Throws<ArgumentException>(() => Chart.Empty.Save("x.png")).Message, StringComparison.Ordinal);
        Assert.Contains("expected 2 values of y", Assert.Throws<ArgumentException>(() => Chart.Line([1, 2], (Values)new double[] { 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("expected 3 captions", Assert.Throws<ArgumentException>(() => Chart.ImageGrid(new float[3, 2, 2], captions: ["a"])).Message, StringComparison.Ordinal);
        Assert.Contains("expected finite min < max", Assert.Throws<ArgumentException>(() => Chart.Empty.XAxis("x", min: 2, max: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("positive on a logarithmic axis", Assert.Throws<ArgumentException>(() => Chart.Empty.YAxis("y", log: true, min: 0)).Message, StringComparison.Ordinal);
        Assert.Contains("expected 2 values of x", Assert.Throws<ArgumentException>(() => Chart.HeatMap(new double[1, 2], xLabels: ["a"])).Message, StringComparison.Ordinal);
        Assert.Contains("rows * columns = 2 * 3", Assert.Throws<ArgumentException>(() => Values2D.From([1, 2], 2, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one run", Assert.Throws<ArgumentException>(() => Chart.Spread([1, 2], [])).Message, StringComparison.Ordinal);
        Assert.Contains("at least one figure", Assert.Throws<ArgumentException>(() => Chart.SmallMultiples([])).Message, StringComparison.Ordinal);
        Assert.Contains("x and y", Assert.Throws<ArgumentException>(() => Chart.Contour(new double[2, 2], [1, 0], [0, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contour_lines_have_the_colour_that_was_asked_for()
    {
        Figure Contours(string? color) => Chart.Contour(new double[,] { { 0, 1 }, { 1, 2 } }, [0, 1], [0, 1], filled: false, color: color);
        Assert.Contains("#ff8800", Contours("#ff8800").ToSvg(), StringComparison.Ordinal);
        Assert.Contains("#ff8800", Contours("#ff8800").ToPlotlyJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("#ff8800", Contours(null).ToSvg(), StringComparison.Ordinal);
        Assert.Contains("#rrggbb", Assert.Throws<ArgumentException>(() => Contours("orange").ToSvg()).Message, StringComparison.Ordinal);
    }

    private static string NumbersOf(XDocument svg) => string.Join(" ", svg.Descendants().Where(e => e.Name.LocalName != "image").Attributes().Select(a => a.Value));

    [GeneratedRegex("</script>")]
    private static partial Regex EndOfScript();

    [GeneratedRegex("%[A-Z]+%")]
    private static partial Regex Placeholders();

    [GeneratedRegex("courselib-[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex("</?b>")]
    private static partial Regex TagsOf();

    [Fact]
    public void A_straight_line_is_cut_at_the_rectangle()
    {
        // -1 + x + 2y = 0 in the square 0 … 1 runs from (1, 0) to (0, 1/2); x = 7 misses it.
        XYTrace line = Assert.IsType<XYTrace>(Assert.Single(Chart.StraightLine([-1, 1, 2], (0, 1), (0, 1), "border").Panels[0].Traces));
        Assert.Equal([1.0, 0.0], line.X.ToArray().OrderDescending());
        Assert.Equal([0.0, 0.5], line.Y.ToArray().Order());
        XYTrace outside = Assert.IsType<XYTrace>(Assert.Single(Chart.StraightLine([-7, 1, 0], (0, 1), (0, 1)).Panels[0].Traces));
        Assert.Empty(outside.X.ToArray());
        Assert.Contains("got 2 numbers", Assert.Throws<ArgumentException>(() => Chart.StraightLine([1, 2], (0, 1), (0, 1))).Message, StringComparison.Ordinal);
    }
}
