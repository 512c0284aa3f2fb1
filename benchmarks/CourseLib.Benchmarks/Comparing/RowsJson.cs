using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CourseLib.Benchmarks.Comparing;

/// <summary>The rows as JSON. The first six members are always there, null where there is no number; the others where they say something.</summary>
internal static class RowsJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of artifacts/compare.json.</summary>
    public static string Write(IEnumerable<Row> rows) => JsonSerializer.Serialize(rows.Select(row => new Entry(
        row.Work, row.Threads, Rounded(row.OursUs), row.Peer, Rounded(row.PeerUs), Rounded(row.Ratio), Rounded(row.Low), Rounded(row.High), row.Goal,
        Rounded(row.BestRatio), Rounded(row.MachineGain), Rounded(row.BestMachineGain), Rounded(row.Used), row.Level, row.Missing)), Options);

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
        [property: JsonPropertyName("ratio_low"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Low,
        [property: JsonPropertyName("ratio_high"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? High,
        [property: JsonPropertyName("goal"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Goal,
        [property: JsonPropertyName("best_ratio"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BestRatio,
        [property: JsonPropertyName("machine_gain"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MachineGain,
        [property: JsonPropertyName("machine_best_gain"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BestMachineGain,
        [property: JsonPropertyName("used"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Used,
        [property: JsonPropertyName("level"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Level,
        [property: JsonPropertyName("missing"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Missing);
}
