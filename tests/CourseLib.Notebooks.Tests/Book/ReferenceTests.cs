using System.Xml.Linq;
using CourseLib.Layers;
using CourseLib.Notebooks.Book;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Book.Pages;
using CourseLib.Notebooks.Book.Reference;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Tests.Book;

/// <summary>The book's reference of the library: complete, linked, documented.</summary>
public class ReferenceTests(ReferenceTests.WrittenReference reference) : IClassFixture<ReferenceTests.WrittenReference>
{
    [Fact]
    public void Every_public_type_of_every_room_has_an_entry()
    {
        Type[] types = [.. typeof(Tensor).Assembly.GetExportedTypes().Where(type => type.Namespace != "CourseLib")];
        Assert.True(types.Length > 100, $"only {types.Length} types");
        string contents = reference.Page(PageNames.Reference);
        foreach (Type type in types)
        {
            string room = type.Namespace!.Split('.')[1];
            string id = type.FullName!["CourseLib.".Length..].Replace('+', '.');
            Assert.Contains(id, reference.Ids(PageNames.Room(room)));
            Assert.Contains($"href=\"{PageNames.Room(room)}#{id}\"", contents, StringComparison.Ordinal);
        }

        string[] folders = [.. Directory.EnumerateDirectories(Repository.Full("src/CourseLib")).Select(folder => Path.GetFileName(folder)).Where(folder => types.Any(type => type.Namespace!.Split('.')[1] == folder))];
        Assert.Equal(folders.Order(StringComparer.Ordinal), reference.Library.Rooms.Select(room => room.Name).Order(StringComparer.Ordinal));
        Assert.All(reference.Library.Rooms, room => Assert.True(room.Says.Length > 0, $"Room.cs does not say what lives in {room.Name}"));
    }

