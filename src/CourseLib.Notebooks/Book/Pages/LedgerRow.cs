using CourseLib.Course;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>What is known of a claim.</summary>
internal enum ClaimState
{
    /// <summary>A cell measured it and it holds.</summary>
    Holds,

    /// <summary>A cell measured it and it does not hold.</summary>
    Fails,

    /// <summary>Its notebook has run, and no cell verified it.</summary>
    Missing,

    /// <summary>Its notebook was not run yet.</summary>
    NotRun,

    /// <summary>Its notebook is not written yet.</summary>
    NotWritten,
}

/// <summary>A claim of the ledger with what a cell found.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="State">What is known.</param>
/// <param name="Entry">The notebook with the cell that verified it, or its own notebook; null where that has no page.</param>
/// <param name="Measured">What the cell reported; null where none did.</param>
internal sealed record LedgerRow(LedgerClaim Claim, ClaimState State, BookEntry? Entry, BookClaim? Measured)
{
    /// <summary>Whether it counts in "N of N claims hold".</summary>
    public bool Counts => State is ClaimState.Holds or ClaimState.Fails or ClaimState.Missing;

    /// <summary>The lecture that states it first.</summary>
    public string Lecture => Sources.Count == 0 ? "" : Sources[0].Lecture;

    /// <summary>Where the lectures state it.</summary>
    public IReadOnlyList<(string Lecture, string Slide)> Sources { get; } = [.. Claim.Sources.Select(Split)];

    /// <summary>One row for each claim, in the ledger's order.</summary>
    /// <param name="ledger">All claims.</param>
    /// <param name="entries">The notebooks that have a page.</param>
    /// <param name="written">The names of the notebooks that exist.</param>
    public static IReadOnlyList<LedgerRow> All(Ledger ledger, IReadOnlyList<BookEntry> entries, IReadOnlyCollection<string> written)
    {
        // A claim that fails in one place fails, wherever else it was measured.
        Dictionary<string, (BookEntry Entry, BookClaim Claim)> found = entries
            .SelectMany(entry => entry.Claims.Select(claim => (Entry: entry, Claim: claim)))
            .GroupBy(pair => pair.Claim.Id)
            .ToDictionary(group => group.Key, group => group.OrderBy(pair => pair.Claim.Holds).First());
        List<LedgerRow> rows = new();
        foreach (LedgerClaim claim in ledger.Claims)
        {
            if (found.TryGetValue(claim.Id, out (BookEntry Entry, BookClaim Claim) at))
            {
                rows.Add(new(claim, at.Claim.Holds ? ClaimState.Holds : ClaimState.Fails, at.Entry, at.Claim));
                continue;
            }

            BookEntry? entry = entries.FirstOrDefault(entry => entry.Name == claim.Notebook);
            ClaimState state = entry is not null ? ClaimState.Missing : written.Contains(claim.Notebook) ? ClaimState.NotRun : ClaimState.NotWritten;
            rows.Add(new(claim, state, entry, null));
        }

        return rows;
    }

    private static (string Lecture, string Slide) Split(string source)
    {
        int colon = source.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (source, "") : (source[..colon].Trim(), source[(colon + 1)..].Trim());
    }
}
