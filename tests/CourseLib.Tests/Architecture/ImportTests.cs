using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CourseLib.Tests.Architecture;

/// <summary>Imports go down the list of rooms only, and only three rooms know that notebooks exist.</summary>
public class ImportTests
{
    private static readonly Lazy<IReadOnlyList<(string Path, string Text)>> Library = new(() =>
        Repository.SourcesUnder("src/CourseLib").Select(file => (file, File.ReadAllText(Repository.Full($"src/CourseLib/{file}")))).ToArray());

    private static readonly Lazy<IReadOnlyList<Import>> Imports = new(() => SourceImports.Find(Library.Value));

    [Fact]
    public void Every_file_of_the_library_lives_in_a_room()
    {
        string[] homeless = Library.Value.Select(file => file.Path).Where(path => !Rooms.Floors.Any(floor => floor.Contains(Rooms.Of(path)))).ToArray();
        Assert.Empty(homeless);
    }

    [Fact]
    public void Imports_go_down_only()
    {
        Assert.NotEmpty(Imports.Value);
        Import[] refused = Imports.Value.Where(import => !import.IsAllowed).ToArray();
        Assert.True(refused.Length == 0, string.Join('\n', refused.Select(import => import.ToString())));
    }

    [Fact]
    public void Neighbours_stay_on_their_floor_and_make_no_circle()
    {
        Assert.All(Rooms.Neighbours, edge => Assert.Equal(Rooms.Floor(edge.From), Rooms.Floor(edge.To)));
        List<(string From, string To)> open = Rooms.Neighbours.Select(edge => (edge.From, edge.To)).ToList();
        while (open.RemoveAll(edge => !open.Any(other => other.From == edge.To)) > 0)
        {
            // Each pass takes away the uses that lead to a room without further uses; what can never be taken away is a circle.
        }

        Assert.Empty(open);
    }

    [Theory]
    [InlineData("class K { CourseLib.Tensors.T? t; }", "CourseLib.Tensors.T")]
    [InlineData("class K { float M(float x) => CourseLib.Tensors.Make.One().Data; }", "CourseLib.Tensors.Make.One()")]
    [InlineData("class K { object M(object a) => a is CourseLib.Tensors.T t ? t + t : a; }", "operator +")]
    public void A_kernel_that_knows_tensors_is_found(string kernel, string symbol)
    {
        Import[] refused = Find(("Kernels/K.cs", $"namespace CourseLib.Kernels; {kernel}"));
        Assert.Contains(refused, import => import.Symbol.Contains(symbol, StringComparison.Ordinal) && import.From == "Kernels");
    }

    [Fact]
    public void A_member_belongs_to_the_file_that_declares_it()
    {
        // The type in two parts may be named by Tensors/, its operator (declared in Autograd/) may not be used there.
        Assert.Empty(Find(("Tensors/Uses.cs", "namespace CourseLib.Tensors; class Uses { float M(T t) => t.Data; }")));
        Import import = Assert.Single(Find(("Tensors/Uses.cs", "namespace CourseLib.Tensors; class Uses { T M(T t) => t + t; }")));
        Assert.Equal(["Autograd"], import.Rooms);
    }

    [Fact]
    public void A_using_of_a_higher_room_is_found()
    {
        Import[] refused = Find(("Autograd/U.cs", "using CourseLib.Layers; namespace CourseLib.Autograd; class U;"), ("Layers/L.cs", "namespace CourseLib.Layers; class L;"));
        Assert.Equal(["Layers"], Assert.Single(refused).Rooms);
    }

    [Fact]
    public void Only_the_rooms_for_readers_know_that_notebooks_exist()
    {
        string[] mentions = Library.Value.Where(file => !Rooms.KnowNotebooks.Contains(Rooms.Of(file.Path))).SelectMany(file => NotebookWords(file.Path, file.Text)).ToArray();
        Assert.True(mentions.Length == 0, string.Join('\n', mentions));
        Assert.NotEmpty(NotebookWords("Kernels/K.cs", "class K { string s = \"run the Notebook\"; }"));
        Assert.Empty(NotebookWords("Kernels/K.cs", "// the notebook derives this\nclass K;"));
    }

    private static Import[] Find(params (string Path, string Text)[] files) => SourceImports.Find(
    [
        ("Tensors/T.cs", "namespace CourseLib.Tensors; public partial class T { public float Data; } public static class Make { public static T One() => new(); }"),
        ("Autograd/T.Math.cs", "namespace CourseLib.Tensors; public partial class T { public static T operator +(T a, T b) => a; }"),
        .. files,
    ]).Where(import => !import.IsAllowed).ToArray();

    // In code: names and texts. Comments may say where a formula is derived.
    private static IEnumerable<string> NotebookWords(string path, string text)
    {
        string[] words = ["notebook", "ipynb", "polyglot", "jupyter", "dotnet-interactive", "text/html", "application/vnd"];
        return CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.IdentifierToken or SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken)
            .Where(token => words.Any(word => token.ValueText.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(token => $"{path}({token.GetLocation().GetLineSpan().StartLinePosition.Line + 1}): {token.ValueText}");
    }
}
