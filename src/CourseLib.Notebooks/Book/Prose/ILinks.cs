namespace CourseLib.Notebooks.Book.Prose;

/// <summary>Where the links and pictures of a notebook's text lead to in the book.</summary>
internal interface ILinks
{
    /// <summary>The address for <paramref name="target"/>; null where the book has nothing there, or must not lead there: the text then stands without a link.</summary>
    string? Page(string target);

    /// <summary>The address for a picture, as a data URI; null where there is none.</summary>
    string? Picture(string target);
}
