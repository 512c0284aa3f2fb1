using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;
using CourseLib.Tests.Architecture;

namespace CourseLib.Notebooks.Tests.Book;

/// <summary>The ways between a lecture's page, its exercises and their solutions, in the book of this repository.</summary>
public class ExercisePagesTests
{
    [Fact]
    public void Every_lecture_leads_to_its_exercises_and_they_lead_to_the_lecture_and_the_solutions()
    {
        CourseFolder repository = new(Repository.Root);
        string[] names = [.. Directory.EnumerateFiles(repository.Exercises, "*.ipynb").Select(path => Path.GetFileNameWithoutExtension(path)!)];
        using WrittenBook book = new([.. names.SelectMany(name => new[] { repository.Notebooks, repository.Exercises, repository.Solutions }.Select(folder => NotRun(Path.Combine(folder, name + ".ipynb"))))]);
        Assert.NotEmpty(names);
        foreach (string name in names)
        {
            Assert.Contains($"{name}-exercises.html", Ways($"{name}.html"));
            Assert.Superset(new HashSet<string> { $"{name}.html", $"{name}-solutions.html" }, Ways($"{name}-exercises.html"));
            Assert.Contains($"{name}.html", Ways($"{name}-solutions.html"));
        }

        // The links of the text: those at a page's foot go to whatever page is next.
        HashSet<string> Ways(string page) => [.. WrittenBook.Addresses(book.Page(page).Split("<nav class=\"turn\"")[0])];
    }

    private static ExecutedNotebook NotRun(string path) => new(NotebookName.Of(path), path, NotebookDocument.Read(path), [], [], 0, null);
}
