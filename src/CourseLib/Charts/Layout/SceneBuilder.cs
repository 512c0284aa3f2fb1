using CourseLib.Charts.Traces;

namespace CourseLib.Charts.Layout;

/// <summary>Decides everything about a figure.</summary>
internal static class SceneBuilder
{
    private const double TickGap = 8;
    private const double XSpacing = 48;
    private const double YSpacing = 40;

    private sealed record Draft(Panel Panel, IReadOnlyList<Series> Series, AxisRange X, AxisRange Y, ColorScale? Scale);

    private sealed record Margins(double Left, double Top, double Right, double Bottom, double BarWidth);

    public static Scene Build(Figure figure)
    {
        List<Draft> drafts = Drafts(figure);
        Legend legend = Legend.Measure(drafts.SelectMany(draft => draft.Series).OrderBy(series => series.Rank));
        double text = figure.Width - (2 * Scene.Edge);
        string[] title = TextMetrics.Wrap(figure.TitleText, Scene.TitleSize * 1.1, Math.Max(text - Scene.ToolsWidth, text / 2));
        string[] message = TextMetrics.Wrap(figure.MessageText, Scene.MessageSize, text);
        double top = Scene.Edge + (title.Length * Scene.TitleLine) + (message.Length * Scene.MessageLine) + (title.Length + message.Length > 0 ? 4 : 0);
        double height = figure.Height + (legend.Below ? legend.Place.Height + 8 : 0);
        int columns = Math.Min(figure.Columns, drafts.Count);
        int rows = (drafts.Count + columns - 1) / columns;
        Box area = new(0, top, figure.Width - (legend.Below ? 0 : legend.Place.Width), figure.Height - top - 4);
        Box cell = new(0, 0, area.Width / columns, area.Height / rows);
        // Texts of ticks need room, and the room decides about ticks: the second round has the right widths to go by.
        Margins margins = new(50, 20, 16, 40, 0);
        PanelFrame[] frames = [];
        for (int round = 0; round < 3; round++)
        {
            frames = [.. drafts.Select((draft, i) => Place(figure, draft, i, new Box(area.Left + (i % columns * cell.Width), area.Top + (i / columns * cell.Height), cell.Width, cell.Height), margins, columns, drafts.Count))];
            margins = Measure(frames);
        }

        Box place = legend.Below
            ? new Box(frames[0].Plot.Left, figure.Height, legend.Place.Width, legend.Place.Height)
            : new Box(area.Right, frames[0].Plot.Top, legend.Place.Width, legend.Place.Height);
        return new Scene(figure.Width, Math.Max(height, legend.Below ? 0 : place.Bottom + Scene.Edge), title, message, frames, legend with { Place = place });
    }

    private static List<Draft> Drafts(Figure figure)
    {
        IEnumerable<string> names = figure.Panels.SelectMany(panel => panel.Traces).Where(trace => trace.TakesColor).Select(trace => trace.Name);
        IReadOnlyDictionary<string, SeriesStyle> styles = SeriesColors.Assign(names);
        int rank = 0;
        HashSet<string> listed = new();
        List<Draft> drafts = new();
        foreach (Panel panel in figure.Panels)
        {
            Trace[] settled = panel.Traces.Select((trace, i) => trace.Settle(panel, i)).ToArray();
            Series[] series = settled.Select(trace => new Series(trace, Style(trace, styles), rank++, trace.InLegend && listed.Add(trace.Name))).OrderBy(s => s.Trace.Layer).ToArray();
            drafts.Add(new Draft(panel, series, RangeX(panel, settled), RangeY(panel, settled), settled.Select(trace => trace.Scale).FirstOrDefault(scale => scale is not null)));
        }

        return Shared(figure, drafts);
    }

    private static SeriesStyle Style(Trace trace, IReadOnlyDictionary<string, SeriesStyle> styles)
    {
        SeriesStyle style = styles.GetValueOrDefault(trace.Name, new SeriesStyle(SeriesColors.Palette[0], Dash.Solid));
        return new SeriesStyle(trace.Color ?? style.Color, trace.Dash ?? style.Dash);
    }

    private static AxisRange RangeX(Panel panel, Trace[] traces)
    {
        IEnumerable<double> lines = panel.Lines.Where(line => !line.Horizontal).Select(line => line.At).Concat(panel.Annotations.Select(a => a.X));
        Extent extent = traces.Aggregate(Extent.Of(lines, panel.X.Log), (all, trace) => all.Union(trace.ExtentX(panel.X.Log)));
        return AxisRange.Decide(panel.X, extent, traces.Select(trace => trace.LabelsX).FirstOrDefault(labels => labels is not null), reversed: false);
    }

    private static AxisRange RangeY(Panel panel, Trace[] traces)
    {
        IEnumerable<double> lines = panel.Lines.Where(line => line.Horizontal).Select(line => line.At).Concat(panel.Annotations.Select(a => a.Y));
        Extent extent = traces.Aggregate(Extent.Of(lines, panel.Y.Log), (all, trace) => all.Union(trace.ExtentY(panel.Y.Log)));
        return AxisRange.Decide(panel.Y, extent, traces.Select(trace => trace.LabelsY).FirstOrDefault(labels => labels is not null), traces.Any(trace => trace.ReversesY));
    }

