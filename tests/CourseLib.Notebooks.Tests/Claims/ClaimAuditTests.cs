using System.Text.Json.Nodes;
using CourseLib.Course;
using CourseLib.Notebooks.Claims;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Claims;

public class ClaimAuditTests
{
    private static readonly Ledger Two = new(new Dictionary<string, string>(), ["05-a", "07-b"], [new("a.one", "05-a", [], "…"), new("b.two", "07-b", [], "…")]);

    [Fact]
    public void Claims_that_hold_where_the_ledger_expects_them_are_no_problem()
    {
        ClaimAudit audit = ClaimAudit.Of([Notebook("05-a", Claim("a.one"))], Two);
        Assert.Empty(audit.Problems);
        Assert.Equal((1, 1), (audit.Holding, audit.Claims.Count));
    }

    [Fact]
    public void An_unknown_id_fails_the_run() => Problem("claim no.such (05-a) is not in the ledger", Two, Notebook("05-a", Claim("a.one"), Claim("no.such")));

    [Fact]
    public void Without_a_ledger_every_id_is_unknown() => Problem("claim a.one (05-a) is not in the ledger", null, Notebook("05-a", Claim("a.one")));

    [Fact]
    public void A_claim_without_a_cell_fails_the_run_and_counts()
    {
        ClaimAudit audit = Problem("07-b: no cell verified b.two", Two, Notebook("05-a", Claim("a.one")), Notebook("07-b"));
        Assert.Equal((1, 2), (audit.Holding, audit.Claims.Count));
    }

    [Fact]
    public void A_claim_of_a_notebook_that_did_not_run_is_not_missed() => Assert.Empty(ClaimAudit.Of([Notebook("05-a", Claim("a.one"))], Two).Problems);

    [Fact]
    public void A_claim_in_another_notebook_fails_the_run() => Problem("claim b.two is verified in 05-a; the ledger expects it in 07-b", Two, Notebook("05-a", Claim("a.one"), Claim("b.two")));

    [Fact]
    public void A_claim_that_does_not_hold_fails_the_run() => Problem("claim a.one (05-a) does not hold: measured 2, expected 1", Two, Notebook("05-a", Claim("a.one", holds: false)));

    [Fact]
    public void A_claim_without_a_control_does_not_count() => Problem("claim a.one (05-a) does not hold: it has no control", Two, Notebook("05-a", Claim("a.one", control: "")));

    [Fact]
    public void A_claim_shown_twice_is_one_and_holds_when_it_always_did()
    {
        Assert.Single(ClaimAudit.Of([Notebook("05-a", Claim("a.one"), Claim("a.one"))], Two).Claims);
        Problem("claim a.one (05-a) does not hold", Two, Notebook("05-a", Claim("a.one", holds: false), Claim("a.one")));
    }

    [Fact]
    public void Claims_are_read_from_the_html_that_the_library_writes()
    {
        Claim claim = Course.Claim.Close("a.one", "x < y & \"z\"", 1, 1.5, 0.25, 1, "a <b> 'c'");
        JsonArray outputs = new(new JsonObject { ["data"] = new JsonObject { ["text/html"] = new JsonArray("<p data-other=\"1\">", claim.ToHtml(), "</p>") } }, new JsonObject { ["text"] = "<div data-claim=\"not.html\">" });
        ClaimRecord read = Assert.Single(ClaimReader.Read(outputs, "05-a", 3));
        Assert.Equal(new("a.one", "05-a", false, claim.Expected, claim.Measured, claim.Margin, claim.Control, 3), read);
        Assert.Contains("a <b> 'c'", read.Control, StringComparison.Ordinal);
    }

    private static ClaimAudit Problem(string expected, Ledger? ledger, params ExecutedNotebook[] notebooks)
    {
        ClaimAudit audit = ClaimAudit.Of(notebooks, ledger);
        Assert.Contains(expected, Assert.Single(audit.Problems), StringComparison.Ordinal);
        return audit;
    }

    private static (string Html, string Id) Claim(string id, bool holds = true, string control = "wrong: 3") =>
        ($"<div class=\"courselib-claim\" data-claim=\"{id}\" data-holds=\"{(holds ? "true" : "false")}\" data-expected=\"1\" data-measured=\"2\" data-margin=\"\" data-control=\"{control}\">…</div>", id);

    private static ExecutedNotebook Notebook(string name, params (string Html, string Id)[] claims)
    {
        JsonArray outputs = new([.. claims.Select(claim => new JsonObject { ["data"] = new JsonObject { ["text/html"] = claim.Html } })]);
        return new(name, name, null, [], [.. ClaimReader.Read(outputs, name, 0)], 0, null);
    }
}
