using System.Text.Json;
using System.Text.Json.Serialization;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Book;

/// <summary>A claim as the ledger's page shows it.</summary>
/// <param name="Cell">The number of the cell that verified it.</param>
internal sealed record BookClaim(string Id, bool Holds, string Expected, string Measured, string Margin, string Control, int Cell);

/// <summary>
/// What the first page knows of a notebook that has a page. It is kept beside the pages (<c>book.json</c>), so that a run of some notebooks leaves
/// the pages of the others in the book, with their claims.
/// </summary>
/// <param name="Name">The notebook.</param>
/// <param name="Title">Its title.</param>
/// <param name="Problem">Where and why it stopped; null for one that ran to its end.</param>
/// <param name="Claims">The claims that its cells verified, in order.</param>
internal sealed record BookEntry(string Name, string Title, string? Problem, IReadOnlyList<BookClaim> Claims)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "book.json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Whether the page is an earlier run's.</summary>
    [JsonIgnore]
    public bool Kept { get; init; }

    /// <summary>Why the notebook was not run; null for one that was.</summary>
    public string? Skipped { get; init; }

    /// <summary>The entry of a notebook that was run, or skipped.</summary>
    public static BookEntry Of(ExecutedNotebook notebook, string title)
    {
        IEnumerable<BookClaim> claims = notebook.Claims
            .Where(claim => notebook.Outcome(claim.CellIndex) is not null)
            .Select(claim => new BookClaim(claim.Id, claim.Holds, claim.Expected, claim.Measured, claim.Margin, claim.Control, notebook.Outcome(claim.CellIndex)!.Number));
        return new(notebook.Name, title, ProblemOf(notebook), [.. claims]) { Skipped = notebook.Skipped };
    }

    /// <summary>The entries of the book in <paramref name="folder"/>; none where there is no book, or one that cannot be read.</summary>
    public static IReadOnlyList<BookEntry> Read(string folder)
    {
        try
        {
            BookEntry?[] entries = JsonSerializer.Deserialize<BookEntry?[]>(File.ReadAllBytes(Path.Combine(folder, FileName)), Options) ?? [];
            return [.. entries.OfType<BookEntry>().Where(entry => File.Exists(Path.Combine(folder, PageNames.File(entry.Name)))).Select(entry => entry with { Kept = true })];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    /// <summary>The file's text.</summary>
    public static string ToJson(IReadOnlyList<BookEntry> entries) => JsonSerializer.Serialize(entries, Options) + "\n";

    private static string? ProblemOf(ExecutedNotebook notebook)
    {
        if (notebook.Problem is { } problem)
        {
            return problem;
        }

        return notebook.Stopped is not { } cell ? null : FormattableString.Invariant($"cell [{cell.Number}] {CellProblem.Verb(cell.Status)}");
    }
}
