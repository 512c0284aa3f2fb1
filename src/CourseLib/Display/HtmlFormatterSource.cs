namespace CourseLib.Display;

/// <summary>The formatters of a type that shows itself as HTML through its <c>ToHtml()</c>.</summary>
public sealed class HtmlFormatterSource
{
    /// <summary>One formatter, for <c>text/html</c>. .NET Interactive calls this method by its name.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [MimeFormatter.Html];
}
