using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>A picture of numbers from 0 to 1, the top row first; NaN is transparent, and so is what was never set.</summary>
internal sealed class Raster
{
    private const byte Empty = 255;
    private const int Shades = 255;
    private const int LargestSide = 1600;

    private readonly byte[] pixels;
    private readonly int width;
    private readonly int height;

    public Raster(int width, int height)
    {
        this.width = width;
        this.height = height;
        pixels = new byte[width * height];
        pixels.AsSpan().Fill(Empty);
    }

    public double this[int column, int row]
    {
        set => pixels[(row * width) + column] = double.IsNaN(value) ? Empty : (byte)Math.Round(Math.Clamp(value, 0, 1) * (Shades - 1));
    }

    /// <summary>How often to repeat a pixel so that cells are sharp even where a viewer smooths pictures.</summary>
    public static int Magnification(int columns, int rows, Box box) =>
        Math.Clamp((int)Math.Ceiling(Math.Max(box.Width / columns, box.Height / rows)), 1, Math.Max(1, LargestSide / Math.Max(columns, rows)));

    /// <summary>The picture as a PNG in a data URI, each pixel repeated in both directions.</summary>
    public string ToDataUri(ColorMap map, int magnification)
    {
        int width = this.width * magnification;
        byte[] magnified = new byte[width * height * magnification];
        for (int i = 0; i < magnified.Length; i++)
        {
            magnified[i] = pixels[(i / width / magnification * this.width) + (i % width / magnification)];
        }

        Colour[] palette = Enumerable.Range(0, Shades + 1).Select(shade => map.Pick(shade / (Shades - 1.0))).ToArray();
        return "data:image/png;base64," + Convert.ToBase64String(Png.Write(magnified, width, height * magnification, palette, Empty));
    }
}