    private static List<Draft> Shared(Figure figure, List<Draft> drafts)
    {
        AxisRange Widest(Func<Draft, AxisRange> axis, AxisRange own) => own with { Low = drafts.Min(d => axis(d).Low), High = drafts.Max(d => axis(d).High) };

        return [.. drafts.Select(draft => draft with
        {
            X = figure.SharesX ? Widest(d => d.X, draft.X) : draft.X,
            Y = figure.SharesY ? Widest(d => d.Y, draft.Y) : draft.Y,
        })];
    }

    private static PanelFrame Place(Figure figure, Draft draft, int number, Box cell, Margins margins, int columns, int count)
    {
        Box plot = new(cell.Left + margins.Left, cell.Top + margins.Top, Math.Max(40, cell.Width - margins.Left - margins.Right), Math.Max(30, cell.Height - margins.Top - margins.Bottom));
        if (draft.Panel.EqualScale)
        {
            plot = Equal(plot, draft.X, draft.Y);
        }

        AxisFrame x = new(draft.X, plot.Left, plot.Right, XSpacing);
        x = new AxisFrame(draft.X, plot.Left, plot.Right, Math.Max(XSpacing, TextMetrics.Widest(x.Ticks.Select(t => t.Text), Scene.TickSize) + 30))
        {
            TickAngle = Crowded(x) ? -35 : 0,
            ShowsTitle = draft.X.Settings.Title.Length > 0 && !(number + columns < count && Same(figure, panel => panel.X)),
        };
        AxisFrame y = new(draft.Y, plot.Bottom, plot.Top, YSpacing)
        {
            ShowsTitle = draft.Y.Settings.Title.Length > 0 && !(number % columns > 0 && Same(figure, panel => panel.Y)),
        };
        ColorBarFrame? bar = draft.Scale is { } scale
            ? new ColorBarFrame(scale, new Box(plot.Right + ColorBarFrame.Gap, plot.Top, ColorBarFrame.Thickness, plot.Height), scale.TicksFor(plot.Height))
            : null;
        return new PanelFrame(number, draft.Panel, plot, x, y, draft.Series, bar);
    }

    private static bool Same(Figure figure, Func<Panel, AxisSettings> axis) => figure.Panels.Select(panel => axis(panel).Title).Distinct().Count() == 1;

    // Only labels are ever turned: numbers are thinned out instead.
    private static bool Crowded(AxisFrame x) => x.Range.Labels is not null && x.Ticks.Count > 1
        && TextMetrics.Widest(x.Ticks.Select(t => t.Text), Scene.TickSize) + 8 > Math.Abs(x.Map(x.Ticks[1].Value) - x.Map(x.Ticks[0].Value));

    private static Box Equal(Box plot, AxisRange x, AxisRange y)
    {
        double unit = Math.Min(plot.Width / (x.High - x.Low), plot.Height / (y.High - y.Low));
        (double width, double height) = (unit * (x.High - x.Low), unit * (y.High - y.Low));
        return new Box(plot.Left + ((plot.Width - width) / 2), plot.Top, width, height);
    }

    private static Margins Measure(PanelFrame[] frames)
    {
        double left = Scene.Edge, top = 8, right = 14, bottom = 8, barWidth = 0;
        foreach (PanelFrame frame in frames)
        {
            (AxisFrame? x, AxisFrame? y) = (frame.X, frame.Y);
            double radians = Math.Abs(x.TickAngle) * Math.PI / 180;
            double xTexts = x.Range.Settings.Hidden ? 0 : (TextMetrics.Widest(x.Ticks.Select(t => t.Text), Scene.TickSize) * Math.Sin(radians)) + Scene.TickSize + TickGap;
            double yTexts = y.Range.Settings.Hidden ? 0 : TextMetrics.Widest(y.Ticks.Select(t => t.Text), Scene.TickSize) + TickGap;
            left = Math.Max(left, yTexts + (y.ShowsTitle ? Scene.AxisTitleSize + 14 : 8));
            bottom = Math.Max(bottom, xTexts + (x.ShowsTitle ? Scene.AxisTitleSize + 12 : 6));
            top = Math.Max(top, frame.Panel.Title.Length > 0 ? Scene.PanelTitleSize + 14 : 8);
            if (!x.Range.Settings.Hidden && x.TickAngle == 0 && x.Ticks.Count > 0)
            {
                right = Math.Max(right, x.Map(x.Ticks[^1].Value) + (TextMetrics.Width(x.Ticks[^1].Text, Scene.TickSize) / 2) + 4 - frame.Plot.Right);
            }

            foreach (Tick turned in x.TickAngle != 0 ? x.Ticks : [])
            {
                // A turned text ends at its tick and comes from the left.
                left = Math.Max(left, (TextMetrics.Width(turned.Text, Scene.TickSize) * Math.Cos(radians)) + TickGap - (x.Map(turned.Value) - frame.Plot.Left));
            }

            if (frame.ColorBar is { } bar)
            {
                barWidth = Math.Max(barWidth, BarWidth(bar));
            }
        }

        return new Margins(left, top, Math.Max(right, barWidth), bottom, barWidth);
    }

    private static double BarWidth(ColorBarFrame bar) => ColorBarFrame.Gap + ColorBarFrame.Thickness + 6
        + TextMetrics.Widest(bar.Ticks.Select(t => t.Text), Scene.TickSize) + (bar.Scale.Title.Length > 0 ? Scene.TickSize + 12 : 8);
}
