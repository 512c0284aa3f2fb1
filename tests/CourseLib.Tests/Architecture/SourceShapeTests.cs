using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit.Abstractions;

namespace CourseLib.Tests.Architecture;

/// <summary>Files are short, and a folder's name is its namespace.</summary>
public class SourceShapeTests(ITestOutputHelper output)
{
    private const int LongestFile = 600;

    private static readonly (string Folder, string Namespace)[] Projects =
    [
        ("src/CourseLib", "CourseLib"),
        ("src/CourseLib.Notebooks", "CourseLib.Notebooks"),
        ("tests/CourseLib.Tests", "CourseLib.Tests"),
        ("tests/CourseLib.Notebooks.Tests", "CourseLib.Notebooks.Tests"),
        ("tests/Shared", "CourseLib.Tests.Shared"),
    ];

    [Fact]
    public void No_file_is_long()
    {
        foreach ((string folder, _) in Projects)
        {
            (string File, int Lines)[] files = Repository.SourcesUnder(folder)
                .Select(file => (file, File.ReadLines(Repository.Full($"{folder}/{file}")).Count()))
                .OrderBy(file => file.Item2).ToArray();
            if (files.Length == 0)
            {
                continue;
            }

            int median = files[files.Length / 2].Lines;
            (string longest, int lines) = files[^1];
            output.WriteLine($"{folder}: {files.Length} files, median {median} lines, 90% under {files[files.Length * 9 / 10].Lines}, longest {lines} ({longest})");
            Assert.True(lines <= LongestFile, $"{folder}/{longest} has {lines} lines, more than {LongestFile}: divide it by concepts.");
            Assert.True(median <= 120, $"half of the files of {folder} are longer than {median} lines.");
        }
    }

    [Fact]
    public void A_folder_is_a_namespace()
    {
        string[] wrong = Projects.SelectMany(project => Misplaced(project.Namespace,
            Repository.SourcesUnder(project.Folder).Select(file => (file, File.ReadAllText(Repository.Full($"{project.Folder}/{file}")))))).ToArray();
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_type_in_another_namespace_than_its_folder_is_found()
    {
        Assert.Single(Misplaced("R", [("A/X.cs", "namespace R.B; class X;")]));
        Assert.Empty(Misplaced("R", [("A/X.cs", "namespace R.A; class X;")]));
        // A part of a type may live where it belongs by subject; the type's own folder holds another part.
        Assert.Empty(Misplaced("R", [("A/X.cs", "namespace R.A; partial class X;"), ("B/X.Math.cs", "namespace R.A; partial class X;")]));
        Assert.Single(Misplaced("R", [("B/X.Math.cs", "namespace R.A; partial class X;")]));
    }

    private static List<string> Misplaced(string rootNamespace, IEnumerable<(string Path, string Text)> files)
    {
        (string Path, string Name, string Namespace, string Expected)[] types = files.SelectMany(file => CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            .Where(type => type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
            .Select(type => (
                file.Path,
                Name: type.Identifier.Text,
                Namespace: (type.Parent as BaseNamespaceDeclarationSyntax)?.Name.ToString() ?? "",
                Expected: string.Join('.', new[] { rootNamespace }.Concat(file.Path.Split('/').SkipLast(1)))))).ToArray();
        HashSet<(string Namespace, string Name)> atHome = types.Where(type => type.Namespace == type.Expected).Select(type => (type.Namespace, type.Name)).ToHashSet();
        return types.Where(type => type.Namespace != type.Expected && !atHome.Contains((type.Namespace, type.Name)))
            .Select(type => $"{type.Path}: {type.Name} is in namespace '{type.Namespace}', its folder says '{type.Expected}'").ToList();
    }
}
