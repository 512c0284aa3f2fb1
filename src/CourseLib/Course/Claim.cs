using CourseLib.Display;

namespace CourseLib.Course;

/// <summary>
/// What a cell says about a statement of the lectures: it measured this, expected that, and the same predicate is false for a <i>control</i> - the slide's wrong
/// form, a broken input, a wrong constant. A claim whose control passes does not hold: its predicate could not have failed. NaN satisfies nothing.
/// </summary>
/// <example><code>
/// Claim.Close("init.exploding", "output of 10 layers of 1.5 I", expected: Math.Pow(1.5, 10), measured: y, margin: Margin.Relative(1e-5),
///     control: Math.Pow(1.4, 10), "layers of 1.4 I");
/// </code></example>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class Claim
{
    internal Claim(string id, IReadOnlyList<Check> checks)
    {
        Id = id;
        Checks = checks;
    }

    /// <summary>The claim's name in <c>notebooks/claims.json</c>, such as <c>init.zeros</c>.</summary>
    public string Id { get; }

    /// <summary>The checks, at least one.</summary>
    public IReadOnlyList<Check> Checks { get; }

    /// <summary>True when every check is met and every control fails.</summary>
    public bool IsHolding => Checks.All(check => check.IsHolding);

    /// <summary>What was expected; several checks are joined by semicolons, here and below.</summary>
    public string Expected => Join(check => check.Expected);

    /// <summary>What was measured.</summary>
    public string Measured => Join(check => check.Measured);

    /// <summary>How far the two may be apart; empty for predicates.</summary>
    public string Margin => Join(check => check.Margin);

    /// <summary>The controls and what became of them.</summary>
    public string Control => Join(check => check.ControlText);

    /// <summary>Verifies that a measured number is close to the expected one, and that the control is not.</summary>
    /// <param name="id">The claim's name in the ledger.</param>
    /// <param name="what">What is compared, in words.</param>
    /// <param name="expected">The number that the claim foretells.</param>
    /// <param name="measured">The number that the cell measured.</param>
    /// <param name="margin">How far they may be apart: a number, or <see cref="Course.Margin.Relative"/>.</param>
    /// <param name="control">A number that must not be that close, such as what the slide's wrong form gives.</param>
    /// <param name="controlIs">What the control is, in words.</param>
    public static Claim Close(string id, string what, double expected, double measured, Margin margin, double control, string controlIs) =>
        For(id).Close(what, expected, measured, margin, control, controlIs).Verdict();

    /// <summary>Verifies that a predicate is true of what was measured, and false of the control.</summary>
    /// <param name="id">The claim's name in the ledger.</param>
    /// <param name="statement">What is stated, in words.</param>
    /// <param name="measured">What the cell measured: a number, a tuple, an array…</param>
    /// <param name="predicate">The statement as code.</param>
    /// <param name="control">A value of the same kind for which the predicate must be false.</param>
    /// <param name="controlIs">What the control is, in words.</param>
    /// <param name="expected">What was expected, in words; the statement when not given.</param>
    public static Claim Holds<T>(string id, string statement, T measured, Func<T, bool> predicate, T control, string controlIs, string? expected = null) =>
        For(id).Holds(statement, measured, predicate, control, controlIs, expected).Verdict();

    /// <summary>Begins a claim that needs several checks: <c>Claim.For("init.zeros").Close(…).Holds(…).Verdict()</c>.</summary>
    public static ClaimBuilder For(string id) => new(id);

    /// <summary>
    /// The verdict for a reader, and for any harness the attributes <c>data-claim</c>, <c>data-holds</c>, <c>data-expected</c>, <c>data-measured</c>,
    /// <c>data-margin</c> and <c>data-control</c> of a <c>div.courselib-claim</c>.
    /// </summary>
    public string ToHtml() => ClaimHtml.Write(this);

    /// <summary>One line: id, verdict, measured, expected.</summary>
    public override string ToString() =>
        $"{Id}: {(IsHolding ? "holds" : "DOES NOT HOLD")}; measured {Measured}, expected {Expected}{(Margin.Length > 0 ? $" {Margin}" : "")}; control {Control}";

    private string Join(Func<Check, string> part) => string.Join("; ", Checks.Select(part).Where(text => text.Length > 0));
}
