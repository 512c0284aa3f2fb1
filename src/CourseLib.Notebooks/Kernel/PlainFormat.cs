using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace CourseLib.Notebooks.Kernel;

/// <summary>Readable text for values that do not show themselves: numbers of the invariant culture, collections, tuples.</summary>
internal static class PlainFormat
{
    private const int Most = 100;
    private const int Deepest = 4;

    public static string Of(object? value) => Of(value, 0);

    private static string Of(object? value, int depth) => value switch
    {
        null => "null",
        string text => depth == 0 ? text : $"\"{text}\"",
        char c => depth == 0 ? c.ToString() : $"'{c}'",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        ITuple tuple => "(" + string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Of(tuple[i], depth + 1))) + ")",
        DictionaryEntry entry => $"{Of(entry.Key, depth)}: {Of(entry.Value, depth)}",
        IEnumerable items when depth < Deepest && !SaysItself(value) => Items(value is Array { Rank: 2 } matrix ? Rows(matrix) : items, depth),
        _ when Pair(value) is { } pair => $"{Of(pair.Key, depth + 1)}: {Of(pair.Value, depth + 1)}",
        _ => value.ToString() ?? "",
    };

    private static string Items(IEnumerable items, int depth)
    {
        List<string> texts = new();
        foreach (object? item in items)
        {
            if (texts.Count == Most)
            {
                // The length of a sequence that is no collection is not asked for: it may have no end.
                texts.Add(items is ICollection all ? $"… {all.Count - Most} more" : "…");
                break;
            }

            texts.Add(Of(item, depth + 1));
        }

        bool nested = texts.Count > 1 && texts[0].StartsWith('[');
        (char open, char close) = items is IDictionary ? ('{', '}') : ('[', ']');
        return open + string.Join(nested ? ",\n" + new string(' ', depth + 1) : ", ", texts) + close;
    }

    private static IEnumerable<object?[]> Rows(Array matrix) =>
        Enumerable.Range(0, matrix.GetLength(0)).Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix.GetValue(i, j)).ToArray());

    private static bool SaysItself(object value) =>
        value.GetType().GetMethod(nameof(ToString), Type.EmptyTypes)?.DeclaringType is { } declared && declared != typeof(object) && declared != typeof(ValueType);

    private static (object? Key, object? Value)? Pair(object value)
    {
        Type type = value.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
            ? (type.GetProperty("Key")!.GetValue(value), type.GetProperty("Value")!.GetValue(value))
            : null;
    }
}
