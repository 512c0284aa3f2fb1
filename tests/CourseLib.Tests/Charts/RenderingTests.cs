using System.Buffers.Binary;
using System.IO.Compression;
using CourseLib.Charts;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;

namespace CourseLib.Tests.Charts;

public class RenderingTests
{
    [Fact]
    public void A_png_has_its_chunks_and_its_pixels()
    {
        byte[] pixels = [0, 1, 2, 2, 1, 0];
        byte[] png = Png.Write(pixels, 3, 2, [new Colour(0, 0, 0), new Colour(255, 0, 0), new Colour(0, 0, 255)], transparent: 2);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        Dictionary<string, byte[]> chunks = Chunks(png).ToDictionary(chunk => chunk.Type, chunk => chunk.Data);
        Assert.Equal(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"], chunks.Keys);
        Assert.Equal([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0], chunks["IHDR"]);
        Assert.Equal([255, 255, 0], chunks["tRNS"]);
        using MemoryStream unpacked = new();
        new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress).CopyTo(unpacked);
        Assert.Equal([0, 0, 1, 2, 0, 2, 1, 0], unpacked.ToArray());
    }

    [Fact]
    public void The_checksum_is_the_one_that_png_demands()
    {
        // The empty IEND chunk of every PNG file ends in these four bytes.
        byte[] png = Png.Write([0], 1, 1, [new Colour(1, 2, 3)], null);
        Assert.Equal([0xAE, 0x42, 0x60, 0x82], png[^4..]);
    }

    [Fact]
    public void Level_lines_of_a_circle_close_and_lie_on_it()
    {
        Values axis = Values.Of(Enumerable.Range(0, 41).Select(i => (i - 20) / 10.0));
        List<List<(double Column, double Row)>> lines = MarchingSquares.Trace(Values2D.Sample((x, y) => (x * x) + (y * y), axis, axis), 1);
        List<(double Column, double Row)> line = Assert.Single(lines);
        Assert.Equal(line[0], line[^1]);
        Assert.All(line, place => Assert.Equal(1, Math.Sqrt(Math.Pow((place.Column - 20) / 10, 2) + Math.Pow((place.Row - 20) / 10, 2)), 0.01));
    }

    [Fact]
    public void Level_lines_of_a_plane_go_from_edge_to_edge_and_stop_at_holes()
    {
        Values2D z = Values2D.Sample((x, _) => x, [0, 1, 2], [0, 1, 2]);
        Assert.All(Assert.Single(MarchingSquares.Trace(z, 0.25)), place => Assert.Equal(0.25, place.Column, 1e-9));
        Values2D holed = Values2D.From([0, 1, 2, 0, 1, 2, 0, double.NaN, 2], 3, 3);
        Assert.Equal(2, Assert.Single(MarchingSquares.Trace(holed, 0.25)).Count);
        Assert.Empty(MarchingSquares.Trace(z, 5));
    }

    [Fact]
    public void A_saddle_gives_two_lines_that_do_not_cross()
    {
        List<List<(double Column, double Row)>> lines = MarchingSquares.Trace(new double[,] { { 1, 0 }, { 0, 1 } }, 0.6);
        Assert.Equal(2, lines.Count);
        Assert.All(lines, line => Assert.Equal(2, line.Count));
        // The mean lies under the level, so each high corner is cut off by itself: rows and columns of a line are on one side of the middle.
        Assert.All(lines, line => Assert.True(line.All(p => p.Column + p.Row < 1) || line.All(p => p.Column + p.Row > 1)));
    }

    [Fact]
    public void Thinning_keeps_peaks_gaps_and_ends_of_long_lines()
    {
        double[] x = Enumerable.Range(0, 100_000).Select(i => (double)i).ToArray();
        double[] y = x.Select(v => Math.Sin(v / 5000)).ToArray();
        y[54_321] = 7;
        y[12_345] = double.NaN;
        PanelFrame frame = SceneBuilder.Build(Chart.Line(x, y)).Panels[0];
        IReadOnlyList<int> kept = Thinning.Keep(x, y, frame);
        Assert.InRange(kept.Count, 500, 10_000);
        Assert.Contains(54_321, kept);
        Assert.Contains(12_345, kept);
        Assert.Equal((0, 99_999), (kept[0], kept[^1]));
        Assert.Equal(3, Thinning.Keep([2, 1, 0], [1, 2, 3], frame).Count);
    }

    [Fact]
    public void Colour_maps_pass_through_their_anchors_and_viridis_grows_lighter()
    {
        Assert.Equal("#440154", ColorMap.Viridis.At(0));
        Assert.Equal("#fde725", ColorMap.Viridis.At(1));
        Assert.Equal("#808080", ColorMap.Grey.At(0.5));
        Assert.Equal(ColorMap.Viridis.At(0), ColorMap.Viridis.At(-3));
        double[] lightness = Enumerable.Range(0, 100).Select(i => ColorMap.Viridis.Pick(i / 99.0)).Select(c => (0.2126 * c.R) + (0.7152 * c.G) + (0.0722 * c.B)).ToArray();
        Assert.All(lightness.Zip(lightness.Skip(1)), pair => Assert.True(pair.First < pair.Second + 0.8));
    }

    [Fact]
    public void Nothing_lies_outside_the_picture()
    {
        string long_ = new('w', 40);
        Scene scene = SceneBuilder.Build(Chart.Line([1e9, 2e9], [-1e-9, 5e-9], "a name of some length").Add(Chart.Line([0, 1], "b")).Title(string.Join(" ", Enumerable.Repeat("title", 40))).XAxis(long_).YAxis(long_));
        Assert.True(scene.Title.Length > 1);
        Assert.All(scene.Title, line => Assert.True(Scene.Edge + TextMetrics.Width(line, Scene.TitleSize) <= scene.Width - Scene.ToolsWidth, "a line of the title runs under plotly's buttons"));
        foreach (PanelFrame frame in scene.Panels)
        {
            Assert.True(frame.Plot.Left > 30 && frame.Plot.Right < scene.Legend.Place.Left && frame.Plot.Bottom < scene.Height - 30 && frame.Plot.Top > 40 && frame.Plot.Width > 200 && frame.Plot.Height > 100);
        }

        Assert.True(scene.Legend.Place.Right <= scene.Width);
    }

    [Fact]
    public void A_table_aligns_numbers_right_and_escapes_text()
    {
        string html = new Table("name", "value").Row("<x>", 1.5).Row("y", double.NaN).Caption("a & b").ToHtml();
        Assert.Contains("&lt;x&gt;", html, StringComparison.Ordinal);
        Assert.Contains("a &amp; b", html, StringComparison.Ordinal);
        Assert.Contains("text-align:right;font-variant-numeric:tabular-nums\">1.5</td>", html, StringComparison.Ordinal);
        Assert.Contains("text-align:left\">y</td>", html, StringComparison.Ordinal);
        Assert.Equal("name  value\n<x>     1.5\ny       NaN", new Table("name", "value").Row("<x>", 1.5).Row("y", double.NaN).ToString());
        Assert.Throws<ArgumentException>(() => new Table("a").Row(1, 2));
    }

    private static IEnumerable<(string Type, byte[] Data)> Chunks(byte[] png)
    {
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            yield return (System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png[(at + 8)..(at + 8 + length)]);
            at += length + 12;
        }
    }
}
