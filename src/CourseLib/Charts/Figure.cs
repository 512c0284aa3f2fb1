using System.Collections.Immutable;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;
using CourseLib.Charts.Traces;
using CourseLib.Display;

namespace CourseLib.Charts;

/// <summary>
/// A chart. It is immutable: each method returns a new figure, so that calls chain. The figure decides ranges, ticks, colours and the legend's order itself and
/// shows as a static SVG everywhere; where plotly.js can be loaded, that takes over with the same picture. Made by <see cref="Chart"/>.
/// </summary>
[TypeFormatterSource(typeof(FigureFormatterSource), PreferredMimeTypes = ["text/html", FigureFormatterSource.PlotlyMimeType])]
public sealed class Figure
{
    private const string Dark = "#52606d";

    internal Figure()
    {
    }

    internal string TitleText { get; private init; } = "";

    internal string MessageText { get; private init; } = "";

    internal ImmutableArray<Panel> Panels { get; private init; } = [new Panel()];

    internal int Columns { get; private init; } = 1;

    internal double Width { get; private init; } = 720;

    internal double Height { get; private init; } = 420;

    internal bool SharesX { get; private init; }

    internal bool SharesY { get; private init; }

    /// <summary>What the chart is about, above it.</summary>
    public Figure Title(string title) => With(title: title);

    /// <summary>What the chart shows, one sentence under the title; screen readers read it too.</summary>
    public Figure Message(string message) => With(message: message);

    /// <summary>The x axis of every panel.</summary>
    /// <param name="title">What is on the axis, with its unit.</param>
    /// <param name="log">Whether the axis is logarithmic; numbers that are not positive are then gaps.</param>
    /// <param name="min">Where it begins; null for the data's own range.</param>
    /// <param name="max">Where it ends; null for the data's own range.</param>
    /// <exception cref="ArgumentException">The range is empty, or not positive on a logarithmic axis.</exception>
    public Figure XAxis(string title, bool log = false, double? min = null, double? max = null) => Each(panel => panel with { X = Axis("XAxis", panel.X, title, log, min, max) });

    /// <summary>The y axis of every panel; see <see cref="XAxis"/>.</summary>
    public Figure YAxis(string title, bool log = false, double? min = null, double? max = null) => Each(panel => panel with { Y = Axis("YAxis", panel.Y, title, log, min, max) });

    /// <summary>Ticks of the x axis at given places with given texts.</summary>
    public Figure XTicks(Values at, params string[] texts) => Each(panel => panel with { X = panel.X with { Ticks = TicksAt("XTicks", at, texts) } });

    /// <summary>Ticks of the y axis at given places with given texts.</summary>
    public Figure YTicks(Values at, params string[] texts) => Each(panel => panel with { Y = panel.Y with { Ticks = TicksAt("YTicks", at, texts) } });

    /// <summary>The size in pixels, legend included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is under 120 or over 4000.</exception>
    public Figure Size(double width, double height) => width is >= 120 and <= 4000 && height is >= 120 and <= 4000
        ? With(width: width, height: height)
        : throw new ArgumentOutOfRangeException(nameof(width), $"Figure.Size: expected sides from 120 to 4000 pixels, got {Readable.Number(width)} x {Readable.Number(height)}");

    /// <summary>One unit of x as long as one of y: circles are round.</summary>
    public Figure EqualScale() => Each(panel => panel with { EqualScale = true });

    /// <summary>Adds traces to the (last) panel.</summary>
    public Figure Add(params ReadOnlySpan<Trace> traces)
    {
        Trace[] added = traces.ToArray();
        return Last(panel => panel with { Traces = panel.Traces.AddRange(added) });
    }

    /// <summary>Lays another chart's traces, lines and notes over this one's; titles and axes stay.</summary>
    public Figure Add(Figure other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Last(panel => other.Panels.Aggregate(panel, (all, more) => all with
        {
            Traces = all.Traces.AddRange(more.Traces),
            Lines = all.Lines.AddRange(more.Lines),
            Annotations = all.Annotations.AddRange(more.Annotations),
        }));
    }

    /// <summary>A dashed line across every panel at y, with a label at its right end.</summary>
    public Figure HorizontalLine(double y, string label = "", string color = Dark) => Each(panel => panel with { Lines = panel.Lines.Add(new ReferenceLine(true, y, label, Colour.Parse(color).Hex)) });

    /// <summary>A dashed line up every panel at x, with a label at its top.</summary>
    public Figure VerticalLine(double x, string label = "", string color = Dark) => Each(panel => panel with { Lines = panel.Lines.Add(new ReferenceLine(false, x, label, Colour.Parse(color).Hex)) });

    /// <summary>A text with an arrow to a point of the (last) panel.</summary>
    public Figure Annotate(double x, double y, string text) => Last(panel => panel with { Annotations = panel.Annotations.Add(new Annotation(x, y, text)) });

    /// <summary>SVG first; then a script that puts plotly.js in its place where that can be loaded.</summary>
    public string ToHtml() => FigureHtml.Fragment(this);

