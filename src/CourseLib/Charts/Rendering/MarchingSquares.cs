namespace CourseLib.Charts.Rendering;

/// <summary>
/// Level lines of a sampled function (marching squares; a saddle is cut by the mean of its corners). Segments are joined to lines as long as they go.
/// </summary>
internal static class MarchingSquares
{
    private const double SamePlace = 1e-9;

    /// <summary>The lines on which the function has the level, as places in rows and columns of the grid. A closed line ends where it began.</summary>
    public static List<List<(double Column, double Row)>> Trace(Values2D z, double level)
    {
        Dictionary<long, List<long>> next = new();
        Dictionary<long, (double, double)> places = new();
        for (int row = 0; row + 1 < z.Rows; row++)
        {
            for (int column = 0; column + 1 < z.Columns; column++)
            {
                Cell(z, level, row, column, next, places);
            }
        }

        return Join(next, places);
    }

    private static void Cell(Values2D z, double level, int row, int column, Dictionary<long, List<long>> next, Dictionary<long, (double, double)> places)
    {
        (double a, double b, double c, double d) = (z[row, column], z[row, column + 1], z[row + 1, column + 1], z[row + 1, column]);
        if (double.IsNaN(a + b + c + d))
        {
            return;
        }

        // Edges: 0 from a to b, 1 from b to c, 2 from d to c, 3 from a to d. Each is known by its first corner and its direction, so that cells share it.
        long key = ((long)row * z.Columns) + column;
        Span<long> edges = [key * 2, ((key + 1) * 2) + 1, (key + z.Columns) * 2, (key * 2) + 1];
        List<int> cut = new(4);
        if (a > level != b > level) { cut.Add(0); places[edges[0]] = (column + Share(a, b, level), row); }
        if (b > level != c > level) { cut.Add(1); places[edges[1]] = (column + 1, row + Share(b, c, level)); }
        if (d > level != c > level) { cut.Add(2); places[edges[2]] = (column + Share(d, c, level), row + 1); }
        if (a > level != d > level) { cut.Add(3); places[edges[3]] = (column, row + Share(a, d, level)); }
        if (cut.Count == 2)
        {
            Link(next, edges[cut[0]], edges[cut[1]]);
        }
        else if (cut.Count == 4)
        {
            bool joinsCorners = (a + b + c + d) / 4 > level == a > level;
            Link(next, edges[0], edges[joinsCorners ? 1 : 3]);
            Link(next, edges[2], edges[joinsCorners ? 3 : 1]);
        }
    }

    private static double Share(double from, double to, double level) => Math.Clamp((level - from) / (to - from), SamePlace, 1 - SamePlace);

    private static void Link(Dictionary<long, List<long>> next, long a, long b)
    {
        (next.TryGetValue(a, out List<long>? fromA) ? fromA : next[a] = []).Add(b);
        (next.TryGetValue(b, out List<long>? fromB) ? fromB : next[b] = []).Add(a);
    }

    private static List<List<(double, double)>> Join(Dictionary<long, List<long>> next, Dictionary<long, (double, double)> places)
    {
        List<List<(double, double)>> lines = new();
        // Open lines first, from their ends; what is left are rings.
        foreach (long start in next.Keys.Where(edge => next[edge].Count == 1).Concat(next.Keys).ToArray())
        {
            if (next[start].Count == 0)
            {
                continue;
            }

            List<(double, double)> line = new() { places[start] };
            for (long at = start; next[at].Count > 0;)
            {
                long to = next[at][^1];
                next[at].RemoveAt(next[at].Count - 1);
                next[to].Remove(at);
                line.Add(places[to]);
                at = to;
            }

            lines.Add(line);
        }

        return lines;
    }
}
