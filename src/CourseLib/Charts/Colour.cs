using System.Globalization;

namespace CourseLib.Charts;

/// <summary>An sRGB colour.</summary>
internal readonly record struct Colour(byte R, byte G, byte B)
{
    /// <summary><c>#rrggbb</c>.</summary>
    public string Hex => $"#{R:x2}{G:x2}{B:x2}";

    /// <summary>Whether dark text reads better on it than white text: relative luminance by Rec. 709 weights, without linearising.</summary>
    public bool IsLight => (0.2126 * R) + (0.7152 * G) + (0.0722 * B) > 140;

    public static Colour Parse(string hex) =>
        hex is ['#', ..] && hex.Length == 7 && int.TryParse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int rgb)
            ? new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : throw new ArgumentException($"Colour: expected \"#rrggbb\", got \"{hex}\"", nameof(hex));

    public static Colour Mix(Colour a, Colour b, double t) => new(Between(a.R, b.R, t), Between(a.G, b.G, t), Between(a.B, b.B, t));

    /// <summary><c>rgba(r,g,b,a)</c>, as plotly.js reads it.</summary>
    public string Rgba(double alpha) => string.Create(CultureInfo.InvariantCulture, $"rgba({R},{G},{B},{alpha:0.##})");

    private static byte Between(byte a, byte b, double t) => (byte)Math.Clamp(Math.Round(a + ((b - a) * t)), 0, 255);
}
