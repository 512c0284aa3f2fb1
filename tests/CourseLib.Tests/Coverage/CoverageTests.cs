namespace CourseLib.Tests.Coverage;

/// <summary>The table of terms, and that a hole in it would be seen.</summary>
public class CoverageTests
{
    private static readonly Term Known = new("Known", "известный", "perc, \"Слайд\"", typeof(string), typeof(List<int>));

    [Fact]
    public void Every_term_has_a_type_and_a_test()
    {
        string[] problems = [.. CoverageTable.Own().Problems()];
        Assert.True(problems.Length == 0, string.Join('\n', problems));
    }

    [Fact]
    public void The_table_is_up_to_date()
    {
        string written = File.ReadAllText(Architecture.Repository.Full(CoverageTable.File)).ReplaceLineEndings("\n");
        string[] now = CoverageTable.Own().ToMarkdown().Split('\n'), then = written.Split('\n');
        string[] changes = [.. now.Except(then).Select(line => "+ " + line), .. then.Except(now).Select(line => "- " + line)];
        Assert.True(changes.Length == 0 && now.Length == then.Length,
            $"{CoverageTable.File} is out of date: dotnet run --project tests/CourseLib.Tests -- coverage\n{string.Join('\n', changes)}");
    }

    [Fact]
    public void A_row_names_the_term_its_place_its_types_and_its_tests()
    {
        CoverageTable table = new([Known], [typeof(Proof)]);
        Assert.Empty(table.Problems());
        Assert.EndsWith(
            "\n| Known | известный | perc, \"Слайд\" | `String`, `Collections.Generic.List` | `Coverage.Proof.Live` |\n", table.ToMarkdown().Replace("System.", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("`Coverage.ProofOfClass (2 tests)`", new CoverageTable([Known], [typeof(ProofOfClass)]).ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_test_or_type_leaves_a_hole_that_is_named()
    {
        Assert.StartsWith("'Known' has no test", Assert.Single(new CoverageTable([Known], []).Problems()), StringComparison.Ordinal);
        Assert.StartsWith("'Known' has no type", Assert.Single(new CoverageTable([Known with { Types = [] }], [typeof(Proof)]).Problems()), StringComparison.Ordinal);
        Assert.StartsWith("'Known' does not say where", Assert.Single(new CoverageTable([Known with { Lectures = "" }], [typeof(Proof)]).Problems()), StringComparison.Ordinal);
        Assert.NotEqual(new CoverageTable([Known], [typeof(Proof)]).ToMarkdown(), new CoverageTable([Known], []).ToMarkdown());
        Assert.NotEqual(new CoverageTable([Known], [typeof(Proof)]).ToMarkdown(), new CoverageTable([Known with { Types = [typeof(string)] }], [typeof(Proof)]).ToMarkdown());
    }

    [Fact]
    public void What_is_no_test_or_is_skipped_proves_nothing()
    {
        Assert.StartsWith("'Known' has no test", Assert.Single(new CoverageTable([Known], [typeof(Skipped), typeof(NoTest)]).Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_term_and_one_that_is_there_twice_are_named()
    {
        Assert.StartsWith("no term is called 'Known'; Coverage.Proof.Live", Assert.Single(new CoverageTable([], [typeof(Proof)]).Problems()), StringComparison.Ordinal);
        Assert.Equal("'Known' is listed 2 times", Assert.Single(new CoverageTable([Known, Known], [typeof(Proof)]).Problems()));
    }

    // Not public, so that the runner leaves them alone and the table of this assembly does not see them.
#pragma warning disable xUnit1000, xUnit1004
    private class Proof
    {
        [Fact]
        [Term("Known")]
        public void Live()
        {
        }
    }

    [Term("Known")]
    private class ProofOfClass
    {
        [Fact]
        public void One()
        {
        }

        [Theory]
        [InlineData(1)]
        public void Two(int n) => Assert.Equal(1, n);

        public static void Helper()
        {
        }
    }

    [Term("Known")]
    private class Skipped
    {
        [Fact(Skip = "not today")]
        [Term("Known")]
        public void Never()
        {
        }
    }

    private class NoTest
    {
        [Term("Known")]
        public void Forgotten()
        {
        }
    }
#pragma warning restore xUnit1000, xUnit1004
}