    /// <summary>The static picture.</summary>
    public string ToSvg() => SvgRenderer.Write(SceneBuilder.Build(this), PlainTitle, Description);

    /// <summary>The chart in the plotly.js schema, <c>{"data", "layout", "config"}</c>; numbers that are not finite are null.</summary>
    public string ToPlotlyJson() => PlotlyJson.Write(SceneBuilder.Build(this)).ToJsonString();

    /// <summary>Writes a picture (.svg), a page (.html) or plotly.js JSON (.json), by the name's ending.</summary>
    /// <exception cref="ArgumentException">The name has another ending.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string text = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => ToSvg(),
            ".html" => FigureHtml.Page(this),
            ".json" => ToPlotlyJson(),
            var other => throw new ArgumentException($"Figure.Save: expected a name ending in .svg, .html or .json, got \"{other}\" in \"{path}\"", nameof(path)),
        };
        File.WriteAllText(path, text);
    }

    /// <summary>The title and the names of the series, for a console.</summary>
    public override string ToString() => $"Figure: {PlainTitle}. {Description}";

    internal string PlainTitle => TitleText.Length > 0 ? TitleText : "Chart";

    /// <summary>Whether some series has no number that its axes could show: all are NaN or infinite, or there are none.</summary>
    internal bool HasEmptySeries => Panels.Any(panel => panel.Traces.Where((trace, i) => trace.Settle(panel, i).IsEmpty(panel.X.Log, panel.Y.Log)).Any());

    internal string Description
    {
        get
        {
            string[] names = Panels.SelectMany(panel => panel.Traces).Select(trace => trace.Name).Where(name => name.Length > 0).Distinct().ToArray();
            string[] axes = Panels.Select(panel => (panel.X.Title, panel.Y.Title)).Where(pair => pair != ("", "")).Distinct().Select(pair => $"{pair.Item2} over {pair.Item1}".Trim()).ToArray();
            string[] contents = Panels.SelectMany(panel => panel.Traces).Select(trace => trace.Content).Where(content => content.Length > 0).Distinct().ToArray();
            string[] parts = [MessageText, string.Join("; ", contents), string.Join("; ", axes), names.Length > 0 ? "Series: " + string.Join(", ", names) : "", Panels.Length > 1 ? $"{Panels.Length} panels: " + string.Join(", ", Panels.Select(p => p.Title).Where(t => t.Length > 0)) : ""];
            return string.Join(" ", parts.Where(part => part.Length > 0).Select(part => part.TrimEnd('.') + "."));
        }
    }

    internal static Figure Grid(IReadOnlyList<Figure> figures, int columns, bool shareX, bool shareY)
    {
        ImmutableArray<Panel> panels = figures.SelectMany(figure => figure.Panels.Select(panel => panel.Title.Length > 0 ? panel : panel with { Title = figure.TitleText })).ToImmutableArray();
        if (panels.IsEmpty || columns < 1)
        {
            throw new ArgumentException($"Chart.SmallMultiples: expected at least one figure and one column, got {figures.Count} and {columns}");
        }

        columns = Math.Min(columns, panels.Length);
        int rows = (panels.Length + columns - 1) / columns;
        return new Figure { Panels = panels, Columns = columns, SharesX = shareX, SharesY = shareY, Width = columns == 1 ? 720 : 830, Height = 50 + (rows * (columns == 1 ? 260 : columns == 2 ? 290 : 240)) };
    }

    internal Figure HideAxes() => Each(panel => panel with { X = panel.X with { Hidden = true }, Y = panel.Y with { Hidden = true } });

    private static AxisSettings Axis(string operation, AxisSettings settings, string title, bool log, double? min, double? max)
    {
        double[] given = new[] { min, max }.Where(end => end is not null).Select(end => end!.Value).ToArray();
        if (given.Any(end => !double.IsFinite(end) || (log && end <= 0)) || (given.Length == 2 && !(given[0] < given[1])))
        {
            throw new ArgumentException($"Figure.{operation}: expected finite min < max{(log ? ", both positive on a logarithmic axis" : "")}, got {Readable.Value(min)} and {Readable.Value(max)}");
        }

        return settings with { Title = title ?? "", Log = log, Min = min, Max = max };
    }

    private static (double, string)[] TicksAt(string operation, Values at, string[] texts) => at.Count == texts.Length
        ? [.. at.Select((value, i) => (value, texts[i]))]
        : throw new ArgumentException($"Figure.{operation}: expected one text for each of {at.Count} places, got {texts.Length}");

    private Figure Each(Func<Panel, Panel> change) => With(panels: [.. Panels.Select(change)]);

    private Figure Last(Func<Panel, Panel> change) => With(panels: Panels.SetItem(Panels.Length - 1, change(Panels[^1])));

    private Figure With(string? title = null, string? message = null, ImmutableArray<Panel>? panels = null, double? width = null, double? height = null) => new()
    {
        TitleText = title ?? TitleText,
        MessageText = message ?? MessageText,
        Panels = panels ?? Panels,
        Columns = Columns,
        Width = width ?? Width,
        Height = height ?? Height,
        SharesX = SharesX,
        SharesY = SharesY,
    };
}
