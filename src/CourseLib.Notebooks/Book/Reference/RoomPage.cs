using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>A room's page of the reference: each public type with its documentation and its members.</summary>
internal sealed class RoomPage(Room room, LibraryReference library, DocumentationHtml documentation)
{
    private readonly MarkupWriter html = new();

    /// <summary>The entries of its navigation.</summary>
    public IEnumerable<(string Address, string Text, int Level)> Navigation =>
        room.Types.Select(type => ("#" + PageNames.EntryId(type), Signature.Name(type), 2));

    /// <summary>Renders the page's content.</summary>
    public Markup Render()
    {
        html.Add($"<h1>{room.Name}</h1>\n<p class=\"lead\">{room.Says}</p>\n");
        foreach (INamedTypeSymbol type in room.Types)
        {
            AddType(type);
        }

        return html.ToHtml();
    }

    private void AddType(INamedTypeSymbol type)
    {
        DocumentationComment comment = library.Comment(type);
        html.Add($"<section class=\"type\">\n<h2 id=\"{PageNames.EntryId(type)}\"><a class=\"self\" href=\"#{PageNames.EntryId(type)}\">{Signature.Name(type)}</a></h2>\n");
        html.Add($"<pre class=\"code signature\"><code>{Signature.OfType(type, library)}</code></pre>\n");
        AddText(comment);
        List<ISymbol> members = [.. LibraryReference.Members(type)];

        // A record's or a primary constructor's parameters are told once, with the type.
        AddParameters(comment, [.. type.TypeParameters.Select(parameter => ("typeparam", parameter.Name)), .. Names(comment, "param")]);
        foreach (IGrouping<MemberKind, ISymbol> kind in members.GroupBy(MemberKinds.Of))
        {
            html.Add($"<h3>{kind.Key.ToString()}</h3>\n");
            foreach (ISymbol member in kind)
            {
                AddMember(member, comment);
            }
        }

        html.Add($"</section>\n");
    }

    private void AddMember(ISymbol member, DocumentationComment ofType)
    {
        DocumentationComment comment = library.Comment(member);
        html.Add($"<article class=\"member\" id=\"{PageNames.EntryId(member)}\">\n<pre class=\"code signature\"><code>{Signature.OfMember(member, library)}</code></pre>\n");
        bool told = member is IMethodSymbol { MethodKind: MethodKind.Constructor } && XNode.DeepEquals(comment.Summary, ofType.Summary);
        if (!told)
        {
            AddText(comment);
            AddParameters(comment, [.. Names(comment, "typeparam"), .. Names(comment, "param")]);
        }

        if (comment.Xml.Element("returns") is { } returns)
        {
            html.Add($"<dl class=\"parts\"><div><dt>returns</dt><dd>{documentation.Render(returns)}</dd></div></dl>\n");
        }

        foreach (XElement thrown in comment.Xml.Elements("exception"))
        {
            html.Add($"<p class=\"throws\">throws {documentation.Reference((string?)thrown.Attribute("cref") ?? "", Markup.Empty)} {documentation.Render(thrown)}</p>\n");
        }

        html.Add($"</article>\n");
    }

    private void AddText(DocumentationComment comment)
    {
        if (comment.Inherits)
        {
            html.Add($"<p>As {(comment.InheritsFrom is { } from ? documentation.Reference(from, Markup.Empty) : Markup.Text("the base"))}.</p>\n");
        }

        AddParagraph("", comment.Summary);
        AddParagraph(" class=\"remarks\"", comment.Xml.Element("remarks"));
        AddParagraph(" class=\"remarks\"", comment.Xml.Element("example"));
        AddParagraph(" class=\"remarks\"", comment.Xml.Element("value"));
    }

    private void AddParagraph(string kind, XElement? element)
    {
        if (element is not null)
        {
            // A list or a block of code cannot stand in a paragraph.
            string tag = element.Elements().Any(inner => inner.Name.LocalName is "list" or "code") ? "div" : "p";
            html.Add($"<{new Markup(tag)}{new Markup(kind)}>{documentation.Render(element)}</{new Markup(tag)}>\n");
        }
    }

    private void AddParameters(DocumentationComment comment, IReadOnlyList<(string Kind, string Name)> parameters)
    {
        List<(string Name, XElement Says)> told = [.. parameters.Select(parameter => (parameter.Name, comment.Parameter(parameter.Kind, parameter.Name)!)).Where(parameter => parameter.Item2 is not null)];
        if (told.Count == 0)
        {
            return;
        }

        html.Add($"<dl class=\"parts\">\n");
        foreach ((string name, XElement says) in told)
        {
            html.Add($"<div><dt><code>{name}</code></dt><dd>{documentation.Render(says)}</dd></div>\n");
        }

        html.Add($"</dl>\n");
    }

    private static IEnumerable<(string Kind, string Name)> Names(DocumentationComment comment, string kind) =>
        comment.Xml.Elements(kind).Select(element => (kind, (string?)element.Attribute("name") ?? ""));
}
