using CourseLib.Course;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Claims;

/// <summary>The claims of a run held against the ledger.</summary>
/// <param name="Claims">Every claim of the notebooks that ran, once: those that cells verified, then those that should have been.</param>
/// <param name="Problems">What makes the run fail: claims that do not hold, are missing, unknown, or stand in another notebook than the ledger says.</param>
internal sealed record ClaimAudit(IReadOnlyList<ClaimRecord> Claims, IReadOnlyList<string> Problems)
{
    /// <summary>How many claims hold.</summary>
    public int Holding => Claims.Count(claim => claim.Holds);

    /// <summary>Holds the claims of <paramref name="notebooks"/> against the ledger; no ledger knows no claim.</summary>
    public static ClaimAudit Of(IReadOnlyList<ExecutedNotebook> notebooks, Ledger? ledger)
    {
        List<ClaimRecord> claims = new();
        List<string> problems = new();
        foreach (ExecutedNotebook notebook in notebooks)
        {
            foreach (IGrouping<string, ClaimRecord> shown in notebook.Claims.GroupBy(claim => claim.Id))
            {
                // A claim shown twice (once in the middle, once as the value of the cell) is one; it holds when it always did.
                ClaimRecord claim = shown.FirstOrDefault(record => !record.Holds) ?? shown.Last();
                LedgerClaim? known = ledger?.Find(claim.Id);
                claims.Add(claim);
                if (!claim.Holds)
                {
                    string why = string.IsNullOrWhiteSpace(claim.Control) ? "it has no control" : $"measured {claim.Measured}, expected {$"{claim.Expected} {claim.Margin}".Trim()}; control {claim.Control}";
                    problems.Add($"claim {claim.Id} ({notebook.Name}) does not hold: {why}");
                }

                if (known is null)
                {
                    problems.Add($"claim {claim.Id} ({notebook.Name}) is not in the ledger");
                }
                else if (known.Notebook != notebook.Name)
                {
                    problems.Add($"claim {claim.Id} is verified in {notebook.Name}; the ledger expects it in {known.Notebook}");
                }
            }

            List<string> missing = ledger?.Of(notebook.Name).Where(expected => notebook.Claims.All(claim => claim.Id != expected.Id)).Select(claim => claim.Id).ToList() ?? [];
            claims.AddRange(missing.Select(id => new ClaimRecord(id, notebook.Name, false, "", "no cell verified it", "", "", -1)));
            if (missing.Count > 0)
            {
                problems.Add($"{notebook.Name}{(notebook.Succeeded ? "" : notebook.Failed ? ", which stopped" : ", which was skipped")}: no cell verified {string.Join(", ", missing)}");
            }
        }

        return new(claims, problems);
    }
}
