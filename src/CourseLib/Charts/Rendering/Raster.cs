using CourseLib.Charts.Layout;

namespace CourseLib.Charts.Rendering;

/// <summary>A picture of numbers from 0 to 1, the top row first; NaN is transparent, and so is what was never set.</summary>
internal sealed class Raster
{
    private const byte Empty = 255;
    private const int Shades = 255;
    private const int LargestSide = 1600;

    private readonly byte[] _pixels;
    private readonly int _width;
    private readonly int _height;

    public Raster(int width, int height)
    {
        _width = width;
        _height = height;
        _pixels = new byte[width * height];
        _pixels.AsSpan().Fill(Empty);
    }

    public double this[int column, int row]
    {
        set => _pixels[(row * _width) + column] = double.IsNaN(value) ? Empty : (byte)Math.Round(Math.Clamp(value, 0, 1) * (Shades - 1));
    }

    /// <summary>How often to repeat a pixel so that cells are sharp even where a viewer smooths pictures.</summary>
    public static int Magnification(int columns, int rows, Box box) =>
        Math.Clamp((int)Math.Ceiling(Math.Max(box.Width / columns, box.Height / rows)), 1, Math.Max(1, LargestSide / Math.Max(columns, rows)));

    /// <summary>The picture as a PNG in a data URI, each pixel repeated in both directions.</summary>
    public string ToDataUri(ColorMap map, int magnification)
    {
        var width = _width * magnification;
        var magnified = new byte[width * _height * magnification];
        for (var i = 0; i < magnified.Length; i++)
        {
            magnified[i] = _pixels[(i / width / magnification * _width) + (i % width / magnification)];
        }

        var palette = Enumerable.Range(0, Shades + 1).Select(shade => map.Pick(shade / (Shades - 1.0))).ToArray();
        return "data:image/png;base64," + Convert.ToBase64String(Png.Write(magnified, width, _height * magnification, palette, Empty));
    }
}
