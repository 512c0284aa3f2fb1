using CourseLib.Course;
using CourseLib.Notebooks.Book.Assets;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Book;

/// <summary>What a book is made of.</summary>
/// <param name="Folder">Where it goes; made when it is not there. Files in it that are no part of the book are left alone.</param>
/// <param name="Notebooks">The notebooks that were run, in the book's order.</param>
/// <param name="Ledger">All claims of the course.</param>
public sealed record BookRequest(string Folder, IReadOnlyList<ExecutedNotebook> Notebooks, Ledger Ledger)
{
    /// <summary>
    /// The names of all notebooks that the course has, those that were not run included: of these the page of an earlier book is kept, and
    /// their claims are not called unwritten.
    /// </summary>
    public IReadOnlyList<string> Course { get; init; } = [];

    /// <summary>Whether the reference of the library is part of the book.</summary>
    public bool WithReference { get; init; }

    /// <summary>Where KaTeX and plotly.js come from.</summary>
    public WebLibraries Libraries { get; init; } = WebLibraries.Online;
}

/// <summary>A book that was made.</summary>
/// <param name="Index">Its first page, absolute.</param>
/// <param name="Notices">What its maker should know, a line each: libraries that are not bundled, formulas that KaTeX rejects.</param>
public sealed record BookResult(string Index, IReadOnlyList<string> Notices);
