using CourseLib.Analysis;

namespace CourseLib.Tests.Analysis;

/// <summary>Paired differences, shares of variance and timings on cases that can be done by hand.</summary>
public class ComparisonTests
{
    private static readonly int[] Levels = [0, 1, 2];

    private static IEnumerable<(int A, int B, int Seed)> Design => from a in Levels from b in Levels from seed in Levels select (a, b, seed);

    [Fact]
    public void A_paired_difference_forgets_what_the_seed_does()
    {
        PairedDifference difference = PairedDifference.Of([10.1, 20.3, 30.2], [10, 20, 30]);
        Assert.Equal(0.2, difference.Mean, 1e-12);
        Assert.Equal(0.1 / Math.Sqrt(3), difference.StandardError, 1e-12);
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1, 2], [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1], [1]));
    }

    [Fact]
    public void Sums_of_factors_have_no_interaction_and_shares_like_their_variances()
    {
        VarianceShares shares = VarianceShares.Of(Design, run => (3 * run.A) + run.B, run => run.A, run => run.B);
        Assert.Equal([0.9, 0.1, 0, 0], shares.All.Select(share => Math.Round(share, 12)));
    }

    [Fact]
    public void A_product_of_centred_factors_is_all_interaction_and_seeds_are_the_rest()
    {
        Assert.Equal([0, 0, 1, 0], VarianceShares.Of(Design, run => (run.A - 1) * (run.B - 1), run => run.A, run => run.B).All.Select(share => Math.Round(share, 12)));
        VarianceShares seeds = VarianceShares.Of(Design, run => run.Seed + (2 * run.A), run => run.A, run => run.B);
        Assert.Equal([0.8, 0, 0, 0.2], seeds.All.Select(share => Math.Round(share, 12)));
    }

    [Fact]
    public void An_unbalanced_design_is_refused()
    {
        Assert.Throws<ArgumentException>(() => VarianceShares.Of(Design.Skip(1), run => run.A, run => run.A, run => run.B));
        Assert.Throws<ArgumentException>(() => VarianceShares.Of(Design.Where(run => run.A != run.B), run => run.A, run => run.A, run => run.B));
        Assert.Throws<ArgumentException>(() => VarianceShares.Of(Design, _ => 1, run => run.A));
        Assert.Throws<ArgumentException>(() => VarianceShares.Of(Design, run => run.A));
    }
}
