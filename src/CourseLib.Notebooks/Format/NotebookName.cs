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
}
