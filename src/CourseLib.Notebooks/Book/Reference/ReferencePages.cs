using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Book.Pages;

namespace CourseLib.Notebooks.Book.Reference;

/// <summary>Writes the library's reference into the book: a page of contents and a page for each room.</summary>
internal static class ReferencePages
{
    /// <summary>What the book calls the reference.</summary>
    public const string Title = "The library";

    /// <summary>Writes the pages.</summary>
    /// <returns>References in the comments that name nothing in the library; a test keeps this empty.</returns>
    public static IReadOnlyList<string> Write(LibraryReference library, PageFrame frame, BookFiles files)
    {
        ContentsPage contents = new(library);
        files.Write(PageNames.Reference, frame.Page($"{Title} · {PageFrame.BookTitle}", PageFrame.Navigation("Rooms", contents.Navigation), contents.Render(), Foot((PageNames.Index, PageFrame.BookTitle), null)));
        DocumentationHtml documentation = new(library);
        for (int i = 0; i < library.Rooms.Count; i++)
        {
            Room room = library.Rooms[i];
            RoomPage page = new(room, library, documentation);
            Markup foot = Foot(
                i == 0 ? (PageNames.Reference, Title) : (library.Rooms[i - 1].File, library.Rooms[i - 1].Name),
                i + 1 == library.Rooms.Count ? null : (library.Rooms[i + 1].File, library.Rooms[i + 1].Name));
            Markup navigation = PageFrame.Navigation(room.Name, page.Navigation.Prepend((PageNames.Reference, "All rooms", 2)));
            files.Write(room.File, frame.Page($"{room.Name} · {Title} · {PageFrame.BookTitle}", navigation, page.Render(), foot));
        }

        return documentation.Unresolved;
    }

    private static Markup Foot((string Address, string Title) before, (string Address, string Title)? after)
    {
        MarkupWriter foot = new MarkupWriter().Add($"<nav class=\"turn\" aria-label=\"Pages\">\n<a class=\"before\" rel=\"prev\" href=\"{before.Address}\"><small>Previous</small> {before.Title}</a>\n");
        if (after is { } next)
        {
            foot.Add($"<a class=\"after\" rel=\"next\" href=\"{next.Address}\"><small>Next</small> {next.Title}</a>\n");
        }

        return foot.Add($"</nav>\n").ToHtml();
    }
}
