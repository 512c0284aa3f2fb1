using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>Draws a scene as SVG that needs no network, no script and no font of its own. It brings its own light ground, so that it reads on dark pages too.</summary>
internal static class SvgRenderer
{
    /// <param name="scene">What to draw.</param>
    /// <param name="title">What the picture is called.</param>
    /// <param name="description">What it shows, in words.</param>
    /// <param name="leastWidth">On a page, the width below which it is not scaled down; 0 for none.</param>
    public static string Write(Scene scene, string title, string description, double leastWidth = 0)
    {
        SvgWriter svg = new();
        (string? width, string? height) = (SvgWriter.Number(scene.Width), SvgWriter.Number(scene.Height));
        svg.Raw($"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{Scene.Font}\" style=\"max-width:100%;{(leastWidth > 0 ? $"min-width:{SvgWriter.Number(leastWidth)}px;" : "")}height:auto;display:block\">");
        svg.Element("title", title);
        svg.Element("desc", description);
        svg.Rect(0, 0, scene.Width, scene.Height, Scene.Paper);
        for (int i = 0; i < scene.Title.Length; i++)
        {
            svg.Text(Scene.Edge, Scene.TitleMiddle(i) + 6, scene.Title[i], Scene.TitleSize, bold: true);
        }

        for (int i = 0; i < scene.Message.Length; i++)
        {
            svg.Text(Scene.Edge, scene.MessageMiddle(i) + 4.5, scene.Message[i], Scene.MessageSize, color: Scene.QuietColor);
        }

        foreach (PanelFrame frame in scene.Panels)
        {
            Panel(svg, frame);
        }

        Names(svg, scene.Legend);
        svg.Raw("</svg>");
        return svg.ToString();
    }

    private static void Panel(SvgWriter svg, PanelFrame frame)
    {
        Box plot = frame.Plot;
        Axes.Grid(svg, frame);
        svg.OpenClip(plot);
        foreach (Series series in frame.Series)
        {
            series.Trace.Draw(svg, frame, series);
        }

        svg.CloseClip();
        foreach (Series series in frame.Series)
        {
            series.Trace.DrawOver(svg, frame);
        }

        svg.Text(plot.Left + (plot.Width / 2), plot.Top + (plot.Height / 2) + 4, frame.Excuse, Scene.MessageSize, "middle", Scene.QuietColor);
        Axes.Draw(svg, frame);
        if (frame.Panel.Title.Length > 0)
        {
            svg.Text(plot.Left + (plot.Width / 2), plot.Top - 7, frame.Panel.Title, Scene.PanelTitleSize, anchor: "middle", bold: true);
        }

        if (frame.ColorBar is { } bar)
        {
            Axes.ColorBar(svg, bar);
        }

        foreach (PlacedLine line in MarkPlaces.Lines(frame))
        {
            SvgPath path = line.Horizontal ? new SvgPath().MoveTo(plot.Left, frame.Y.Map(line.At)).LineTo(plot.Right, frame.Y.Map(line.At)) : new SvgPath().MoveTo(frame.X.Map(line.At), plot.Bottom).LineTo(frame.X.Map(line.At), plot.Top);
            svg.Stroke(path, line.Color, MarkPlaces.LineWidth, "9,9");
            svg.Text(line.LabelX, line.LabelY + 4, line.Label, 12, line.Horizontal ? "end" : "start", line.Color, halo: true);
        }

        foreach (PlacedNote note in MarkPlaces.Annotations(frame))
        {
            Note(svg, note);
        }
    }

    private static void Note(SvgWriter svg, PlacedNote note)
    {
        double length = Math.Sqrt(Math.Pow(note.TextX - note.X, 2) + Math.Pow(note.TextY - note.Y, 2));
        (double ux, double uy) = ((note.TextX - note.X) / length, (note.TextY - note.Y) / length);
        (double tipX, double tipY) = (note.X + (3 * ux), note.Y + (3 * uy));
        svg.Stroke(new SvgPath().MoveTo(note.TextX, note.TextY).LineTo(tipX + (4 * ux), tipY + (4 * uy)), Scene.QuietColor, 1.2);
        svg.Fill(new SvgPath().MoveTo(tipX, tipY).LineTo(tipX + (7 * ux) - (3 * uy), tipY + (7 * uy) + (3 * ux)).LineTo(tipX + (7 * ux) + (3 * uy), tipY + (7 * uy) - (3 * ux)).Close(), Scene.QuietColor);
        svg.Text(note.TextX + (note.Anchor == "end" ? -MarkPlaces.NotePadding : MarkPlaces.NotePadding), note.TextY + 4, note.Text, 12, note.Anchor, halo: true);
    }

    private static void Names(SvgWriter svg, Legend legend)
    {
        for (int i = 0; i < legend.Entries.Count; i++)
        {
            (double x, double y) = (legend.Place.Left + 8, legend.Place.Top + (Legend.LineHeight * (i + 0.5)));
            Series entry = legend.Entries[i];
            entry.Trace.DrawSample(svg, x, y, entry.Style);
            svg.Text(x + Legend.SampleWidth + 5, y + 4, entry.Trace.Name, Legend.FontSize);
        }
    }
}
