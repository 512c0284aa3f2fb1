using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>The reference's first page: every public type by room, with its first sentence, and a field that finds types and members by name.</summary>
internal sealed class ContentsPage(LibraryReference library)
{
    private readonly MarkupWriter html = new();

    /// <summary>The entries of its navigation.</summary>
    public IEnumerable<(string Address, string Text, int Level)> Navigation => library.Rooms.Select(room => ("#" + PageNames.RoomId(room.Name), room.Name, 2));

    /// <summary>Renders the page's content.</summary>
    public Markup Render()
    {
        html.Add($"<h1>The library</h1>\n<p class=\"lead\">Everything public in CourseLib, room by room. The text is that of the source: formulas, the paper and the slide they come from, ");
        html.Add($"shapes, defaults, errors.</p>\n");
        html.Add($"<p class=\"search\" hidden><label>Find a type or member <input type=\"search\" id=\"reference.search\" autocomplete=\"off\" spellcheck=\"false\"></label> <output></output></p>\n");
        foreach (Room room in library.Rooms)
        {
            html.Add($"<section class=\"room\">\n<h2 id=\"{PageNames.RoomId(room.Name)}\"><a href=\"{room.File}\">{room.Name}</a></h2>\n<p>{room.Says}</p>\n<dl class=\"types\">\n");
            foreach (INamedTypeSymbol type in room.Types)
            {
                AddType(type);
            }

            html.Add($"</dl>\n</section>\n");
        }

        return html.ToHtml();
    }

    private void AddType(INamedTypeSymbol type)
    {
        html.Add($"<div><dt><a href=\"{PageNames.Entry(type)}\"><code>{Signature.Name(type)}</code></a></dt><dd>{DocumentationHtml.FirstSentence(library.Comment(type).Summary)}");
        List<ISymbol> members = [.. LibraryReference.Members(type).Where(member => MemberKinds.Of(member) is not (MemberKind.Constructors or MemberKind.Operators)).DistinctBy(member => member.Name)];
        if (members.Count > 0)
        {
            html.Add($"<ul hidden>");
            foreach (ISymbol member in members)
            {
                html.Add($"<li><a href=\"{PageNames.Entry(member)}\">{Signature.Own(member)}</a></li>");
            }

            html.Add($"</ul>");
        }

        html.Add($"</dd></div>\n");
    }
}
