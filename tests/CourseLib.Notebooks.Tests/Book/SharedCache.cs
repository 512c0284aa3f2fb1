namespace CourseLib.Notebooks.Tests.Book;

/// <summary>The repository's own cache of KaTeX and plotly.js: what a run of the course fetched is not fetched again for a test.</summary>
internal static class SharedCache
{
    public static string Folder { get; } = Path.Combine(Root(), "artifacts", "web");

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CourseLib.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests are outside the repository");
    }
}
