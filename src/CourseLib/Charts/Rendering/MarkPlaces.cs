using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>A reference line with the middle of its label's end, in pixels.</summary>
internal sealed record PlacedLine(bool Horizontal, double At, string Label, string Color, double LabelX, double LabelY);

/// <summary>A note: the pixel it points at, the pixel of its text, and which end of the text is there.</summary>
internal sealed record PlacedNote(string Text, double X, double Y, double TextX, double TextY, string Anchor);

/// <summary>Where lines' labels and notes stand, for both renderers.</summary>
internal static class MarkPlaces
{
    public const double LineWidth = 1.5;
    public const double NotePadding = 3;
    private const double LabelLine = 15;
    private const double Reach = 28;

    public static IEnumerable<PlacedLine> Lines(PanelFrame frame)
    {
        List<PlacedLine> upright = [];
        foreach (ReferenceLine line in frame.Panel.Lines)
        {
            AxisFrame axis = line.Horizontal ? frame.Y : frame.X;
            if (!axis.Covers(line.At))
            {
                continue;
            }

            double pixel = axis.Map(line.At);
            // Labels stand above a horizontal line and at the right of a vertical one, or on the other side where the panel ends.
            int above = pixel - frame.Plot.Top > 18 ? -9 : 9;
            if (line.Horizontal)
            {
                yield return new PlacedLine(true, line.At, line.Label, line.Color, frame.Plot.Right - 6, pixel + above);
                continue;
            }

            PlacedLine placed = new(false, line.At, line.Label, line.Color, LeftOf(frame, line.Label, pixel), frame.Plot.Top + 10);
            while (upright.Exists(other => Overlap(other, placed)))
            {
                placed = placed with { LabelY = placed.LabelY + LabelLine };
            }

            upright.Add(placed);
            yield return placed;
        }
    }

    public static IEnumerable<PlacedNote> Annotations(PanelFrame frame)
    {
        foreach (Annotation note in frame.Panel.Annotations)
        {
            (double x, double y) = (frame.X.Map(note.X), frame.Y.Map(note.Y));
            if (double.IsNaN(x + y))
            {
                continue;
            }

            bool left = x + Reach + TextMetrics.Width(note.Text, 12) > frame.Plot.Right;
            bool down = y - Reach - 8 < frame.Plot.Top;
            yield return new PlacedNote(note.Text, x, y, x + (left ? -Reach : Reach), y + (down ? Reach : -Reach), left ? "end" : "start");
        }
    }

    private static bool Overlap(PlacedLine a, PlacedLine b) => a.LabelY == b.LabelY && a.LabelX < b.LabelX + TextMetrics.Width(b.Label, 12) && b.LabelX < a.LabelX + TextMetrics.Width(a.Label, 12);

    private static double LeftOf(PanelFrame frame, string label, double pixel)
    {
        double width = TextMetrics.Width(label, 12);
        return pixel + 6 + width > frame.Plot.Right ? pixel - 6 - width : pixel + 6;
    }
}
