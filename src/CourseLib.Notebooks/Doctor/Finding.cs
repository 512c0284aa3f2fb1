namespace CourseLib.Notebooks.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Something is missing that the course can do without.</summary>
    Note,

    /// <summary>The course will not run like this.</summary>
    Bad,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Subject">What was looked at.</param>
/// <param name="Seen">What is there.</param>
/// <param name="Remedy">How to mend it; empty when nothing is to be done.</param>
internal sealed record Finding(Severity Severity, string Subject, string Seen, string Remedy = "")
{
    /// <summary>A line, and a second one with the remedy.</summary>
    public override string ToString()
    {
        string sign = Severity switch { Severity.Good => "ok  ", Severity.Note => "note", _ => "BAD " };
        return $"{sign}  {Subject}: {Seen}{(Remedy.Length > 0 ? $"{Environment.NewLine}      {Remedy}" : "")}";
    }
}
