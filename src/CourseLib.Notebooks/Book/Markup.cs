namespace CourseLib.Notebooks.Book;

/// <summary>Text that is HTML already. Whatever is a plain string is text and gets escaped where it is put into a page.</summary>
internal readonly record struct Markup(string Value)
{
    public static Markup Empty { get; } = new("");

    public bool IsEmpty => string.IsNullOrEmpty(Value);

    /// <summary>Plain text, safe between tags and inside a quoted attribute.</summary>
    public static Markup Text(string? text) => new(Escape(text));

    /// <summary>Plain text as the text of HTML.</summary>
    public static string Escape(string? text) => Display.Html.Escape(text);

    public override string ToString() => Value ?? "";
}
