namespace CourseLib.Course.Grading;

/// <summary>Source code as a reader wants it.</summary>
internal static class SourceText
{
    /// <summary>The lines after the first moved left by what they are all indented.</summary>
    public static string Unindented(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Split('\n');
        int indent = lines.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select((line, i) => i == 0 ? line : line.Length >= indent ? line[indent..] : ""));
    }
}
