using System.Text.Json;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Claims;

/// <summary>
/// The list of all claims of the course: <c>notebooks/claims.json</c>, an object
/// <c>{"lectures": {key: title}, "claims": [{"id", "notebook", "sources", "claim", "show"?, "erratum"?}]}</c>.
/// </summary>
/// <param name="Lectures">The titles of the lectures by the keys that sources begin with, in the course's order.</param>
/// <param name="Claims">The claims in the ledger's order.</param>
public sealed record Ledger(IReadOnlyDictionary<string, string> Lectures, IReadOnlyList<LedgerClaim> Claims)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>The file's name.</summary>
    public const string FileName = "claims.json";

    /// <summary>A ledger without claims.</summary>
    public static Ledger Empty { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>The claim with this id, or null.</summary>
    public LedgerClaim? Find(string id) => Claims.FirstOrDefault(claim => claim.Id == id);

    /// <summary>The claims that a notebook has to verify.</summary>
    public IEnumerable<LedgerClaim> Of(string notebook) => Claims.Where(claim => claim.Notebook == notebook);

    /// <summary>Reads a ledger.</summary>
    /// <exception cref="NotebookException">The file is no ledger, or an id stands in it twice.</exception>
    public static Ledger Read(string path)
    {
        Ledger ledger;
        try
        {
            ledger = JsonSerializer.Deserialize<Ledger>(File.ReadAllBytes(path), Options) ?? Empty;
        }
        catch (JsonException e)
        {
            throw new NotebookException($"{path}: expected {{\"lectures\": {{…}}, \"claims\": [{{\"id\", \"notebook\", \"sources\", \"claim\"}}, …]}}: {e.Message}", e);
        }

        var twice = ledger.Claims.CountBy(claim => claim.Id).FirstOrDefault(entry => entry.Value > 1).Key;
        return twice is null ? ledger : throw new NotebookException($"{path}: the id \"{twice}\" stands in the ledger twice");
    }
}
