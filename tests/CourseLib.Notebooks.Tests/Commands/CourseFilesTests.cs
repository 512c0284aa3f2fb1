using System.Text.RegularExpressions;
using CourseLib.Notebooks.Commands;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Kernel;
using CourseLib.Tests.Architecture;

namespace CourseLib.Notebooks.Tests.Commands;

/// <summary>The commands that change or judge files: on a course made for the test, and the judgements on this repository.</summary>
public sealed partial class CourseFilesTests : IDisposable
{
    private readonly CourseFolder course = new(Directory.CreateTempSubdirectory("course-test-").FullName);

    public CourseFilesTests()
    {
        File.WriteAllText(Path.Combine(course.Root, "Directory.Build.props"), "<Project>\n <Version>0.1.0</Version>\n</Project>\n");
        Directory.CreateDirectory(Path.Combine(course.Notebooks, "exercises"));
        Write("00-start", "0.1.0");
        Write("05-init", "0.1.0");
        Write("05-initialization", "0.1.0");
        Write("exercises/05-init", "0.1.0");
        Directory.CreateDirectory(course.Polyglot);
        new NotebookBuilder().Code("#r \"nuget: CourseLib, 0.1.0\"\n#r \"nuget: CourseLib.Interactive, 0.1.0\"\n1").Build().Write(Path.Combine(course.Polyglot, "90-more.ipynb"));
    }

    public void Dispose() => Directory.Delete(course.Root, recursive: true);

    [Fact]
    public void Setting_the_version_sets_it_everywhere()
    {
        Assert.Equal(6, CourseVersion.Write(course, "1.2.3-beta.1").Count);
        Assert.Equal("1.2.3-beta.1", CourseVersion.Read(course));
        Assert.Contains("#r \"nuget: CourseLib.Interactive, 1.2.3-beta.1\"", NotebookDocument.Read(Path.Combine(course.Polyglot, "90-more.ipynb")).Cells[0].Source, StringComparison.Ordinal);
        Assert.All(course.All, path => Assert.True(CourseVersion.Agrees(NotebookDocument.Read(path), "1.2.3-beta.1")));
        Assert.Empty(CourseVersion.Write(course, "1.2.3-beta.1"));
        Assert.Throws<NotebookException>(() => CourseVersion.Write(course, "1.2"));
    }

    [Fact]
    public void One_broken_notebook_leaves_every_version_as_it_was_and_the_others_cleaned()
    {
        string path = course.Lectures[^1];
        NotebookDocument notebook = NotebookDocument.Read(path);
        notebook.Cells[0].ExecutionCount = 1;
        notebook.Write(path);
        File.WriteAllText(course.Lectures[0], "{");
        Assert.Throws<NotebookException>(() => CourseVersion.Write(course, "1.2.3"));
        Assert.Equal("0.1.0", CourseVersion.Read(course));
        Assert.True(CourseVersion.Agrees(NotebookDocument.Read(path), "0.1.0"));
        Assert.Equal(Failures.Code, CleanCommand.Clean(course.Lectures, check: false, TextWriter.Null));
        Assert.Null(NotebookDocument.Read(path).Cells[0].ExecutionCount);
    }

    [Theory]
    [InlineData("#r \"nuget: CourseLib, 0.1.0\"\n1", true)]
    [InlineData("#r \"nuget: CourseLib, 0.1.1\"\n1", false)]
    [InlineData("1", false)]
    [InlineData("#r \"nuget: CourseLib, 0.1.0\"\n#r \"nuget: CourseLib, 0.1.0\"", false)]
    [InlineData("#r \"nuget: CourseLib, 0.1.0\"\n#r \"nuget: CourseLib.Interactive, 0.1.0\"", true)]
    [InlineData("#r \"nuget: CourseLib, 0.1.0\"\n#r \"nuget: CourseLib.Interactive, 0.1.1\"", false)]
    [InlineData("#r \"nuget: CourseLib.Interactive, 0.1.0\"", false)]
    public void Agreement_wants_one_line_with_the_version(string first, bool agrees) =>
        Assert.Equal(agrees, CourseVersion.Agrees(new NotebookBuilder().Code(first).Code("2").Build(), "0.1.0"));

    [Fact]
    public void Agreement_wants_the_line_in_the_first_cell() =>
        Assert.False(CourseVersion.Agrees(new NotebookBuilder().Code("2").Code("#r \"nuget: CourseLib, 0.1.0\"").Build(), "0.1.0"));

