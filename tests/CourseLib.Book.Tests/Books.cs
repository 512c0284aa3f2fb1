using CourseLib.Tests.Architecture;

namespace CourseLib.Book.Tests;

/// <summary>The pages that are looked at: those of the book that the last <c>run</c> left in artifacts/book, and the gallery, a book that these tests make.</summary>
internal static class Books
{
    /// <summary>The folder of the course's book.</summary>
    public static string Course { get; } = Repository.Full("artifacts/book");

    /// <summary>The pages of the course's book, then the gallery's.</summary>
    public static TheoryData<string> Pages
    {
        get
        {
            IEnumerable<string> course = Directory.Exists(Course) ? Directory.EnumerateFiles(Course, "*.html").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal) : [];
            return [.. course, Gallery.Page];
        }
    }

    /// <summary>Where a page is.</summary>
    public static string Full(string page) => page == Gallery.Page ? Gallery.File : Path.Combine(Course, page);
}
