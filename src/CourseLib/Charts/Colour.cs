using System.Globalization;

namespace CourseLib.Charts;

/// <summary>An sRGB colour.</summary>
internal readonly record struct Colour(byte R, byte G, byte B)
{
    /// <summary><c>#rrggbb</c>.</summary>
    public string Hex => $"#{R:x2}{G:x2}{B:x2}";

    /// <summary>Black or white, whichever reads better on it: at least 4.5 to 1 on every colour.</summary>
    public string Ink => (Luminance + 0.05) * (Luminance + 0.05) > 1.05 * 0.05 ? "#000000" : "#ffffff";

    /// <summary>The relative luminance of WCAG 2.</summary>
    public double Luminance => (0.2126 * Linear(R)) + (0.7152 * Linear(G)) + (0.0722 * Linear(B));

    public static Colour Parse(string hex) =>
        hex is ['#', ..] && hex.Length == 7 && int.TryParse(hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int rgb)
            ? new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb)
            : throw new ArgumentException($"Colour: expected \"#rrggbb\", got \"{hex}\"", nameof(hex));

    public static Colour Mix(Colour a, Colour b, double t) => new(Between(a.R, b.R, t), Between(a.G, b.G, t), Between(a.B, b.B, t));

    /// <summary><c>rgba(r,g,b,a)</c>, as plotly.js reads it.</summary>
    public string Rgba(double alpha) => string.Create(CultureInfo.InvariantCulture, $"rgba({R},{G},{B},{alpha:0.##})");

    private static double Linear(byte part) => part <= 10 ? part / 255.0 / 12.92 : Math.Pow(((part / 255.0) + 0.055) / 1.055, 2.4);

    private static byte Between(byte a, byte b, double t) => (byte)Math.Clamp(Math.Round(a + ((b - a) * t)), 0, 255);
}
