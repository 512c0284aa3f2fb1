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
}
