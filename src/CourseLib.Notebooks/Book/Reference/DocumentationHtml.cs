using System.Text.RegularExpressions;
using System.Xml.Linq;
using CourseLib.Notebooks.Book.Pages;
using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>The text of documentation comments as HTML, its references as links.</summary>
/// <param name="library">Where references lead.</param>
internal sealed partial class DocumentationHtml(LibraryReference library)
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["T:System.Single"] = "float", ["T:System.Double"] = "double", ["T:System.Int32"] = "int", ["T:System.Int64"] = "long", ["T:System.Byte"] = "byte",
        ["T:System.Boolean"] = "bool", ["T:System.String"] = "string", ["T:System.Object"] = "object",
    };

    private readonly List<string> unresolved = [];

    /// <summary>References into the library that name nothing there.</summary>
    public IReadOnlyList<string> Unresolved => unresolved;

    /// <summary>The content of a summary, a remark and the like; empty for one that is not there.</summary>
    public Markup Render(XElement? element)
    {
        MarkupWriter html = new();
        foreach (XNode node in element?.Nodes() ?? [])
        {
            Add(html, node);
        }

        return new(html.ToString().Trim());
    }

    /// <summary>The text without any markup, for a line in a list: its first sentence.</summary>
    public static string FirstSentence(XElement? element)
    {
        string text = Spaces().Replace(string.Concat((element?.DescendantNodes() ?? []).Select(node => node switch
        {
            XText words => words.Value,
            XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } reference when !reference.Nodes().Any() => Words(reference),
            _ => "",
        })), " ").Trim();
        Match end = SentenceEnd().Match(text);
        return end.Success ? text[..(end.Index + 1)] : text;
    }

    /// <summary>A reference by documentation id: a link to the entry, or the name alone for what is no part of the library.</summary>
    public Markup Reference(string id, Markup text)
    {
        if (library.Find(id) is { } target)
        {
            return new MarkupWriter().Add($"<a href=\"{PageNames.Entry(target)}\"><code>{(text.IsEmpty ? Markup.Text(Signature.Name(target)) : text)}</code></a>").ToHtml();
        }

        if (library.Rooms.FirstOrDefault(room => room.Holds(id)) is { } room)
        {
            return new MarkupWriter().Add($"<a href=\"{room.File}\"><code>{(text.IsEmpty ? Markup.Text(id["N:CourseLib.".Length..]) : text)}</code></a>").ToHtml();
        }

        // What is internal to the library has a name and no entry; a reader of the source finds it by that.
        if (id.AsSpan(2).StartsWith("CourseLib.", StringComparison.Ordinal) && !library.Knows(id))
        {
            unresolved.Add(id);
        }

        return new MarkupWriter().Add($"<code>{(text.IsEmpty ? Markup.Text(ShortName(id)) : text)}</code>").ToHtml();
    }

    /// <summary>The last names of a documentation id: <c>M:System.MathF.Pow(System.Single,System.Single)</c> is <c>MathF.Pow</c>.</summary>
    internal static string ShortName(string id)
    {
        if (Keywords.TryGetValue(id, out string? keyword))
        {
            return keyword;
        }

        string path = Arity().Replace(id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0], "");
        string[] names = path.Split('.');
        return string.Join('.', names.TakeLast(id.StartsWith("T:", StringComparison.Ordinal) ? 1 : 2));
    }

    private static string Words(XElement reference) => (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword")
        ?? (reference.Attribute("cref") is { } cref ? ShortName(cref.Value) : "");

    private void Add(MarkupWriter html, XNode node)
    {
        if (node is XText text)
        {
            foreach (string word in Cyrillic().Split(Spaces().Replace(text.Value, " ")))
            {
                html.Add(LedgerText.InItsLanguage(word));
            }
        }
        else if (node is XElement element)
        {
            Add(html, element);
        }
    }

    private void Add(MarkupWriter html, XElement element)
    {
        Markup inner = Render(element);
        switch (element.Name.LocalName)
        {
            case "see" or "seealso" when (string?)element.Attribute("cref") is { } id:
                html.Add(Reference(id, inner));
                break;
            case "see" or "seealso" when (string?)element.Attribute("href") is { } address:
                html.Add($"<a href=\"{address}\">{(inner.IsEmpty ? Markup.Text(address) : inner)}</a>");
                break;
            case "see" or "paramref" or "typeparamref":
                html.Add($"<code>{Words(element)}</code>");
                break;
            case "c":
                html.Add($"<code>{inner}</code>");
                break;
            case "code":
                html.Add($"<pre class=\"code\"><code>{Code.CSharpHighlighter.Highlight(Unindent(element.Value))}</code></pre>");
                break;
            case "para":
                html.Add($"<br>{inner}");
                break;
            case "i" or "em":
                html.Add($"<em>{inner}</em>");
                break;
            case "b" or "strong":
                html.Add($"<strong>{inner}</strong>");
                break;
            case "list":
                html.Add($"<ul>{inner}</ul>");
                break;
            case "item":
                html.Add($"<li>{inner}</li>");
                break;
            default:
                html.Add(inner);
                break;
        }
    }

    private static string Unindent(string code)
    {
        string[] lines = code.Trim('\r', '\n').TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : ""));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("[.](?= [^a-zа-я])")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex("``?[0-9]+")]
    private static partial Regex Arity();

    // Splits so that each piece is of one alphabet; the pieces together are the text.
    [GeneratedRegex(@"(\p{IsCyrillic}[\p{IsCyrillic} -]*)")]
    private static partial Regex Cyrillic();
}
