namespace CourseLib.Display;

/// <summary>
/// Says how a type shows itself in a notebook. .NET Interactive finds the attribute by its simple name, with no reference to its packages; Verso
/// ignores it and calls the type's own <c>ToHtml()</c>. So a type that shows itself carries
/// <c>[TypeFormatterSource(typeof(HtmlFormatterSource))]</c> and has a public, parameterless <c>string ToHtml()</c>.
/// </summary>
/// <param name="formatterSourceType">A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types in the order in which a host shall prefer them.</summary>
    public string[] PreferredMimeTypes { get; set; } = ["text/html"];
}
