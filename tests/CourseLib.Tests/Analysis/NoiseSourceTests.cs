using CourseLib.Analysis;

namespace CourseLib.Tests.Analysis;

public class NoiseSourceTests
{
    [Fact]
    public void Normals_have_mean_0_and_variance_1()
    {
        NoiseSource source = new(1);
        double[] draws = [.. Enumerable.Range(0, 40000).Select(_ => source.Normal())];
        Assert.InRange(draws.Average(), -0.025, 0.025);
        Assert.InRange(draws.Average(value => value * value), 0.96, 1.04);
    }

    [Fact]
    public void A_seed_gives_its_numbers_again()
    {
        NoiseSource a = new(7), b = new(7), c = new(8);
        double[] Draw(NoiseSource source) => [.. Enumerable.Range(0, 600).Select(_ => source.Normal() + source.Index(10))];
        double[] first = Draw(a);
        Assert.Equal(first, Draw(b));
        Assert.NotEqual(first, Draw(c));
    }

    [Fact]
    public void Chosen_indices_differ_and_each_comes_equally_often()
    {
        NoiseSource source = new(2);
        int[] counts = new int[10];
        for (int i = 0; i < 5000; i++)
        {
            int[] chosen = [.. source.Choose(3, 10)];
            Assert.Equal(3, chosen.Distinct().Count());
            foreach (int index in chosen)
            {
                counts[index]++;
            }
        }

        Assert.All(counts, count => Assert.InRange(count, 1350, 1650)); // 1500, five deviations
        Assert.Throws<ArgumentOutOfRangeException>(() => { source.Choose(4, 3); });
    }
}
