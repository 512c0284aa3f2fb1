using System.Text.Json.Nodes;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Book.Prose;

/// <summary>
/// The links of one notebook: another notebook's file becomes its page, a picture becomes part of the page, and what the book does not have becomes
/// plain text. Only http, https and mailto lead out of it.
/// </summary>
/// <param name="folder">The notebook's folder.</param>
/// <param name="pages">The notebooks that have a page.</param>
/// <param name="anchors">The ids of this page's headings.</param>
internal sealed class NotebookLinks(string folder, IReadOnlySet<string> pages, IReadOnlySet<string> anchors) : ILinks
{
    private static readonly Dictionary<string, string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".svg"] = "image/svg+xml", [".webp"] = "image/webp",
    };

    /// <summary>The cell whose text is being rendered: its attachments are among the pictures.</summary>
    public NotebookCell? Cell { get; set; }

    public string? Page(string target)
    {
        if (Scheme(target) is { } scheme)
        {
            return scheme is "http" or "https" or "mailto" ? target : null;
        }

        (string? path, string? fragment) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, null);
        if (path.Length == 0)
        {
            string anchor = Headings.Slug(Uri.UnescapeDataString(fragment ?? ""));
            return anchors.Contains(anchor) ? "#" + anchor : null;
        }

        string name = NotebookName.Of(Path.Combine(folder, Uri.UnescapeDataString(path)));
        return path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase) && pages.Contains(name) ? PageNames.Link(name) : null;
    }

    public string? Picture(string target)
    {
        if (target.StartsWith("attachment:", StringComparison.Ordinal))
        {
            JsonObject? bundle = Cell?.Node["attachments"]?[Uri.UnescapeDataString(target["attachment:".Length..])] as JsonObject;
            KeyValuePair<string, JsonNode?>? entry = bundle?.FirstOrDefault(pair => Pictures.ContainsValue(pair.Key));
            return entry is { Key: not null } found ? $"data:{found.Key};base64,{NotebookText.Join(found.Value).ReplaceLineEndings("")}" : null;
        }

        if (Scheme(target) is not null || !Pictures.TryGetValue(Path.GetExtension(target), out string? mime))
        {
            return null;
        }

        string file = Path.Combine(folder, Uri.UnescapeDataString(target));
        return File.Exists(file) ? $"data:{mime};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}" : null;
    }

    /// <summary>The scheme of an absolute address in lower case; browsers ignore white space and control characters in it, so these are ignored here.</summary>
    private static string? Scheme(string target)
    {
        string clean = string.Concat(target.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c)));
        int end = clean.IndexOfAny([':', '/', '?', '#']);
        return end >= 0 && clean[end] == ':' ? clean[..end].ToLowerInvariant() : clean.StartsWith("//", StringComparison.Ordinal) ? "//" : null;
    }
}
