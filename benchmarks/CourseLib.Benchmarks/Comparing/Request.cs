using System.Globalization;

namespace CourseLib.Benchmarks.Comparing;

/// <summary>A question to a contender, which it reads as one line: <c>run gemm/64x64x64/nn plain 0.1 0</c>, <c>check gemm/64x64x64/nn plain 0 0</c>.</summary>
/// <param name="Kind"><see cref="Run"/>, <see cref="Check"/> or <see cref="Beside"/>.</param>
/// <param name="Work">The work's name.</param>
/// <param name="Variant">The contender's setting; <see cref="Plain"/> for one that has none.</param>
/// <param name="Seconds">How long to take samples.</param>
/// <param name="Calls">0, or: the work changes its own state as it goes on, so prepare it anew and call it this often at the most.</param>
internal sealed record Request(string Kind, string Work, string Variant, double Seconds = 0, int Calls = 0)
{
    /// <summary>The kind that asks for times.</summary>
    public const string Run = "run";

    /// <summary>The kind that asks for the digest of the work's result.</summary>
    public const string Check = "check";

    /// <summary>The kind that asks this library for times beside the machine's: see <see cref="Slice"/>.</summary>
    public const string Beside = "beside";

    /// <summary>The variant of a contender without settings.</summary>
    public const string Plain = "plain";

    /// <summary>The line that says this.</summary>
    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Work} {Variant} {Seconds:R} {Calls}");

    /// <summary>Reads such a line.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Request Parse(string line)
    {
        string[] parts = line.Split(' ');
        return parts is [Run or Check or Beside, _, _, _, _]
            && double.TryParse(parts[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && int.TryParse(parts[4], NumberStyles.None, CultureInfo.InvariantCulture, out int calls)
            ? new(parts[0], parts[1], parts[2], seconds, calls)
            : throw new FormatException($"not a request: {line}");
    }
}
