using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;
using CourseLib.Display;

namespace CourseLib.Charts.Traces;

/// <summary>Bars from 0 over numbers or named categories; several such traces on one panel stand side by side.</summary>
public sealed record BarTrace : Trace
{
    private const double GroupShare = 0.8;
    private const double ValueSize = 11;

    /// <summary>Bars over categories.</summary>
    /// <exception cref="ArgumentException">There are not as many heights as categories.</exception>
    public BarTrace(IReadOnlyList<string> categories, Values heights)
    {
        ArgumentNullException.ThrowIfNull(categories);
        DemandSameLength("BarTrace", "heights", heights.Count, categories.Count);
        (X, Heights, Categories) = (Values.Indices(categories.Count), heights, [.. categories]);
    }

    /// <summary>Bars over numbers.</summary>
    /// <exception cref="ArgumentException">There are not as many heights as x.</exception>
    public BarTrace(Values x, Values heights)
    {
        DemandSameLength("BarTrace", "heights", heights.Count, x.Count);
        (X, Heights) = (x, heights);
    }

    /// <summary>The places of the bars.</summary>
    public Values X { get; private init; }

    /// <summary>The heights of the bars.</summary>
    public Values Heights { get; }

    /// <summary>The names of the places; null for numbers.</summary>
    public IReadOnlyList<string>? Categories { get; private init; }

    /// <summary>Half the length of an error bar for each bar; empty for none.</summary>
    public Values Errors { get; init; }

    /// <summary>Whether each bar's height stands above it.</summary>
    public bool ShowValues { get; init; }

    /// <summary>From a place to the left edge of its bar, decided by <see cref="Settle"/>.</summary>
    internal double Offset { get; private init; } = -GroupShare / 2;

    /// <summary>The width of a bar.</summary>
    internal double Width { get; private init; } = GroupShare;

    internal override int Layer => 2;

    internal override IReadOnlyList<Tick>? LabelsX => Categories?.Select((name, i) => new Tick(i, name)).ToArray();

    internal override Trace Settle(Panel panel, int index)
    {
        if (Errors.Count > 0)
        {
            DemandSameLength("BarTrace", "errors", Errors.Count, X.Count);
        }

        List<BarTrace> group = panel.Traces.OfType<BarTrace>().ToList();
        int place = panel.Traces.Take(index).OfType<BarTrace>().Count();
        List<string>? names = Categories is null ? null : group.SelectMany(bars => bars.Categories ?? []).Distinct().ToList();
        Values xs = names is null ? X : Values.Of(Categories!.Select(name => (double)names.IndexOf(name)));
        double[] sorted = group.SelectMany(bars => bars.X).Where(double.IsFinite).Distinct().Order().ToArray();
        double spacing = names is null ? sorted.Zip(sorted.Skip(1), (a, b) => b - a).DefaultIfEmpty(1).Min() : 1;
        double width = spacing * GroupShare / group.Count;
        return this with { X = xs, Categories = names, Width = width, Offset = (-spacing * GroupShare / 2) + (place * width) };
    }

    internal override Extent ExtentX(bool log)
    {
        Extent all = Extent.Of(X, log);
        return all.IsEmpty ? all : new Extent(all.Low + Math.Min(Offset, -Width / 2), all.High + Math.Max(Offset + Width, Width / 2));
    }