    [Fact]
    public void Checking_names_files_with_outputs_and_cleaning_removes_them()
    {
        string path = course.Lectures[0];
        string clean = File.ReadAllText(path);
        NotebookDocument notebook = NotebookDocument.Read(path);
        notebook.Cells[0].ExecutionCount = 1;
        notebook.Write(path);
        StringWriter said = new();
        Assert.Equal(1, CleanCommand.Clean(course.All, check: true, said));
        Assert.Equal($"{path} has outputs: run `course clean`", said.ToString().Trim());
        Assert.Equal(0, CleanCommand.Clean(course.All, check: false, said));
        Assert.Equal(0, CleanCommand.Clean(course.All, check: true, said));
        Assert.Equal(clean, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("00", "00-start")]
    [InlineData("05-init", "05-init")]
    [InlineData("05-init.ipynb", "05-init")]
    [InlineData("05-initi", "05-initialization")]
    public void A_notebook_is_found_by_a_name_or_a_unique_beginning(string name, string expected) =>
        Assert.Equal(Path.Combine(course.Notebooks, expected + ".ipynb"), Assert.Single(course.Resolve([name])));

    [Theory]
    [InlineData("05", "fits several notebooks: notebooks")]
    [InlineData("99", "no notebook \"99\"; there are: 00-start, 05-init, 05-initialization, 90-more")]
    [InlineData("", "no notebook")]
    public void A_name_that_fits_none_or_several_is_an_error(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<NotebookException>(() => course.Resolve([name])).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_handed_in_is_named_by_its_folder_whatever_the_file_is_called()
    {
        string[] files = [.. new[] { "in/anna/05-init", "in/bob/05-init", "in/bob/week 2/05-init", "in/loose" }.Select(name => HandIn(name, "1"))];
        Assert.Equal([("05-init", false), ("anna/05-init", true), ("bob/05-init", true)], Named("05-init", files[0], files[1]));
        Assert.Equal([("anna/05-init", true), ("bob/05-init", true), ("bob/week 2/05-init", true), ("in/loose", true)], Named(Path.Combine(course.Root, "in")));
        Assert.Equal([("anna/05-init", true)], Named(Path.Combine(course.Root, "in", "anna")));
        Assert.Equal([("05-init-exercises", false)], Named(course.Exercises));
    }

    // A student's copy beside the lectures, where the packages are found.
    [Fact]
    public void An_exercise_notebook_is_recognised_by_its_checks()
    {
        HandIn("notebooks/05-mine", "Exercise.Check(\"bn.forward\", Mine)");
        HandIn("notebooks/05-other", "// Exercise.Check(\"bn.forward\", Mine)");
        HandIn("notebooks/anna/05-init", "1");
        Assert.Equal([("notebooks/05-mine", true), ("05-other", false), ("anna/05-init", true)], Named("05-mine", "05-other", Path.Combine(course.Notebooks, "anna", "05-init.ipynb")));
        Assert.Equal(["bn.forward"], ExerciseCalls.In(NotebookDocument.Read(Path.Combine(course.Notebooks, "05-mine.ipynb"))));
    }

    [Fact]
    public void Two_files_of_one_name_are_not_run_together()
    {
        (string one, string other) = (HandIn("a/anna/05-init", "1"), HandIn("b/anna/05-init", "1"));
        Assert.Contains("two notebooks are named \"anna/05-init\"", Assert.Throws<NotebookException>(() => course.Targets([one, other])).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(course.Root, "empty"));
        Assert.Contains("there are no notebooks in", Assert.Throws<NotebookException>(() => course.Targets([Path.Combine(course.Root, "empty")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exercises_say_that_they_are_exercises() =>
        Assert.Equal(["05-init", "05-init-exercises"], course.Resolve(["05-init", Path.Combine(course.Notebooks, "exercises", "05-init.ipynb")]).Select(NotebookName.Of));

    [Fact]
    public void Without_a_name_all_notebooks_are_meant() =>
        Assert.Equal(["00-start", "05-init", "05-init-exercises", "05-initialization", "90-more"], course.Resolve([]).Select(NotebookName.Of).Order(StringComparer.Ordinal));

    [Fact]
    public void In_this_repository_the_exercises_are_what_the_solutions_give()
    {
        CourseFolder repository = new(Repository.Root);
        StringWriter said = new();
        Assert.True(ExercisesCommand.Derive(repository.Solutions, repository.Exercises, check: true, said) == 0, said.ToString());
    }

    [Fact]
    public void In_this_repository_a_lecture_leads_to_its_exercises_and_they_lead_back_and_to_the_solutions()
    {
        CourseFolder repository = new(Repository.Root);
        foreach (string path in Directory.EnumerateFiles(repository.Exercises, "*.ipynb"))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            NotebookDocument exercises = NotebookDocument.Read(path), lecture = NotebookDocument.Read(Path.Combine(repository.Notebooks, name + ".ipynb"));
            Assert.True(lecture.Cells.Any(cell => cell.Kind == CellKind.Markdown && cell.Source.Contains(Derivation.LinkTo(exercises, name), StringComparison.Ordinal)), $"{name}: expected at its end: {Derivation.LinkTo(exercises, name)}");
            Assert.Contains($"](../{name}.ipynb)", exercises.Cells[0].Source, StringComparison.Ordinal);
            Assert.Contains($"](../solutions/{name}.ipynb)", exercises.Cells[0].Source, StringComparison.Ordinal);
        }
    }

    // A guard of a cell's own hides a broken picture even where the exercise is solved.
    [Fact]
    public void In_this_repository_pictures_of_answers_are_guarded_by_the_library_and_stand_behind_their_check()
    {
        foreach (string path in Directory.EnumerateFiles(new CourseFolder(Repository.Root).Solutions, "*.ipynb"))
        {
            HashSet<string> seen = [];
            foreach (NotebookCell cell in NotebookDocument.Read(path).CodeCells)
            {
                Assert.False(OwnGuard().IsMatch(cell.Source), $"{path}, {cell.Id}: expected Exercise.Picture(\"…\", () => …) in place of a guard of its own");
                seen.UnionWith(CheckCall().Matches(cell.Source).Select(match => match.Groups[1].Value));
                Assert.All(PictureCall().Matches(cell.Source).Select(match => match.Groups[1].Value), id => Assert.True(seen.Contains(id), $"{path}, {cell.Id}: expected the check of {id} above its picture"));
            }
        }
    }

    [Fact]
    public void In_this_repository_the_build_and_every_notebook_have_one_version()
    {
        CourseFolder repository = new(Repository.Root);
        Assert.Equal(Repository.Version, CourseVersion.Read(repository));
        Assert.Equal(Repository.Version, Library.Version);
        Assert.All(repository.All, path => Assert.True(CourseVersion.Agrees(NotebookDocument.Read(path), Repository.Version), $"{path}: expected the first code cell to say #r \"nuget: CourseLib, {Repository.Version}\""));
    }

    [Fact]
    public void In_this_repository_notebooks_are_clean_and_written_for_every_host()
    {
        CourseFolder repository = new(Repository.Root);
        StringWriter said = new();
        Assert.True(CleanCommand.Clean(repository.All, check: true, said) == 0, said.ToString());
        foreach (string path in repository.All)
        {
            NotebookDocument notebook = NotebookDocument.Read(path);
            Assert.True((int?)notebook.Root["nbformat_minor"] == 5 && notebook.Cells.All(cell => cell.Id is not null), $"{path}: expected nbformat 4.5 with cell ids");
            Assert.True((string?)notebook.Root["metadata"]?["kernelspec"]?["name"] == ".net-csharp", $"{path}: expected the kernelspec .net-csharp");
            Assert.True((string?)notebook.Root["metadata"]?["polyglot_notebook"]?["kernelInfo"]?["defaultKernelName"] == "csharp", $"{path}: expected the metadata polyglot_notebook with the default kernel csharp");
            Assert.All(notebook.CodeCells, cell => Assert.True(cell.KernelName == "csharp", $"{path}: cells[{cell.Index}]: expected the metadata polyglot_notebook.kernelName \"csharp\""));
            Assert.Equal(File.ReadAllText(path), notebook.ToJson());
        }
    }

    [Fact]
    public void In_this_repository_only_the_notebooks_for_a_host_need_other_packages()
    {
        CourseFolder repository = new(Repository.Root);
        ILookup<bool, string> byNeed = repository.All.ToLookup(path => NotebookDocument.Read(path).CodeCells.Any(cell => Directives.OtherPackages(cell.Source, Session.Parsing).Any()));
        Assert.All(byNeed[false], path => Assert.Equal(repository.Notebooks, path[..repository.Notebooks.Length]));
        Assert.Equal(repository.Polyglot, Assert.Single(byNeed[true].Select(Path.GetDirectoryName).Distinct()));
    }

    private (string, bool)[] Named(params string[] names) => [.. course.Targets(names).Select(target => (target.Name, target.IsHandedIn))];

    private string HandIn(string name, string code)
    {
        string path = Path.Combine(course.Root, name + ".ipynb");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        new NotebookBuilder().Code(code).Build().Write(path);
        return path;
    }

    private void Write(string name, string version) =>
        new NotebookBuilder().Code($"#r \"nuget: CourseLib, {version}\"\nusing System;").Code("1").Build().Write(Path.Combine(course.Notebooks, name + ".ipynb"));

    [GeneratedRegex(@"\bcatch\b|\bNotDoneYetException\b|if \(\w+ is (double|int|\{ \}) ", RegexOptions.CultureInvariant)]
    private static partial Regex OwnGuard();

    [GeneratedRegex("""Exercise\.Check\("([^"]*)["]""", RegexOptions.CultureInvariant)]
    private static partial Regex CheckCall();

    [GeneratedRegex("""Exercise\.Picture\("([^"]*)["]""", RegexOptions.CultureInvariant)]
    private static partial Regex PictureCall();
}
