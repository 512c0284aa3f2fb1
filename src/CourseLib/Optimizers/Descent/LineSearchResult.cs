using CourseLib.Display;

namespace CourseLib.Optimizers.Descent;

/// <summary>What a line search did, step by step.</summary>
/// <param name="Start">phi at 0.</param>
/// <param name="Accepted">The step to take; null when none of the tried ones lowers the function.</param>
/// <param name="Succeeded">Whether the accepted step is what the search looks for; false with a step: it only lowers the function.</param>
/// <param name="Tried">Every point at which phi was asked for, in order.</param>
/// <param name="Reason">Why a search did not succeed; empty when it did.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record LineSearchResult(LinePoint Start, LinePoint? Accepted, bool Succeeded, IReadOnlyList<LinePoint> Tried, string Reason = "")
{
    /// <inheritdoc/>
    public override string ToString() => Accepted is { } accepted
        ? $"step {Readable.Number(accepted.Step)} after {Tried.Count} evaluations{(Succeeded ? "" : $", though {Reason}")}"
        : $"no step after {Tried.Count} evaluations: {Reason}";

    /// <summary>Every step that was tried, for a notebook.</summary>
    public string ToHtml() => HtmlTable.Of(
        [("alpha", true), ("phi", true), ("phi'", true), ("", false)],
        Tried.Prepend(Start).Select(point => (string[])[Readable.Number(point.Step), Readable.Number(point.Value, 6), Readable.Number(point.Slope), point == Accepted ? "accepted" : ""]),
        caption: ToString());
}
