namespace CourseLib.Notebooks.Format;

/// <summary>How a file is laid out.</summary>
/// <param name="Indent">Spaces for one level.</param>
/// <param name="NewLine">The line end.</param>
/// <param name="FinalNewLine">Whether the last line is ended.</param>
internal readonly record struct NotebookStyle(int Indent, string NewLine, bool FinalNewLine)
{
    // A file of one deep indent and many lines would otherwise be written back at their product.
    private const int MostIndent = 8;

    /// <summary>What Jupyter writes: one space, <c>\n</c>, a last line end.</summary>
    public static NotebookStyle Canonical => new(1, "\n", true);

    /// <summary>Reads the layout off a file, so that rewriting it does not touch every line. One without line ends gets the canonical layout.</summary>
    public static NotebookStyle Of(ReadOnlySpan<byte> json)
    {
        json = json.TrimEnd(" \t"u8);
        int end = json.IndexOf((byte)'\n');
        if (end < 0 || json[(end + 1)..].IsEmpty)
        {
            return Canonical;
        }

        ReadOnlySpan<byte> rest = json[(end + 1)..];
        int indent = rest.Length - rest.TrimStart((byte)' ').Length;
        return new(indent is 0 or > MostIndent ? 1 : indent, end > 0 && json[end - 1] == '\r' ? "\r\n" : "\n", json[^1] == '\n');
    }
}
