using System.CommandLine;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Templates;

namespace CourseLib.Notebooks.Commands;

/// <summary><c>course new</c>: the files of a notebook, a claim or an exercise, ready to be filled.</summary>
internal static class NewCommand
{
    private static readonly Argument<string> Name = new("NAME") { Description = "Such as 19-attention" };
    private static readonly Argument<string> Title = new("TITLE") { Description = "The notebook's title" };
    private static readonly Argument<string> Id = new("ID") { Description = "Such as bn.moving-mean: topic, a point, a name" };
    private static readonly Argument<string> Notebook = new("NOTEBOOK") { Description = "The lecture notebook, or the beginning of its name" };
    private static readonly Option<string> Source = new("--source") { Description = "Where the lectures say it: \"perc: Batchnorm\"", Required = true, HelpName = "SOURCE" };

    public static Command Create()
    {
        Command notebook = new("notebook", "A lecture notebook") { Name, Title };
        notebook.SetAction(line => Make(templates => templates.Notebook(line.GetValue(Name)!, line.GetValue(Title)!), files => ["course run " + NotebookName.Of(files[0])]));
        Command claim = new("claim", "A claim: its entry in the ledger and the cell that verifies it") { Id, Notebook, Source };
        claim.SetAction(line => Make(templates => templates.Claim(line.GetValue(Id)!, line.GetValue(Notebook)!, line.GetValue(Source)!), files => ["course run " + NotebookName.Of(files[1])]));
        Command exercise = new("exercise", "An exercise: its grader, its cells, the student's notebook") { Id, Notebook };
        exercise.SetAction(line => Make(templates => templates.Exercise(line.GetValue(Id)!, line.GetValue(Notebook)!), files => ExerciseSteps(line.GetValue(Id)!, NotebookName.Of(files[1]), NotebookName.Of(files[2]))));
        return new("new", "Make the files of a notebook, a claim or an exercise") { notebook, claim, exercise };
    }

    private static int Make(Func<CourseTemplates, IReadOnlyList<string>> make, Func<IReadOnlyList<string>, string[]> next) => Failures.Report(() =>
    {
        IReadOnlyList<string> files = make(new CourseTemplates(CourseFolder.Find()));
        foreach (string file in files)
        {
            Console.WriteLine(file);
        }

        Console.WriteLine("fill them, then:");
        foreach ((int place, string step) in next(files).Index())
        {
            Console.WriteLine(FormattableString.Invariant($"  {place + 1}. {step}"));
        }

        return 0;
    });

    // All that docs/instructors.md does after the templates, in its order.
    private static string[] ExerciseSteps(string id, string solutions, string exercises) =>
    [
        "course exercises derive    (makes the student's notebook anew from the solutions)",
        $"dotnet test tests/CourseLib.Tests --filter \"DisplayName~{id}|FullyQualifiedName~ExerciseNotebook\"    (builds, and tests the grader and its bank)",
        $"course run {exercises} {solutions}    (stubs say \"not done yet\", solutions are solved; their pages are in artifacts/book)",
    ];
}
