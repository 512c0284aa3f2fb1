namespace CourseLib.Course;

/// <summary>One measurement under a claim: what was measured, what was expected, and the control that has to fail.</summary>
/// <param name="Statement">What is compared, in words.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Measured">What was measured.</param>
/// <param name="Margin">How far the two may be apart; "exact" words or empty where the predicate says it.</param>
/// <param name="Control">The value that the same predicate was given as control.</param>
/// <param name="ControlIs">What the control is: the slide's wrong form, a broken input, a wrong constant.</param>
/// <param name="IsMet">Whether the predicate is true of the measured value.</param>
/// <param name="ControlFailed">Whether the predicate is false of the control, as it has to be.</param>
public sealed record Check(string Statement, string Expected, string Measured, string Margin, string Control, string ControlIs, bool IsMet, bool ControlFailed)
{
    /// <summary>The measurement agrees, and the control shows that it could have failed to.</summary>
    public bool IsHolding => IsMet && ControlFailed;

    /// <summary>The control in one line, with what became of it.</summary>
    public string ControlText => $"{ControlIs}: {Control} ({(ControlFailed ? "fails, as it must" : "control did not fail")})";
}
