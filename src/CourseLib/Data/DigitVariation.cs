namespace CourseLib.Data;

/// <summary>
/// How differently the digits of a <see cref="DigitGenerator"/> are written. The defaults are those of the shipped files: changing one
/// makes another set. Lengths are in pixels of the 28 x 28 image unless said otherwise; "spread" is a standard deviation, "limit" a bound.
/// </summary>
public sealed record DigitVariation
{
    /// <summary>The largest rotation either way, as the tangent of half the angle (0.14 is 16 degrees).</summary>
    public double Turn { get; init; } = 0.14;

    /// <summary>Slant: how far the top leans to the right, as a fraction of the height; from -<see cref="Slant"/>/2 to <see cref="Slant"/>, since most hands lean right.</summary>
    public double Slant { get; init; } = 0.45;

    /// <summary>The narrowest width of a digit as a fraction of its designed width; the widest is 1.15.</summary>
    public double Narrowest { get; init; } = 0.65;

    /// <summary>The smallest height in pixels; the largest is 20.5.</summary>
    public double Smallest { get; init; } = 15.5;

    /// <summary>Unsteadiness of the hand: the spread of a stroke's control points, in hundredths of the digit's height.</summary>
    public double Wobble { get; init; } = 2.6;

    /// <summary>The limit of the elastic displacement, a smooth field over a 4 x 4 grid.</summary>
    public double Elastic { get; init; } = 2.0;

    /// <summary>The limit of the shift away from the centre, each way in x and in y.</summary>
    public double Shift { get; init; } = 2.0;

    /// <summary>Half the width of the thinnest pen.</summary>
    public double ThinPen { get; init; } = 0.55;

    /// <summary>Half the width of the thickest pen.</summary>
    public double ThickPen { get; init; } = 1.65;

    /// <summary>The faintest ink, as a fraction of full contrast.</summary>
    public double FaintestInk { get; init; } = 0.65;

    /// <summary>The spread of the grain in the ink, as a fraction of full contrast. Paper stays clean: pixels without ink are 0.</summary>
    public double Grain { get; init; } = 0.06;
}
