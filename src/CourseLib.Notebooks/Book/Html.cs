namespace CourseLib.Notebooks.Book;

/// <summary>Text that is HTML already. Whatever is a plain string is text and gets escaped where it is put into a page.</summary>
internal readonly record struct Html(string Value)
{
    public static Html Empty { get; } = new("");

    public bool IsEmpty => string.IsNullOrEmpty(Value);

    /// <summary>Plain text, safe between tags and inside a quoted attribute. Control characters, which HTML has no place for, are left out.</summary>
    public static Html Text(string? text) => new(Escape(text));

    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var escaped = new System.Text.StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            switch (c)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case '\r': break;
                default:
                    if (!char.IsControl(c) || c is '\n' or '\t')
                    {
                        escaped.Append(c);
                    }

                    break;
            }
        }

        return escaped.ToString();
    }

    public override string ToString() => Value ?? "";
}
