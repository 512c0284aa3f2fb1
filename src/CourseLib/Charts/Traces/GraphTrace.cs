using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;

namespace CourseLib.Charts.Traces;

/// <summary>A graph from left to right: nodes with texts, arrows with a text above and one below.</summary>
public sealed record GraphTrace : Trace
{
    // The palette's vermillion, dark enough for small letters on white: 5 to 1.
    private const string BelowColor = "#b85000";

    private const double Radius = 16;
    private const double NodeTextSize = 14;
    private const double EdgeTextSize = 11.5;
    private const double ParallelGap = 38;
    private const string OperationFill = "#e8f1fa", LeafFill = "#fdf3e0";

    private readonly GraphLayout layout;

    /// <summary>A graph without cycles.</summary>
    /// <exception cref="ArgumentException">There is no node, an arrow names a node that is not there, or arrows lead around a circle.</exception>
    public GraphTrace(IReadOnlyList<GraphNode> nodes, IReadOnlyList<GraphEdge> edges)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        if (nodes.Count == 0)
        {
            throw new ArgumentException("Chart.Graph: expected at least one node, got none", nameof(nodes));
        }

        if (edges.FirstOrDefault(edge => edge.From < 0 || edge.From >= nodes.Count || edge.To < 0 || edge.To >= nodes.Count) is { } wrong)
        {
            throw new ArgumentException($"Chart.Graph: expected arrows between nodes 0 to {nodes.Count - 1}, got one from {wrong.From} to {wrong.To}", nameof(edges));
        }