    internal override Extent ExtentY(bool log)
    {
        Extent ends = Extent.Of(Heights.SelectMany((height, i) => Errors.Count > 0 ? [height - Errors[i], height + Errors[i]] : new[] { height }), log);
        (double low, double high) = (Math.Min(0, ends.Low), Math.Max(0, ends.High));
        double room = ShowValues ? (high - low) * 0.06 : 0;
        return ends.IsEmpty || log ? ends : new Extent(low < 0 ? low - room : 0, high > 0 ? high + room : 0, PadLow: low < 0, PadHigh: high > 0);
    }

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        double floor = Floor(frame);
        SvgPath whiskers = new();
        for (int i = 0; i < X.Count; i++)
        {
            (double left, double right, double top) = Edges(frame, i);
            if (double.IsNaN(left + right + top))
            {
                continue;
            }

            double middle = (left + right) / 2;
            svg.Rect(left, Math.Min(top, floor), right - left, Math.Abs(floor - top), series.Style.Color);
            if (Errors.Count > 0)
            {
                (double low, double high) = (frame.Y.Map(Heights[i] - Errors[i]), frame.Y.Map(UpperEnd(frame, i)));
                whiskers.MoveTo(middle, double.IsNaN(low) ? floor : low).LineTo(middle, high).MoveTo(middle - 4, high).LineTo(middle + 4, high);
                whiskers = double.IsNaN(low) ? whiskers : whiskers.MoveTo(middle - 4, low).LineTo(middle + 4, low);
            }
        }

        svg.Stroke(whiskers, Scene.TextColor, 1.5);
    }

    internal override void DrawOver(SvgWriter svg, PanelFrame frame)
    {
        for (int i = 0; ShowValues && i < X.Count; i++)
        {
            (double left, double right, double top) = Edges(frame, i);
            if (!double.IsNaN(left + right + top) && frame.X.Covers(X[i]) && frame.Y.Covers(Heights[i]))
            {
                svg.Text((left + right) / 2, Heights[i] < 0 ? top + 12 : frame.Y.Map(UpperEnd(frame, i)) - 4, Readable.Number(Heights[i], 3), ValueSize, anchor: "middle");
            }
        }
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        JsonObject trace = PlotlyTrace.New("bar", frame, series);
        trace["x"] = PlotlyTrace.Numbers(X);
        trace["y"] = PlotlyTrace.Numbers(Heights);
        trace["offset"] = Offset;
        trace["width"] = Width;
        trace["marker"] = new JsonObject { ["color"] = series.Style.Color, ["line"] = new JsonObject { ["width"] = 0 } };
        if (Errors.Count > 0)
        {
            trace["error_y"] = new JsonObject { ["type"] = "data", ["array"] = PlotlyTrace.Numbers(Errors), ["color"] = Scene.TextColor, ["thickness"] = 1.5, ["width"] = 4 };
        }

        if (Categories is { } names)
        {
            trace["customdata"] = new JsonArray([.. X.Select(x => JsonValue.Create(PlotlyTrace.Text(names[(int)x])))]);
            trace["hovertemplate"] = "%{customdata}: %{y}";
        }

        yield return trace;
        if (!ShowValues)
        {
            yield break;
        }

        // Numbers of their own: plotly.js would write those of a bar across its error.
        JsonObject numbers = PlotlyTrace.New("scatter", frame, series);
        numbers["mode"] = "text";
        numbers["x"] = PlotlyTrace.Numbers(X.Select(x => x + Offset + (Width / 2)));
        numbers["y"] = PlotlyTrace.Numbers(Heights.Select((height, i) => height < 0 ? height : UpperEnd(frame, i)));
        numbers["text"] = new JsonArray([.. Heights.Select(height => JsonValue.Create(Readable.Number(height, 3)))]);
        numbers["textposition"] = new JsonArray([.. Heights.Select(height => JsonValue.Create(height < 0 ? "bottom center" : "top center"))]);
        numbers["textfont"] = new JsonObject { ["size"] = ValueSize, ["color"] = Scene.TextColor };
        (numbers["cliponaxis"], numbers["hoverinfo"], numbers["showlegend"]) = (false, "skip", false);
        yield return numbers;
    }

    private static double Floor(PanelFrame frame) => frame.Y.Range.Log ? frame.Y.Start : frame.Y.Map(0);

    private (double Left, double Right, double Top) Edges(PanelFrame frame, int i) => (frame.X.Map(X[i] + Offset), frame.X.Map(X[i] + Offset + Width), frame.Y.Map(Heights[i]));

    // Where the bar or its error ends.
    private double UpperEnd(PanelFrame frame, int i) => Errors.Count > 0 && double.IsFinite(frame.Y.Map(Heights[i] + Errors[i])) ? Heights[i] + Errors[i] : Heights[i];
}
