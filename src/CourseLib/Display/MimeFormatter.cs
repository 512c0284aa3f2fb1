using System.Reflection;

namespace CourseLib.Display;

/// <summary>
/// Writes an object as one MIME type by calling one of its public, parameterless instance methods that return a string. .NET Interactive
/// finds <see cref="MimeType"/> and <see cref="Format"/> by their names.
/// </summary>
/// <param name="mimeType">What is written, such as <c>text/html</c>.</param>
/// <param name="method">The name of the method that is called, such as <c>ToHtml</c>.</param>
public sealed class MimeFormatter(string mimeType, string method)
{
    /// <summary>Calls <c>ToHtml()</c>.</summary>
    public static MimeFormatter Html { get; } = new("text/html", "ToHtml");

    /// <summary>What is written.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>Writes the object; false, with nothing written, when it has no such method.</summary>
    public bool Format(object? instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        MethodInfo? show = instance?.GetType().GetMethod(method, BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
        if (show?.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null) is not string text)
        {
            return false;
        }

        writer.Write(text);
        return true;
    }
}
