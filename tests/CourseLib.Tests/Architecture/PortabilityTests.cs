using System.Text.RegularExpressions;

namespace CourseLib.Tests.Architecture;

/// <summary>What is committed can be checked out, found and read on Windows, Linux and macOS, on a disk that tells capitals from small letters and on one that does not.</summary>
public partial class PortabilityTests
{
    // A path on Windows has 260 characters; the rest is for the folder that somebody clones into and for what a build appends.
    private const int LongestName = 100;

    private static readonly IReadOnlyList<string> Files = Repository.CommittedFiles();

    [Fact]
    public void No_two_names_differ_in_capitals_alone()
    {
        Assert.Empty(Twins(Files));
        Assert.Equal(["src/a, src/A"], Twins(["src/a/One.cs", "src/A/Two.cs"]));
        Assert.Equal(["a/b.cs, a/B.cs"], Twins(["a/b.cs", "a/B.cs"]));
    }

    [Fact]
    public void Every_name_is_one_that_Windows_takes()
    {
        Assert.DoesNotContain(Files, file => !IsPortable(file));
        Assert.True(IsPortable("console/null.cs"));
        Assert.All(["a/con/b", "aux.cs", "a/LPT1.txt", "a:b", "a?", "a\\b", "a./b", "a ", "a\tb", new string('a', LongestName + 1)], name => Assert.False(IsPortable(name), name));
    }

    [Fact]
    public void Texts_have_line_feeds_alone_on_every_system()
    {
        Assert.StartsWith("* text=auto eol=lf\n", File.ReadAllText(Repository.Full(".gitattributes")), StringComparison.Ordinal);
        Assert.DoesNotContain(Files.Where(Repository.IsText), file => File.ReadAllBytes(Repository.Full(file)).Contains((byte)'\r'));
        Assert.Contains(Files, file => !Repository.IsText(file)); // and those are left as they are
    }

    /// <summary>In code, projects, notebooks and documents: on a disk like Linux's a file is found by its exact letters only.</summary>
    [Fact]
    public void A_file_is_named_with_the_letters_that_it_has()
    {
        Dictionary<string, string> known = Known();
        (string File, string Text)[] texts = [.. Files.Where(Repository.IsText).Select(file => (file, File.ReadAllText(Repository.Full(file))))];
        Assert.Empty(texts.SelectMany(text => Misnamed(known, text.File, text.Text)));
        Assert.True(texts.Sum(text => Named(known, text.File, text.Text).Count()) > 100, "hardly a name was found");

        // Put together here, so that this file does not hold what it forbids.
        string folder = "src/CourseLib".ToUpperInvariant();
        Assert.Equal([$"README.md: {folder} is src/CourseLib"], Misnamed(known, "README.md", $"see `{folder}/`."));
        Assert.Equal([$@"A.sln: {folder}\CourseLib.csproj is src/CourseLib/CourseLib.csproj"], Misnamed(known, "A.sln", $@"""{folder}\CourseLib.csproj"""));
        Assert.Equal([$"tests/A/a.csproj: ../{"SHARED"}/Mutator.cs is tests/Shared/Mutator.cs"], Misnamed(known, "tests/A/a.csproj", $"../{"SHARED"}/Mutator.cs"));
    }

    [Fact]
    public void Every_link_leads_to_a_file()
    {
        Dictionary<string, string> known = Known();
        string[] documents = [.. Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal) || file.EndsWith(".ipynb", StringComparison.Ordinal))];
        Assert.Empty(documents.SelectMany(file => LostLinks(known, file, File.ReadAllText(Repository.Full(file)))));
        Assert.True(documents.Sum(file => Link().Count(File.ReadAllText(Repository.Full(file)))) > 20, "hardly a link was found");
        Assert.Equal(["docs/a.md: ../readme.md", "docs/a.md: b.md#c"], LostLinks(known, "docs/a.md", "[x](../README.md) ![y](../readme.md) [z](b.md#c) [w](https://example.com/a.md)"));
    }

    // Files and their folders, each under its name in small letters.
    private static Dictionary<string, string> Known() => Files.SelectMany(Prefixes).Distinct().ToDictionary(path => path.ToLowerInvariant());

    private static IEnumerable<string> Prefixes(string path) => path.Select((letter, i) => letter == '/' ? path[..i] : path).Distinct();

    private static string[] Twins(IEnumerable<string> files) =>
        [.. files.SelectMany(Prefixes).Distinct().GroupBy(path => path.ToLowerInvariant()).Where(group => group.Count() > 1).Select(group => string.Join(", ", group))];

    private static bool IsPortable(string path) => path.Length <= LongestName && path.Split('/').All(name =>
        !Reserved().IsMatch(name) && !name.Any(letter => letter < ' ' || "<>:\"|?*\\".Contains(letter, StringComparison.Ordinal)) && name[^1] is not ('.' or ' '));

    private static string[] Misnamed(Dictionary<string, string> known, string file, string text) =>
        [.. Named(known, file, text).Where(name => name.Meant != name.Is).Select(name => $"{file}: {name.Written} is {name.Is}").Distinct()];

    // What looks like a path and, but for capitals, is the path of something here: from the root, or from the file that names it.
    private static IEnumerable<(string Written, string Meant, string Is)> Named(Dictionary<string, string> known, string file, string text)
    {
        foreach (Match match in PathLike().Matches(text))
        {
            string written = match.Value.TrimEnd('.');
            foreach (string meant in new[] { written.Replace('\\', '/'), From(file, written) }.Distinct())
            {
                if (known.TryGetValue(meant.ToLowerInvariant(), out string? path))
                {
                    yield return (written, meant, path);
                }
            }
        }
    }

    private static string[] LostLinks(Dictionary<string, string> known, string file, string text) => [.. Link().Matches(text).Select(match => match.Groups[1].Value)
        .Where(target => From(file, target.Split('#')[0]) is var meant && known.GetValueOrDefault(meant.ToLowerInvariant()) != meant).Select(target => $"{file}: {target}")];

    private static string From(string file, string target)
    {
        Stack<string> folders = new(file.Split('/').SkipLast(1));
        foreach (string part in target.Split('/', '\\'))
        {
            if (part != ".." || !folders.TryPop(out _))
            {
                folders.Push(part);
            }
        }

        return string.Join('/', folders.Reverse().Where(part => part != "."));
    }

    [GeneratedRegex(@"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"[\w.-]+(?:[/\\][\w.-]+)+")]
    private static partial Regex PathLike();

    // A link of Markdown that stays in the repository: a file's name has a dot, and an address would have a colon.
    [GeneratedRegex(@"\]\(([^)\s:#]+\.[^)\s:]+)\)")]
    private static partial Regex Link();
}
