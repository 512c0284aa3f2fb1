using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>Draws the grid, axes and colour bar of a panel.</summary>
internal static class Axes
{
    private const double TickLength = 4;

    public static void Grid(SvgWriter svg, PanelFrame frame)
    {
        Box plot = frame.Plot;
        foreach (Tick tick in Lines(frame.X))
        {
            svg.Line(frame.X.Map(tick.Value), plot.Top, frame.X.Map(tick.Value), plot.Bottom, Scene.GridColor);
        }

        foreach (Tick tick in Lines(frame.Y))
        {
            svg.Line(plot.Left, frame.Y.Map(tick.Value), plot.Right, frame.Y.Map(tick.Value), Scene.GridColor);
        }
    }

    public static void Draw(SvgWriter svg, PanelFrame frame)
    {
        if (!frame.X.Range.Settings.Hidden)
        {
            DrawX(svg, frame);
        }

        if (!frame.Y.Range.Settings.Hidden)
        {
            DrawY(svg, frame);
        }
    }

    public static void ColorBar(SvgWriter svg, ColorBarFrame bar)
    {
        (Box place, ColorScale? scale) = (bar.Place, bar.Scale);
        int steps = scale.Bands > 0 ? scale.Bands : 64;
        for (int i = 0; i < steps; i++)
        {
            // Neighbours overlap by a pixel, so that no seam shows.
            (double top, double next) = (bar.Map(UpperEnd(scale, steps, i)), bar.Map(UpperEnd(scale, steps, i - 1)));
            svg.Rect(place.Left, top, place.Width, next - top + (i > 0 ? 0.6 : 0), scale.Map.At(scale.Bands > 0 ? i / Math.Max(1.0, steps - 1) : (i + 0.5) / steps));
        }

        for (int i = 0; scale.Line is { } line && i < scale.Bands - 1; i++)
        {
            svg.Line(place.Left, bar.Map(i), place.Right, bar.Map(i), line, 0.8);
        }

        foreach (Tick tick in bar.Ticks)
        {
            svg.Text(place.Right + 5, bar.Map(tick.Value) + 4, tick.Text, Scene.TickSize);
        }

        if (scale.Title.Length > 0)
        {
            svg.Text(bar.TitleX + 4, place.Top + (place.Height / 2), scale.Title, Scene.TickSize, "middle", angle: -90);
        }
    }

    // Bands meet at the levels, so the first and the last, which have no end, are cut short; a smooth scale is cut into equal parts.
    private static double UpperEnd(ColorScale scale, int steps, int i) =>
        scale.Bands > 0 ? Math.Clamp(i, scale.Low, scale.High) : scale.Low + ((scale.High - scale.Low) * (i + 1) / steps);

    private static void DrawX(SvgWriter svg, PanelFrame frame)
    {
        (Box plot, AxisFrame? axis) = (frame.Plot, frame.X);
        svg.Line(plot.Left, plot.Bottom, plot.Right, plot.Bottom, Scene.AxisColor);
        foreach (Tick tick in axis.Ticks)
        {
            double x = axis.Map(tick.Value);
            svg.Line(x, plot.Bottom, x, plot.Bottom + TickLength, Scene.AxisColor);
            bool turned = axis.TickAngle != 0;
            svg.Text(turned ? x + 3 : x, plot.Bottom + 18, tick.Text, Scene.TickSize, turned ? "end" : "middle", angle: axis.TickAngle);
        }

        if (axis.ShowsTitle)
        {
            // Plotly.js goes by the real width of the texts, which the estimate exceeds by about so much.
            double drop = 0.92 * Math.Abs(Math.Sin(axis.TickAngle * Math.PI / 180)) * TextMetrics.Widest(axis.Ticks.Select(t => t.Text), Scene.TickSize);
            svg.Text(plot.Left + (plot.Width / 2), plot.Bottom + drop + 40, axis.Range.Settings.Title, Scene.AxisTitleSize, "middle");
        }
    }

    private static void DrawY(SvgWriter svg, PanelFrame frame)
    {
        (Box plot, AxisFrame? axis) = (frame.Plot, frame.Y);
        svg.Line(plot.Left, plot.Top, plot.Left, plot.Bottom, Scene.AxisColor);
        foreach (Tick tick in axis.Ticks)
        {
            double y = axis.Map(tick.Value);
            svg.Line(plot.Left - TickLength, y, plot.Left, y, Scene.AxisColor);
            svg.Text(plot.Left - TickLength - 3, y + 4, tick.Text, Scene.TickSize, "end");
        }

        if (axis.ShowsTitle)
        {
            double x = plot.Left - TickLength - 3 - TextMetrics.Widest(axis.Ticks.Select(t => t.Text), Scene.TickSize) - 12;
            svg.Text(x, plot.Top + (plot.Height / 2), axis.Range.Settings.Title, Scene.AxisTitleSize, "middle", angle: -90);
        }
    }

    private static IEnumerable<Tick> Lines(AxisFrame axis) => axis.Range.Labels is null && !axis.Range.Settings.Hidden ? axis.Ticks : [];
}
