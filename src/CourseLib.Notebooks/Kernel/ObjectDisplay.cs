using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Kernel;

/// <summary>
/// How an object shows itself, by the two conventions of the notebook hosts, found by name so that nothing has to be referenced:
/// a public <c>string ToHtml()</c>, and an attribute <c>TypeFormatterSource</c> whose source makes formatters for further mime types.
/// </summary>
internal static class ObjectDisplay
{
    public const string Html = "text/html";
    public const string PlainText = "text/plain";

    /// <summary>The mime types that <paramref name="value"/> offers, <c>text/plain</c> always among them.</summary>
    /// <exception cref="Exception">Whatever the object's own code throws.</exception>
    public static JsonObject Bundle(object? value)
    {
        JsonObject bundle = new();
        if (value is not null)
        {
            MethodInfo? toHtml = value.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes);
            if (toHtml?.ReturnType == typeof(string) && toHtml.Invoke(value, BindingFlags.DoNotWrapExceptions, null, null, null) is string html)
            {
                bundle[Html] = html;
            }

            AddFormatted(bundle, value);
        }

        bundle[PlainText] = bundle.ContainsKey(Html) ? value!.ToString() ?? "" : value as string ?? PlainFormat.Of(value);
        return bundle;
    }

    private static void AddFormatted(JsonObject bundle, object value)
    {
        object? attribute = value.GetType().GetCustomAttributes(inherit: true).FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        if (Get(attribute, "FormatterSourceType") is not Type sourceType || Activator.CreateInstance(sourceType) is not { } source)
        {
            return;
        }

        IEnumerable formatters = sourceType.GetMethod("CreateTypeFormatters", Type.EmptyTypes)?.Invoke(source, null) as System.Collections.IEnumerable ?? Array.Empty<object>();
        foreach (object? formatter in formatters)
        {
            MethodInfo? format = formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]);
            if (Get(formatter, "MimeType") is not string mime || format is null || bundle.ContainsKey(mime))
            {
                continue;
            }

            using StringWriter text = new();
            if (format.Invoke(formatter, BindingFlags.DoNotWrapExceptions, null, [value, text], null) is true)
            {
                // nbformat keeps JSON types as JSON, everything else as text.
                bundle[mime] = mime.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text.ToString()) : text.ToString();
            }
        }
    }

    private static object? Get(object? owner, string property) => owner?.GetType().GetProperty(property)?.GetValue(owner);
}
