namespace CourseLib.Notebooks.Format;

/// <summary>What reports, pages and executed files call a notebook.</summary>
internal static class NotebookName
{
    private static readonly string[] Companions = ["exercises", "solutions"];

    /// <summary>The file's name without its extension; exercises and solutions, whose files are named as the lecture's, say which they are: <c>05-initialization-exercises</c>.</summary>
    public static string Of(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path), folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "");
        return Companions.Contains(folder, StringComparer.Ordinal) ? $"{name}-{folder}" : name;
    }

    /// <summary>The lecture's notebook and what it is accompanied by: <c>05-initialization</c> and <c>exercises</c>; null for a name of a lecture's notebook itself.</summary>
    public static (string Lecture, string Kind)? Companion(string name) =>
        Companions.Where(kind => name.EndsWith("-" + kind, StringComparison.Ordinal)).Select(kind => ((string, string)?)(name[..^(kind.Length + 1)], kind)).FirstOrDefault();
}
