using System.Globalization;

namespace CourseLib.Data;

/// <summary>A point of the plane, in double precision.</summary>
internal readonly record struct PlanePoint(double X, double Y);

/// <summary>
/// How each digit is written by hand: a few variants per class, each one or more strokes. A stroke is the control polygon of a
/// quadratic B-spline, in a box of 100 x 100 with y growing downwards; a point written twice is a corner.
/// </summary>
internal static class DigitGlyphs
{
    // Strokes are separated by '|', points by blanks. Within a class the first variants are the commoner ones only by position; all are drawn equally often.
    private static readonly string[][] Sources =
    [
        [
            "54,0 28,3 16,28 13,56 20,86 40,102 64,100 82,82 88,52 82,22 66,2 50,0 44,4",
            "62,1 42,4 28,24 22,52 24,84 40,102 58,98 74,76 80,46 76,14 62,-2 48,4",
            "70,8 50,-4 26,8 14,34 14,68 30,98 52,104 76,92 88,62 84,28 70,6 54,-2 40,8",
            "48,1 70,4 84,24 88,54 80,84 62,101 38,100 20,80 13,48 22,18 38,0 58,2",
        ],
        [
            "50,0 50,100",
            "62,0 44,100",
            "38,20 54,0 54,0 53,100",
            "36,20 52,0 52,0 52,100 52,100 | 28,100 78,99",
            "44,0 54,50 52,100",
        ],
        [
            "22,24 26,-6 80,-6 82,34 56,66 18,99 18,99 82,98",
            "24,20 32,-8 82,-2 76,40 50,76 14,106 12,84 36,82 60,104 86,92",
            "20,28 40,-10 88,2 72,50 22,100 22,100 82,94",
            "26,12 60,-10 84,18 66,52 20,96 34,92 60,104 84,98",
        ],
        [
            "22,12 45,-10 86,4 76,44 42,48 42,48 86,50 90,98 46,108 18,88",
            "22,2 78,2 78,2 44,42 44,42 90,44 88,102 42,108 18,90",
            "25,10 50,-10 84,10 72,44 46,50 38,46 46,42 86,52 84,106 38,106 18,88",
            "28,6 62,-8 80,22 60,46 40,48 40,48 74,48 84,80 58,106 22,98",
        ],
        [
            "28,2 22,60 22,60 82,58 | 66,8 63,100",
            "62,0 16,66 16,66 86,66 | 62,0 62,100",
            "30,4 18,44 28,60 52,58 76,48 | 76,2 69,100",
            "56,0 18,62 18,62 84,60 | 68,32 60,100",
        ],
        [
            "76,2 32,2 32,2 27,44 27,44 60,30 92,54 82,102 45,108 18,90",
            "30,4 27,46 27,46 55,30 90,46 86,100 48,108 18,92 | 30,4 82,1",
            "78,4 45,-2 30,12 27,44 50,40 90,52 84,106 35,106 18,92",
            "70,0 36,4 36,4 30,48 30,48 78,44 84,82 60,104 22,100",
        ],
        [
            "68,0 30,18 14,70 24,106 60,106 86,88 76,50 45,44 22,68",
            "58,0 28,38 20,86 42,108 74,100 82,64 55,48 27,70",
            "76,8 50,-4 20,30 16,82 40,108 80,102 84,60 50,52 23,80",
            "46,0 26,50 24,94 52,106 78,92 74,58 46,54 27,80",
        ],
        [
            "14,4 86,3 86,3 42,100",
            "16,6 84,3 84,3 46,100 | 30,52 78,50",
            "16,20 18,4 18,4 86,4 86,4 52,45 44,100",
            "14,10 38,-2 60,10 86,2 86,2 50,52 40,100",
        ],
        [
            "72,14 50,-8 18,4 26,40 55,52 88,70 80,106 45,107 14,98 18,66 50,50 80,32 78,6 58,0",
            "50,0 22,-1 20,47 50,48 80,47 78,-1 50,0 | 50,48 14,48 12,104 50,102 88,104 86,48 50,48",
            "70,14 48,-10 24,12 36,42 60,56 80,84 52,110 26,92 36,62 62,40 74,16 64,4",
            "76,8 44,-4 22,18 46,46 80,66 74,104 34,106 16,80 46,52 80,28 78,6",
        ],
        [
            "77,20 58,-4 32,0 18,22 24,48 48,54 70,40 77,14 77,14 74,100",
            "76,20 52,-8 18,10 22,54 56,54 78,26 78,26 82,80 60,108 28,94",
            "72,8 40,-6 18,28 33,58 62,52 76,22 77,6 70,60 50,102",
            "54,0 30,4 20,24 30,46 52,50 74,38 78,16 66,0 50,2 | 77,18 78,60 66,100",
        ],
    ];

    private static readonly PlanePoint[][][][] Parsed = Parse();

    /// <summary>The variants of a digit: variant, stroke, control point.</summary>
    public static PlanePoint[][][] Of(int digit) => Parsed[digit];

    private static PlanePoint[][][][] Parse() =>
        [.. Sources.Select(variants => variants.Select(ParseVariant).ToArray())];

    private static PlanePoint[][] ParseVariant(string text) =>
        [.. text.Split('|').Select(stroke => stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ParsePoint).ToArray())];

    private static PlanePoint ParsePoint(string text)
    {
        int comma = text.IndexOf(',', StringComparison.Ordinal);
        return new PlanePoint(
            int.Parse(text.AsSpan(0, comma), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            int.Parse(text.AsSpan(comma + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }
}
