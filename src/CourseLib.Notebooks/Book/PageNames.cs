using Microsoft.CodeAnalysis;

namespace CourseLib.Notebooks.Book;

/// <summary>The book's file names and anchors: whoever links and whoever writes the target ask here. The anchors hold a full stop, which no id of a heading does.</summary>
internal static class PageNames
{
    public const string Index = "index.html";

    /// <summary>Where a page's content begins, after its navigation.</summary>
    public const string Content = "page.content";

    /// <summary>The file of a notebook's page.</summary>
    public static string File(string notebook) => notebook + ".html";

    /// <summary>The address of a notebook's page.</summary>
    public static string Link(string notebook) => Uri.EscapeDataString(File(notebook));

    /// <summary>The id of a claim where a cell verifies it.</summary>
    public static string Claim(string id) => "claim." + id;

    /// <summary>The id of a code cell.</summary>
    public static string Cell(int number) => FormattableString.Invariant($"cell.{number}");

    /// <summary>The id of a lecture's part of the ledger.</summary>
    public static string Lecture(string key) => "lecture." + key;

    /// <summary>The first page of the library's reference.</summary>
    public const string Reference = "library.html";

    /// <summary>The reference's page of a room of the library.</summary>
    public static string Room(string name) => $"library-{name}.html";

    /// <summary>The id of a room on the reference's first page.</summary>
    public static string RoomId(string name) => "room." + name;

    /// <summary>The id of a type's or member's entry on its room's page: its documentation id without the library's name, and without the sign that begins an id in an address.</summary>
    public static string EntryId(ISymbol symbol) => symbol.GetDocumentationCommentId()![2..].Replace("CourseLib.", "", StringComparison.Ordinal).Replace('#', '.');

    /// <summary>The address of an entry.</summary>
    public static string Entry(ISymbol symbol) => $"{Room(CourseLib.Notebooks.Book.Reference.Room.NameOf(symbol as INamedTypeSymbol ?? symbol.ContainingType))}#{EntryId(symbol)}";
}
