using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>Paints the bands between levels, twice as fine as the picture's pixels.</summary>
internal static class ContourFill
{
    private const double Fineness = 2;
    private const int LargestSide = 1600;

    /// <param name="heights">Numbers on the scale of levels: 0 at the first level, 1 at the second…</param>
    /// <param name="xs">The pixels of the columns, rising.</param>
    /// <param name="ys">The pixels of the rows, falling.</param>
    /// <param name="box">Where the picture goes.</param>
    /// <param name="levels">How many levels there are.</param>
    public static Raster Paint(Values2D heights, double[] xs, double[] ys, Box box, int levels)
    {
        (int width, int height) = (Side(box.Width), Side(box.Height));
        Raster raster = new(width, height);
        (int Cell, double Share)[] columns = Enumerable.Range(0, width).Select(i => Find(xs, box.Left + ((i + 0.5) / width * box.Width))).ToArray();
        for (int row = 0; row < height; row++)
        {
            (int r, double v) = Find(ys, box.Top + ((row + 0.5) / height * box.Height));
            for (int column = 0; column < width; column++)
            {
                (int c, double u) = columns[column];
                double top = heights[r, c] + ((heights[r, c + 1] - heights[r, c]) * u);
                double bottom = heights[r + 1, c] + ((heights[r + 1, c + 1] - heights[r + 1, c]) * u);
                double band = Math.Clamp(Math.Floor(top + ((bottom - top) * v)) + 1, 0, levels);
                raster[column, row] = band / levels;
            }
        }

        return raster;
    }

    private static int Side(double pixels) => Math.Clamp((int)(pixels * Fineness), 1, LargestSide);

    private static (int Cell, double Share) Find(double[] places, double at)
    {
        // Rows run upwards: their pixels fall.
        int cell = places[0] < places[^1] ? Array.FindLastIndex(places, place => place <= at) : Array.FindLastIndex(places, place => place >= at);
        cell = Math.Clamp(cell, 0, places.Length - 2);
        return (cell, (at - places[cell]) / (places[cell + 1] - places[cell]));
    }
}
