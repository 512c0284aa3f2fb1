using System.Globalization;
using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;

namespace CourseLib.Charts.Traces;

/// <summary>Small images in a grid, each pixel a sharp square, with a caption under each.</summary>
public sealed record ImageTrace : Trace
{
    private const int Sharpness = 4;
    private const double CaptionShare = 0.3;

    /// <summary>Images row by row, so many in a row.</summary>
    /// <exception cref="ArgumentException">There is no image, or captions are not as many as images.</exception>
    public ImageTrace(Images images, int columns, IReadOnlyList<string>? captions = null)
    {
        if (images.Count == 0 || columns < 1)
        {
            throw new ArgumentException($"Chart.ImageGrid: expected at least one image and one column, got {images.Count} and {columns}");
        }

        if (captions is not null && captions.Count != images.Count)
        {
            throw new ArgumentException($"Chart.ImageGrid: expected {images.Count} captions, one for each image, got {captions.Count}");
        }

        (Pictures, Columns, Captions) = (images, Math.Min(columns, images.Count), captions);
    }

    internal override string Content => string.Create(CultureInfo.InvariantCulture, $"{Pictures.Count} pictures of {Pictures.Height} x {Pictures.Width} pixels{(Captions is null ? "" : ": " + string.Join(", ", Captions))}");

    /// <summary>The images.</summary>
    public Images Pictures { get; }

    /// <summary>How many stand in a row.</summary>
    public int Columns { get; }

    /// <summary>What stands under each image; null for nothing.</summary>
    public IReadOnlyList<string>? Captions { get; }

    /// <summary>The colours of the pixels.</summary>
    public ColorMap Map { get; init; } = ColorMap.Grey;

    /// <summary>The pixel that gets the first colour; null for the least one.</summary>
    public double? Low { get; init; }

    /// <summary>The pixel that gets the last colour; null for the greatest one.</summary>
    public double? High { get; init; }

    /// <summary>Whether each image gets the whole range of colours by itself.</summary>
    public bool EachByItself { get; init; }

    internal override bool TakesColor => false;

    internal override int Layer => 0;

    internal override bool ReversesY => true;

    internal int Rows => (Pictures.Count + Columns - 1) / Columns;

    internal int GridWidth => (Columns * Pictures.Width) + ((Columns - 1) * Gap);

    internal int GridHeight => (Rows * (Pictures.Height + CaptionHeight)) + ((Rows - 1) * Gap);

    private int Gap => Math.Max(1, Pictures.Width / 12);

    private int CaptionHeight => Captions is null ? 0 : (int)Math.Ceiling(Pictures.Height * CaptionShare);

    internal override bool IsEmpty(bool logX, bool logY) => Shades(0, Pictures.Count).IsEmpty;

    internal override Extent ExtentX(bool log) => new(0, GridWidth, false, false);

    internal override Extent ExtentY(bool log) => new(0, GridHeight, false, false);

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        svg.Image(new Box(frame.X.Map(0), frame.Y.Map(0), frame.X.Map(GridWidth) - frame.X.Map(0), frame.Y.Map(GridHeight) - frame.Y.Map(0)), Mosaic());
        for (int i = 0; Captions is not null && i < Captions.Count; i++)
        {
            (double x, double y) = CaptionPlace(i);
            svg.Text(frame.X.Map(x), frame.Y.Map(y) + 4, Captions[i], 12, anchor: "middle");
        }
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        JsonObject image = PlotlyTrace.New("image", frame, series);
        const double pixel = 1.0 / Sharpness;
        image["source"] = Mosaic();
        (image["x0"], image["y0"], image["dx"], image["dy"]) = (pixel / 2, pixel / 2, pixel, pixel);
        image["hoverinfo"] = "skip";
        // Plotly.js lists no pictures in a legend and does not know the words.
        foreach (string word in (string[])["legendgroup", "legendrank", "showlegend"])
        {
            _ = image.Remove(word);
        }

        yield return image;
        if (Captions is null)
        {
            yield break;
        }

        (double X, double Y)[] places = Enumerable.Range(0, Pictures.Count).Select(CaptionPlace).ToArray();
        JsonObject text = PlotlyTrace.New("scatter", frame, series);
        text["mode"] = "text";
        text["x"] = PlotlyTrace.Numbers(places.Select(p => p.X));
        text["y"] = PlotlyTrace.Numbers(places.Select(p => p.Y));
        text["text"] = new JsonArray([.. Captions.Select(caption => JsonValue.Create(PlotlyTrace.Text(caption)))]);
        text["textfont"] = new JsonObject { ["size"] = 12, ["color"] = Scene.TextColor };
        text["hoverinfo"] = "skip";
        yield return text;
    }

    private (double X, double Y) CaptionPlace(int i)
    {
        (int left, int top) = Corner(i);
        return (left + (Pictures.Width / 2.0), top + Pictures.Height + (CaptionHeight / 2.0));
    }

    private (int Left, int Top) Corner(int i) => (i % Columns * (Pictures.Width + Gap), i / Columns * (Pictures.Height + CaptionHeight + Gap));

    private string Mosaic()
    {
        Raster raster = new(GridWidth, GridHeight);
        (double low, double high) = Range(0, Pictures.Count);
        for (int i = 0; i < Pictures.Count; i++)
        {
            (int left, int top) = Corner(i);
            (low, high) = EachByItself ? Range(i, i + 1) : (low, high);
            for (int row = 0; row < Pictures.Height; row++)
            {
                for (int column = 0; column < Pictures.Width; column++)
                {
                    raster[left + column, top + row] = (Pictures[i, row, column] - low) / (high - low);
                }
            }
        }

        return raster.ToDataUri(Map, Sharpness);
    }

    private Extent Shades(int first, int end)
    {
        int size = Pictures.Height * Pictures.Width;
        return Extent.Of(Enumerable.Range(first * size, (end - first) * size).Select(k => Pictures[k / size, k % size / Pictures.Width, k % Pictures.Width]), log: false);
    }

    private (double Low, double High) Range(int first, int end)
    {
        Extent extent = Shades(first, end);
        (double low, double high) = (Low ?? (extent.IsEmpty ? 0 : extent.Low), High ?? (extent.IsEmpty ? 1 : extent.High));
        if (ReferenceEquals(Map, ColorMap.Diverging) && Low is null && High is null)
        {
            high = Math.Max(Math.Abs(low), Math.Abs(high));
            low = -high;
        }

        return high > low ? (low, high) : (low, low + 1);
    }
}