    [Fact]
    public void Every_public_member_of_a_module_has_an_entry()
    {
        IReadOnlyCollection<string> ids = reference.Ids(PageNames.Room("Layers"));
        foreach (System.Reflection.MemberInfo member in typeof(Conv2d).GetMembers(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly)
            .Where(member => member is not System.Reflection.MethodBase { IsSpecialName: true, IsConstructor: false }))
        {
            Assert.Contains(ids, id => id.StartsWith($"Layers.Conv2d.{member.Name.Replace(".ctor", ".ctor(", StringComparison.Ordinal)}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_reference_in_the_comments_names_something()
    {
        Assert.True(reference.Unresolved.Count == 0, string.Join('\n', reference.Unresolved));
        DocumentationHtml html = new(reference.Library);
        Assert.Equal("<code>Nowhere</code>", html.Render(XElement.Parse("<summary><see cref=\"T:CourseLib.Nowhere\"/></summary>")).Value);
        Assert.Equal("<code>ElementLoop</code>", html.Render(XElement.Parse("<summary><see cref=\"T:CourseLib.Kernels.ElementLoop\"/></summary>")).Value);
        Assert.Equal(["T:CourseLib.Nowhere"], html.Unresolved);
    }

    [Fact]
    public void Every_link_leads_somewhere_and_ids_are_unique()
    {
        int followed = 0;
        foreach (string name in reference.Pages)
        {
            string page = reference.Page(name);
            Assert.Distinct(WrittenBook.Ids(page));
            foreach (string address in WrittenBook.Addresses(page).Where(address => !address.StartsWith("https://", StringComparison.Ordinal) && address != PageNames.Index))
            {
                string[] parts = address.Split('#');
                string file = parts[0].Length == 0 ? name : parts[0];
                Assert.True(file.StartsWith("assets/", StringComparison.Ordinal) || reference.Pages.Contains(file), $"{name} links to {address}");
                Assert.True(parts.Length == 1 || reference.Ids(file).Contains(parts[1]), $"{name} links to {address}");
                followed++;
            }
        }

        Assert.True(followed > 2000, $"{followed} links were followed");
    }

    [Fact]
    public void No_summary_is_missing()
    {
        List<string> missing = [];
        foreach (INamedTypeSymbol type in reference.Library.Rooms.SelectMany(room => room.Types))
        {
            if (!Says(reference.Library.Comment(type)))
            {
                missing.Add(type.ToDisplayString());
            }

            // A constructor is told by its parameters; one without any by its type.
            missing.AddRange(LibraryReference.Members(type)
                .Where(member => member is not IMethodSymbol { MethodKind: MethodKind.Constructor } && !Says(reference.Library.Comment(member)))
                .Select(member => member.ToDisplayString()));
        }

        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.False(Says(new DocumentationComment(XElement.Parse("<member><param name=\"x\">x</param></member>"))));
        Assert.False(Says(new DocumentationComment(XElement.Parse("<member><summary> </summary></member>"))));
    }

    [Fact]
    public void A_declaration_is_shown_as_it_is_written()
    {
        Assert.Contains("readonly struct Tensor : IEquatable<Tensor>", reference.Declarations("Tensors"));
        Assert.Contains("static Tensor operator *(Tensor a, Tensor b)", reference.Declarations("Tensors"));
        Assert.Contains("Tensor Sum(int axis, bool keepDim = false)", reference.Declarations("Tensors"));
        Assert.Contains("static Tensor From(float[] values, params ReadOnlySpan<int> shape)", reference.Declarations("Tensors"));
        Assert.Contains("abstract class Module", reference.Declarations("Layers"));
        Assert.Contains("abstract Tensor Forward(Tensor x)", reference.Declarations("Layers"));
        Assert.Contains("sealed class Linear : Module, IJetModule", reference.Declarations("Layers"));
    }

    [Fact]
    public void Text_of_comments_becomes_text_with_links()
    {
        DocumentationHtml html = new(reference.Library);
        string Shown(string xml) => html.Render(XElement.Parse($"<summary>{xml}</summary>", LoadOptions.PreserveWhitespace)).Value;
        Assert.Equal("the <a href=\"library-Tensors.html#Tensors.Tensor\"><code>Tensor</code></a> <code>x</code>", Shown("the <see cref=\"T:CourseLib.Tensors.Tensor\"/>\n  <paramref name=\"x\"/>"));
        Assert.Equal("<a href=\"library-Layers.html\"><code>Layers</code></a>", Shown("<see cref=\"N:CourseLib.Layers\"/>"));
        Assert.Equal("<code>float</code>, <code>MathF.Pow</code>", Shown("<see cref=\"T:System.Single\"/>, <see cref=\"M:System.MathF.Pow(System.Single,System.Single)\"/>"));
        Assert.Equal("a &lt; b, <span lang=\"ru\">свёртка</span>", Shown("a &lt; b, свёртка"));
        Assert.Equal("One, e.g. this.", DocumentationHtml.FirstSentence(XElement.Parse("<summary>One, e.g. this. Two.</summary>")));
        Assert.Contains("lecture cnn", reference.Page(PageNames.Room("Layers")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_page_of_the_book_leads_to_the_reference_only_where_it_is_written()
    {
        using WrittenBook without = new(SampleCourse.All());
        Assert.DoesNotContain(PageNames.Reference, without.Index, StringComparison.Ordinal);
        using WrittenBook with = new(SampleCourse.All(), withReference: true);
        Assert.Contains($"<a href=\"{PageNames.Reference}\">", with.Index, StringComparison.Ordinal);
        Assert.Contains(PageNames.Reference, with.Pages);
    }

    private static bool Says(DocumentationComment comment) => !string.IsNullOrWhiteSpace(comment.Summary?.Value) || comment.Summary?.HasElements == true || comment.Inherits;

    /// <summary>The pages, written once for all tests of the class.</summary>
    public sealed class WrittenReference : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("course-reference-").FullName;
        private readonly Dictionary<string, HashSet<string>> ids = [];

        public WrittenReference()
        {
            BookFiles files = new(folder);
            Unresolved = ReferencePages.Write(Library, new PageFrame(WebLibraries.Online, Typeset: true), files);
            Pages = [.. files.Written];
        }

        internal LibraryReference Library { get; } = LibraryReference.Load();

        internal IReadOnlyList<string> Pages { get; }

        internal IReadOnlyList<string> Unresolved { get; }

        public void Dispose() => Directory.Delete(folder, recursive: true);

        internal string Page(string name) => File.ReadAllText(Path.Combine(folder, name));

        internal IReadOnlyCollection<string> Ids(string page)
        {
            if (!ids.TryGetValue(page, out HashSet<string>? known))
            {
                ids[page] = known = [.. WrittenBook.Ids(Page(page))];
            }

            return known;
        }

        internal string[] Declarations(string room) =>
            [.. Page(PageNames.Room(room)).Split("signature\"><code>")[1..].Select(part => WrittenBook.TextOf(part.Split("</code>")[0]))];
    }
}
