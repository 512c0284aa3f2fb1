using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>Leaves out points of a long line that nobody could see: of each half pixel the first, the least, the greatest and the last stay.</summary>
internal static class Thinning
{
    private const int Enough = 4000;
    private const double PerPixel = 2;

    public static IReadOnlyList<int> All(int count) => [.. Enumerable.Range(0, count)];

    /// <summary>The points to draw, in their order. Short lines, and lines whose x turns back, keep all of them.</summary>
    public static IReadOnlyList<int> Keep(double[] x, double[] y, PanelFrame frame)
    {
        if (x.Length <= Enough || !IsRising(x))
        {
            return All(x.Length);
        }

        SortedSet<int> kept = new();
        for (int start = 0; start < x.Length;)
        {
            long column = Column(frame.X.Map(x[start]));
            (int least, int greatest, int end) = (start, start, start);
            for (; end < x.Length && Column(frame.X.Map(x[end])) == column; end++)
            {
                least = y[end] < y[least] ? end : least;
                greatest = y[end] > y[greatest] ? end : greatest;
                if (!double.IsFinite(y[end]))
                {
                    kept.Add(end); // a gap stays a gap
                }
            }

            kept.UnionWith([start, least, greatest, end - 1]);
            start = end;
        }

        return [.. kept];
    }

    private static long Column(double pixel) => double.IsFinite(pixel) ? (long)Math.Floor(Math.Clamp(pixel, -1e6, 1e6) * PerPixel) : long.MinValue;

    private static bool IsRising(double[] x)
    {
        for (int i = 1; i < x.Length; i++)
        {
            if (!(x[i] >= x[i - 1]))
            {
                return false;
            }
        }

        return true;
    }
}
