namespace CourseLib.Data;

/// <summary>Draws polylines with a round pen whose pressure changes along the stroke: coverage falls off softly over one pixel at the edge.</summary>
internal static class DigitPen
{
    /// <summary>Half the width of the soft edge, in pixels.</summary>
    private const double Softness = 0.65;

    /// <summary>The coverage, 0 to 1, of every pixel of a square image: the larger of what each segment leaves there.</summary>
    public static void Ink(PlanePoint[][] strokes, double[] coverage, int side, DigitVariation how, ref DigitRandom random)
    {
        Array.Clear(coverage);
        double pen = random.Next(how.ThinPen, how.ThickPen);
        foreach (PlanePoint[] line in strokes)
        {
            // Pressure goes from one random value to another along the stroke.
            (double first, double last) = (random.Next(0.8, 1.2), random.Next(0.75, 1.15));
            for (int i = 1; i < line.Length; i++)
            {
                double pressure = first + (last - first) * i / line.Length;
                Segment(line[i - 1], line[i], Math.Max(pen * pressure, 0.5), coverage, side);
            }
        }
    }

    private static void Segment(PlanePoint a, PlanePoint b, double radius, double[] coverage, int side)
    {
        double reach = radius + Softness;
        (int left, int right) = Range(Math.Min(a.X, b.X) - reach, Math.Max(a.X, b.X) + reach, side);
        (int top, int bottom) = Range(Math.Min(a.Y, b.Y) - reach, Math.Max(a.Y, b.Y) + reach, side);
        (double dx, double dy) = (b.X - a.X, b.Y - a.Y);
        double squared = dx * dx + dy * dy;
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                double along = squared > 0 ? Math.Clamp(((x - a.X) * dx + (y - a.Y) * dy) / squared, 0, 1) : 0;
                (double ex, double ey) = (x - a.X - along * dx, y - a.Y - along * dy);
                double distance = Math.Sqrt(ex * ex + ey * ey);
                double cover = Math.Clamp((reach - distance) / (2 * Softness), 0, 1);
                if (cover > coverage[y * side + x])
                {
                    coverage[y * side + x] = cover;
                }
            }
        }
    }

    private static (int First, int Last) Range(double low, double high, int side) =>
        ((int)Math.Clamp(low, 0, side), (int)Math.Clamp(high + 1, -1, side - 1));
}
