using System.Text.Json;
using System.Text.Json.Serialization;

namespace CourseLib.Benchmarks.Comparing;

/// <summary>The rows as JSON: what has no value is left out, except that a row always names work, threads and peer.</summary>
internal static class RowsJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The text of artifacts/compare.json.</summary>
    public static string Write(IEnumerable<Row> rows) => JsonSerializer.Serialize(rows.Select(row => new Entry(
        row.Work, row.Threads, Rounded(row.OursUs), row.Peer, Rounded(row.PeerUs), Rounded(row.Ratio), Rounded(row.Low), Rounded(row.High), row.Goal, row.Missing)), Options);

    // Four significant digits are more than a clock on a shared machine is worth.
    private static double? Rounded(double? value) => value is { } number && double.IsFinite(number) && number != 0
        ? Math.Round(number, Math.Clamp(3 - (int)Math.Floor(Math.Log10(Math.Abs(number))), 0, 12))
        : null;

    private sealed record Entry(
        [property: JsonPropertyName("work")] string Work,
        [property: JsonPropertyName("threads")] int Threads,
        [property: JsonPropertyName("ours_us")] double? OursUs,
        [property: JsonPropertyName("peer")] string Peer,
        [property: JsonPropertyName("peer_us")] double? PeerUs,
        [property: JsonPropertyName("ratio")] double? Ratio,
        [property: JsonPropertyName("ratio_low")] double? Low,
        [property: JsonPropertyName("ratio_high")] double? High,
        [property: JsonPropertyName("goal")] double? Goal,
        [property: JsonPropertyName("missing")] string? Missing);
}
