using System.Text.Json;

namespace CourseLib.Course;

/// <summary>The list of all claims of the course: <c>notebooks/claims.json</c>.</summary>
/// <param name="Lectures">The titles of the lectures by the keys that sources begin with, in the course's order.</param>
/// <param name="Notebooks">The notebooks in the course's order.</param>
/// <param name="Claims">The claims in the ledger's order.</param>
public sealed record Ledger(IReadOnlyDictionary<string, string> Lectures, IReadOnlyList<string> Notebooks, IReadOnlyList<LedgerClaim> Claims)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    /// <summary>The claim with this id.</summary>
    /// <exception cref="KeyNotFoundException">No claim has this id; the message names the nearest one.</exception>
    public LedgerClaim this[string id] => Find(id)
        ?? throw new KeyNotFoundException($"Ledger: no claim has the id \"{id}\"" + (Nearest(id) is { } nearest ? $"; did you mean \"{nearest}\"?" : ""));

    /// <summary>The claim with this id, or null.</summary>
    public LedgerClaim? Find(string id) => Claims.FirstOrDefault(claim => claim.Id == id);

    /// <summary>The claims that a notebook has to verify.</summary>
    public IEnumerable<LedgerClaim> Of(string notebook) => Claims.Where(claim => claim.Notebook == notebook);

    /// <summary>Reads a ledger and holds its parts together: ids are unique, notebooks and lectures are listed.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no ledger; the message says what was expected.</exception>
    public static Ledger Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"Ledger.Load: no file \"{Path.GetFullPath(path)}\"; expected the course's notebooks/claims.json", path);
        }

        Ledger ledger;
        try
        {
            ledger = JsonSerializer.Deserialize<Ledger>(File.ReadAllBytes(path), Options) ?? throw new JsonException("the file says null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"Ledger.Load: {path}: expected {{\"lectures\": {{key: title}}, \"notebooks\": […], \"claims\": [{{\"id\", \"notebook\", \"sources\", \"claim\"}}, …]}}: {e.Message}", e);
        }

        ledger.Validate(path);
        return ledger;
    }

    private void Validate(string path)
    {
        void Demand(bool condition, string fault)
        {
            if (!condition)
            {
                throw new InvalidDataException($"Ledger.Load: {path}: {fault}");
            }
        }

        HashSet<string> ids = new();
        foreach (LedgerClaim claim in Claims)
        {
            Demand(ids.Add(claim.Id), $"the id \"{claim.Id}\" stands in the ledger twice");
            Demand(Notebooks.Contains(claim.Notebook), $"claim \"{claim.Id}\" names the notebook \"{claim.Notebook}\", which \"notebooks\" does not list");
            Demand(claim.Sources.Count > 0, $"claim \"{claim.Id}\" has no source");
            foreach (string source in claim.Sources)
            {
                string[] key = source.Split(": ", 2);
                Demand(key.Length == 2 && Lectures.ContainsKey(key[0]), $"claim \"{claim.Id}\": expected the source \"lecture key: slide heading\" with a listed lecture, got \"{source}\"");
            }
        }
    }

    private string? Nearest(string id)
    {
        (string, int) best = Claims.Select(claim => (claim.Id, Distance: Distance(claim.Id, id))).DefaultIfEmpty(("", int.MaxValue)).MinBy(pair => pair.Item2);
        return best.Item2 <= Math.Max(2, id.Length / 3) ? best.Item1 : null;
    }

    // Levenshtein's edit distance, one row at a time.
    private static int Distance(string a, string b)
    {
        int[] row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }

        return row[b.Length];
    }
}
