using CourseLib.Course;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Course;

public class LedgerTests
{
    private static Ledger Shipped => Ledger.Load(Path.Combine(Repository.Root, "notebooks", "claims.json"));

    [Fact]
    public void The_shipped_ledger_has_every_claim_of_the_five_lectures_and_those_beyond_them()
    {
        Ledger ledger = Shipped;
        // Whoever teaches with the course may add to it; nothing gets lost.
        Assert.InRange(ledger.Claims.Count(claim => claim.Notebook != "18-how-fast-and-why"), 134, int.MaxValue);
        Assert.InRange(ledger.Of("18-how-fast-and-why").Count(claim => claim.Id.StartsWith("kernels.", StringComparison.Ordinal)), 9, int.MaxValue);
        Assert.Equal(["intro", "perc", "lbd", "init", "cnn", "beyond"], ledger.Lectures.Keys);
        Assert.InRange(ledger.Notebooks.Count, 19, int.MaxValue);
        Assert.Equal("00-start-here", ledger.Notebooks[0]);
        Assert.InRange(new[] { "05-initialization", "07-sgd-convergence", "12-batchnorm", "15-cnn-from-scratch" }.Sum(name => ledger.Of(name).Count()), 35, int.MaxValue);
        Assert.All(ledger.Claims, claim => Assert.False(string.IsNullOrWhiteSpace(claim.Claim) || string.IsNullOrWhiteSpace(claim.Show)));
        Assert.NotNull(ledger["init.zeros"].Erratum);
    }

    [Fact]
    public void Line_ends_of_Windows_change_nothing()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, File.ReadAllText(Path.Combine(Repository.Root, "notebooks", "claims.json")).ReplaceLineEndings("\r\n"));
            Assert.Equal(Shipped.Claims.Select(claim => (claim.Id, claim.Claim, claim.Show)), Ledger.Load(path).Claims.Select(claim => (claim.Id, claim.Claim, claim.Show)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_unknown_id_names_the_nearest_one()
    {
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => Shipped["init.zeroes"]);
        Assert.Contains("\"init.zeros\"", error.Message);
        Assert.Null(Shipped.Find("init.zeroes"));
    }

    [Theory]
    [InlineData("{", "expected {")]
    [InlineData("null", "null")]
    [InlineData("""{"lectures":{},"notebooks":[]}""", "claims")]
    [InlineData("""{"lectures":{"a":"A"},"notebooks":["n"],"claims":[{"id":"x","notebook":"n","sources":["a: s"],"claim":"c"},{"id":"x","notebook":"n","sources":["a: s"],"claim":"c"}]}""", "twice")]
    [InlineData("""{"lectures":{"a":"A"},"notebooks":["n"],"claims":[{"id":"x","notebook":"m","sources":["a: s"],"claim":"c"}]}""", "\"m\"")]
    [InlineData("""{"lectures":{"a":"A"},"notebooks":["n"],"claims":[{"id":"x","notebook":"n","sources":["b: s"],"claim":"c"}]}""", "\"b: s\"")]
    [InlineData("""{"lectures":{"a":"A"},"notebooks":["n"],"claims":[{"id":"x","notebook":"n","sources":[],"claim":"c"}]}""", "no source")]
    public void A_broken_ledger_says_what_is_wrong(string json, string word)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            Assert.Contains(word, Assert.Throws<InvalidDataException>(() => Ledger.Load(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_missing_ledger_says_where_it_was_looked_for() =>
        Assert.Contains("nowhere.json", Assert.Throws<FileNotFoundException>(() => Ledger.Load("nowhere.json")).Message);
}