        (Nodes, Edges, layout) = ([.. nodes], [.. edges], new GraphLayout(nodes.Count, edges));
    }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<GraphNode> Nodes { get; }

    /// <summary>The arrows.</summary>
    public IReadOnlyList<GraphEdge> Edges { get; }

    internal override bool TakesColor => false;

    internal override string Content => "Arrows: " + string.Join(", ", Edges.Select(edge => $"{Nodes[edge.From].Text} to {Nodes[edge.To].Text}{(edge.Above + edge.Below == "" ? "" : $" ({$"{edge.Above} {edge.Below}".Trim()})")}"));

    internal override bool ReversesY => true;

    internal int Columns => layout.Columns;

    internal double LastRow => layout.LastRow;

    internal (double X, double Y) Place(int node) => layout.Place(node);

    internal override Extent ExtentX(bool log) => new(-0.35, layout.Columns - 0.65, false, false);

    internal override Extent ExtentY(bool log) => new(-0.5, layout.LastRow + 0.5, false, false);

    internal override void Draw(SvgWriter svg, PanelFrame frame, Series series)
    {
        for (int i = 0; i < Edges.Count; i++)
        {
            svg.Stroke(Outline(Line(frame, i)), Scene.AxisColor, 1.5);
            svg.Fill(Outline(Head(frame, i)).Close(), Scene.AxisColor);
        }

        for (int i = 0; i < Nodes.Count; i++)
        {
            svg.Fill(Outline(Shape(frame, i)).Close(), Fill(Nodes[i].IsLeaf));
            svg.Stroke(Outline(Shape(frame, i)).Close(), Line(Nodes[i].IsLeaf), 1.5);
        }

        foreach ((double x, double y, string? text, double size, string? color) in Texts(frame))
        {
            svg.Text(x, y + (size * 0.35), text, size, "middle", color, halo: size < NodeTextSize);
        }
    }

    internal override IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series)
    {
        IEnumerable<int> edges = Enumerable.Range(0, Edges.Count);
        JsonObject Lines(IEnumerable<(double X, double Y)[]> outlines, string color, double width, string? fill)
        {
            JsonObject trace = PlotlyTrace.New("scatter", frame, series);
            (double X, double Y)[] points = [.. outlines.SelectMany(outline => outline.Select(p => Inverse(frame, p)).Append((X: double.NaN, Y: double.NaN)))];
            trace["mode"] = "lines";
            trace["x"] = PlotlyTrace.Numbers(points.Select(p => p.X));
            trace["y"] = PlotlyTrace.Numbers(points.Select(p => p.Y));
            trace["line"] = new JsonObject { ["color"] = color, ["width"] = width };
            trace["hoverinfo"] = "skip";
            if (fill is not null)
            {
                (trace["fill"], trace["fillcolor"]) = ("toself", fill);
            }

            return trace;
        }

        yield return Lines(edges.Select(i => Line(frame, i)), Scene.AxisColor, 1.5, null);
        yield return Lines(edges.Select(i => Closed(Head(frame, i))), Scene.AxisColor, 0, Scene.AxisColor);
        foreach (bool leaf in new[] { false, true })
        {
            yield return Lines(Enumerable.Range(0, Nodes.Count).Where(i => Nodes[i].IsLeaf == leaf).Select(i => Closed(Shape(frame, i))), Line(leaf), 1.5, Fill(leaf));
        }

        foreach (IGrouping<(double Size, string Color), (double X, double Y, string Text, double Size, string Color)> group in Texts(frame).GroupBy(text => (text.Size, text.Color)))
        {
            JsonObject texts = PlotlyTrace.New("scatter", frame, series);
            texts["mode"] = "text";
            texts["x"] = PlotlyTrace.Numbers(group.Select(text => Inverse(frame, (text.X, text.Y)).X));
            texts["y"] = PlotlyTrace.Numbers(group.Select(text => Inverse(frame, (text.X, text.Y)).Y));
            texts["text"] = new JsonArray([.. group.Select(text => JsonValue.Create(PlotlyTrace.Text(text.Text)))]);
            texts["textfont"] = new JsonObject { ["size"] = group.Key.Size, ["color"] = group.Key.Color };
            texts["hoverinfo"] = "skip";
            yield return texts;
        }
    }

    private static string Fill(bool leaf) => leaf ? LeafFill : OperationFill;

    private static string Line(bool leaf) => SeriesColors.Palette[leaf ? 4 : 0];

    private static (double X, double Y)[] Closed((double X, double Y)[] outline) => [.. outline, outline[0]];

    private static SvgPath Outline((double X, double Y)[] points) => points.Skip(1).Aggregate(new SvgPath().MoveTo(points[0].X, points[0].Y), (path, p) => path.LineTo(p.X, p.Y));

    private static (double X, double Y) Pixel(PanelFrame frame, (double X, double Y) place) => (frame.X.Map(place.X), frame.Y.Map(place.Y));

    // Shapes have sizes in pixels; plotly.js wants them in the units of the axes, which are never logarithmic here.
    private static (double X, double Y) Inverse(PanelFrame frame, (double X, double Y) pixel) => (Inverse(frame.X, pixel.X), Inverse(frame.Y, pixel.Y));

    private static double Inverse(AxisFrame axis, double pixel) => axis.Range.Low + ((pixel - axis.Start) / (axis.End - axis.Start) * (axis.Range.High - axis.Range.Low));

    private static (double X, double Y) Towards((double X, double Y) from, (double X, double Y) to, double distance)
    {
        double length = Math.Max(1e-9, double.Hypot(to.X - from.X, to.Y - from.Y));
        return (from.X + ((to.X - from.X) * distance / length), from.Y + ((to.Y - from.Y) * distance / length));
    }

    // Where along an arrow its texts stand: towards the end where it is alone; early when neither is, for there is likely another arrow across its middle.
    private double TextAt(GraphEdge edge) => (Edges.Count(other => other.From == edge.From) > 1, Edges.Count(other => other.To == edge.To) > 1) switch
    {
        (true, true) => 0.24,
        (true, false) => 0.6,
        _ => 0.4,
    };

    private double HalfWidth(int node) => Math.Max(Radius, (TextMetrics.Width(Nodes[node].Text, NodeTextSize) / 2) + 6);

    private (double X, double Y)[] Shape(PanelFrame frame, int node)
    {
        ((double x, double y), double half) = (Pixel(frame, layout.Place(node)), HalfWidth(node));
        return Nodes[node].IsLeaf
            ? [(x - half, y - 13), (x + half, y - 13), (x + half, y + 13), (x - half, y + 13)]
            : [.. Enumerable.Range(0, 32).Select(i => (x + (half * Math.Cos(i * Math.PI / 16)), y + (Radius * Math.Sin(i * Math.PI / 16))))];
    }

    private (double X, double Y)[] Line(PanelFrame frame, int edge)
    {
        List<(double X, double Y)> points = [.. layout.PlacesOn(edge).Select(place => Pixel(frame, place))];
        if (Apart(edge) is double bend and not 0)
        {
            points.Insert(1, ((points[0].X + points[1].X) / 2, ((points[0].Y + points[1].Y) / 2) + bend));
        }

        points[^1] = Towards(points[^1], points[^2], HalfWidth(Edges[edge].To) + 1);
        return [.. points];
    }

    // Arrows between the same two nodes, as of u * u, bend away from each other.
    private double Apart(int edge)
    {
        int[] same = [.. Enumerable.Range(0, Edges.Count).Where(i => Edges[i].From == Edges[edge].From && Edges[i].To == Edges[edge].To)];
        return (Array.IndexOf(same, edge) - ((same.Length - 1) / 2.0)) * ParallelGap;
    }

    private (double X, double Y)[] Head(PanelFrame frame, int edge)
    {
        (double X, double Y)[] line = Line(frame, edge);
        (double X, double Y) tip = line[^1], back = Towards(tip, line[^2], 9);
        (double x, double y) = ((back.Y - tip.Y) * 0.4, (tip.X - back.X) * 0.4);
        return [tip, (back.X + x, back.Y + y), (back.X - x, back.Y - y)];
    }

    private IEnumerable<(double X, double Y, string Text, double Size, string Color)> Texts(PanelFrame frame)
    {
        for (int i = 0; i < Nodes.Count; i++)
        {
            (double x, double y) = Pixel(frame, layout.Place(i));
            yield return (x, y, Nodes[i].Text, NodeTextSize, Scene.TextColor);
        }

        for (int i = 0; i < Edges.Count; i++)
        {
            (double X, double Y)[] line = Line(frame, i);
            ((double X, double Y) from, (double X, double Y) to) = (line[0], line[1]);
            // Between the outlines of both nodes; an arrow over several columns has room at its first bend.
            double length = double.Hypot(to.X - from.X, to.Y - from.Y), start = HalfWidth(Edges[i].From);
            (double X, double Y) at = line.Length > 2 ? to : Towards(from, to, start + (TextAt(Edges[i]) * (length - start)));
            (double x, double y) = ((to.Y - from.Y) / length, (from.X - to.X) / length);
            foreach ((string text, int side, string color) in new[] { (Edges[i].Above, 1, SeriesColors.Palette[0]), (Edges[i].Below, -1, BelowColor) })
            {
                // As far from the line as half the text's box reaches, so that even a steep arrow does not cross it.
                double away = side * ((Math.Abs(x) * TextMetrics.Width(text, EdgeTextSize) / 2) + (Math.Abs(y) * EdgeTextSize / 2) + 3);
                if (text.Length > 0)
                {
                    yield return (at.X + (away * x), at.Y + (away * y), text, EdgeTextSize, color);
                }
            }
        }
    }
}
