namespace CourseLib.Interchange;

/// <summary>Texts out of a file as a message may show them: whoever made the file does not decide how long the message is, or what it does to a terminal.</summary>
internal static class Excerpt
{
    private const int Most = 60;

    /// <summary>The beginning of a text, with question marks for its control characters.</summary>
    internal static string Of(string text)
    {
        string start = text.Length <= Most ? text : text[..Most] + "…";
        return string.Create(start.Length, start, (span, source) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '?' : source[i];
            }
        });
    }
}
