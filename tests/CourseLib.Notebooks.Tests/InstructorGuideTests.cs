using System.Text.RegularExpressions;
using CourseLib.Notebooks.Kernel;
using CourseLib.Tests.Architecture;

namespace CourseLib.Notebooks.Tests;

/// <summary>docs/instructors.md, as an instructor would go through it: every command, in its order, in a copy of the repository.</summary>
public sealed partial class InstructorGuideTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("courselib-guide-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Every_command_of_the_guide_does_what_the_guide_says()
    {
        foreach (string file in Repository.CommittedFiles())
        {
            CopyFile(Repository.Full(file), Path.Combine(root, file));
        }

        string program = CopyProgram();
        Dictionary<string, string> said = [];
        foreach (string line in Block().Matches(File.ReadAllText(Repository.Full("docs/instructors.md"))).SelectMany(block => block.Groups[1].Value.Split('\n')))
        {
            string[] words = [.. Word().Matches(line).Select(word => word.Value.Trim('"'))];
            Assert.True(words is ["course", ..] or ["dotnet", "test", ..], $"{line}: expected course or dotnet test");
            if (words is ["course", "progress" or "run", "handed-in", ..])
            {
                HandIn();
            }

            // The program that another build would make anew from the same sources, but for the library, which has the new exercise.
            said[line] = words[0] == "course" ? Repository.Run(KernelCommandLine.DotnetHost, root, [program, .. words[1..]]) : Repository.Run("dotnet", root, Inside(), words[1..]);
            if (words[0] == "dotnet")
            {
                File.Copy(Path.Combine(root, "src", "CourseLib", "bin", "Release", "net10.0", "CourseLib.dll"), Path.Combine(Path.GetDirectoryName(program)!, "CourseLib.dll"), overwrite: true);
            }
        }

        Said("course new exercise bn.scale-free 12-batchnorm", "BnScaleFree.cs");
        string steps = said["course new exercise bn.scale-free 12-batchnorm"];
        foreach ((int place, string step) in new[] { "course exercises derive", "dotnet test tests/CourseLib.Tests --filter \"DisplayName~bn.scale-free|FullyQualifiedName~ExerciseNotebook\"", "course run 12-batchnorm-exercises 12-batchnorm-solutions" }.Index())
        {
            Assert.True(said.ContainsKey(step), $"the guide does not say {step}");
            Assert.Contains(FormattableString.Invariant($"  {place + 1}. {step} "), steps, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(root, "src", "CourseLib", "Course", "Exercises", "Batchnorm", "BnScaleFree.cs")));
        Said("dotnet test tests/CourseLib.Tests --filter \"DisplayName~bn.scale-free|FullyQualifiedName~ExerciseNotebook\"", "Failed:     0, Passed:");
        Said("course run 12-batchnorm-exercises 12-batchnorm-solutions", "2 of 2 notebooks ran to their end");
        Said("course run 19-my-topic", "1 of 1 claims hold");
        Said("course progress handed-in", "ann ", "bob ");
        Said("course run handed-in", "bob/12-batchnorm: 0 of ", "2 of 2 notebooks ran to their end");
        Assert.Matches(@"ann/12-batchnorm: (\d+) of \1 exercises solved", said["course run handed-in"]);
        Said("course progress artifacts/handed-in --html progress.html --csv progress.csv", "ann ", "bob ");
        Assert.Contains("<code>bn.scale-free</code>", File.ReadAllText(Path.Combine(root, "artifacts", "book", "12-batchnorm-exercises.html")), StringComparison.Ordinal);
        Assert.Contains("bn.scale-free", File.ReadAllText(Path.Combine(root, "progress.csv")), StringComparison.Ordinal);
        Assert.Contains("bn.scale-free", File.ReadAllText(Path.Combine(root, "progress.html")), StringComparison.Ordinal);

        void Said(string line, params string[] words) =>
            Assert.All(words, word => Assert.Contains(word, said.GetValueOrDefault(line) ?? $"the guide does not say {line}", StringComparison.Ordinal));
    }

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }

    private string CopyProgram()
    {
        string from = Path.GetDirectoryName(typeof(KernelProcess).Assembly.Location)!;
        foreach (string file in Directory.EnumerateFiles(from).Where(file => Path.GetExtension(file) is ".dll" or ".json" or ".xml"))
        {
            CopyFile(file, Path.Combine(root, "artifacts", "program", Path.GetFileName(file)));
        }

        return Path.Combine(root, "artifacts", "program", Path.GetFileName(typeof(KernelProcess).Assembly.Location));
    }

    // Two students: one has the solutions, one has done nothing.
    private void HandIn()
    {
        string executed = Path.Combine(root, "artifacts", "executed");
        CopyFile(Path.Combine(executed, "12-batchnorm-solutions.ipynb"), Path.Combine(root, "handed-in", "ann", "12-batchnorm.ipynb"));
        CopyFile(Path.Combine(executed, "12-batchnorm-exercises.ipynb"), Path.Combine(root, "handed-in", "bob", "12-batchnorm.ipynb"));
    }

    // No process that goes on after the test, and nothing that a notebook host keeps is touched.
    private Dictionary<string, string?> Inside()
    {
        Dictionary<string, string?> environment = Repository.OutsideThisBuild();
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment["CourseVersoCache"] = environment["CourseInteractiveCache"] = Path.Combine(root, "no-cache");
        return environment;
    }

    [GeneratedRegex(@"```sh\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"""[^""]*""|[^\s""]+")]
    private static partial Regex Word();
}
