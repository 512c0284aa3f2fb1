using CourseLib.Course;
using CourseLib.Notebooks.Book.Formulas;

namespace CourseLib.Notebooks.Book.Pages;

/// <summary>A claim in the ledger: what the lecture says, what was measured and where, and its erratum.</summary>
internal static class ClaimHtml
{
    /// <summary>The verdict in words.</summary>
    public static string Words(ClaimState state) => state switch
    {
        ClaimState.Holds => "holds",
        ClaimState.Fails => "does not hold",
        ClaimState.Missing => "not measured",
        ClaimState.NotRun => "not run yet",
        _ => "not written yet",
    };

    /// <summary>The class that colours it.</summary>
    public static string Class(ClaimState state) => state switch
    {
        ClaimState.Holds => "holds",
        ClaimState.Fails => "fails",
        ClaimState.Missing => "missing",
        _ => "waiting",
    };

    /// <summary>Adds a claim.</summary>
    public static void Add(MarkupWriter html, LedgerRow row, TypesetFormulas formulas)
    {
        LedgerClaim claim = row.Claim;
        string erratum = claim.Erratum is null ? "" : " erratum";
        html.Add($"<article class=\"claim {Class(row.State)}{erratum}\" id=\"{PageNames.Claim(claim.Id)}\">\n");
        html.Add($"<p class=\"verdict\">{Words(row.State)}</p>\n<p class=\"says\">{LedgerText.Render(claim.Claim, formulas)}</p>\n");
        AddMeasured(html, row);
        if (row.Measured is null && claim.Show is { } show)
        {
            html.Add($"<details class=\"note\"><summary>What has to be measured</summary><p>{LedgerText.Render(show, formulas)}</p></details>\n");
        }

        if (claim.Erratum is { } wrong)
        {
            html.Add($"<details class=\"note amber\"><summary>Erratum</summary><p>{LedgerText.Render(wrong, formulas)}</p></details>\n");
        }

        html.Add($"<p class=\"where\"><code>{claim.Id}</code>");
        AddCell(html, row);
        foreach ((string? lecture, string? slide) in row.Sources)
        {
            html.Add($" <span class=\"slide\">{lecture}: {LedgerText.InItsLanguage(slide)}</span>");
        }

        html.Add($"</p>\n</article>\n");
    }

    private static void AddCell(MarkupWriter html, LedgerRow row)
    {
        if (row is { Entry: { } entry, Measured: { } measured })
        {
            html.Add($" <a href=\"{PageNames.Link(entry.Name)}#{PageNames.Claim(measured.Id)}\">{entry.Name}, cell [{measured.Cell}]</a>");
        }
        else if (row.Entry is { } page)
        {
            html.Add($" <a href=\"{PageNames.Link(page.Name)}\">{page.Name}</a>: {(page.Problem is null ? "no cell verifies it" : page.Problem + ", no cell verified it")}");
        }
        else
        {
            html.Add($" <span>{row.Claim.Notebook}</span>");
        }
    }

    private static void AddMeasured(MarkupWriter html, LedgerRow row)
    {
        if (row.Measured is not { } measured)
        {
            return;
        }

        html.Add($"<dl>\n");
        AddValue(html, "Expected", measured.Expected);
        AddValue(html, "Measured", measured.Measured);
        AddValue(html, "Margin", measured.Margin);
        AddValue(html, "Control", measured.Control);
        html.Add($"</dl>\n");
    }

    private static void AddValue(MarkupWriter html, string name, string value)
    {
        if (value.Length > 0)
        {
            html.Add($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
        }
    }
}
