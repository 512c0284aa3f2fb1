using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

public class PathSumTests
{
    [Theory]
    [Term("Backpropagation")]
    [InlineData(2, 3, 16, 8)]
    [InlineData(4, 5, 4096, 64)]
    [InlineData(3, 1, 0, 0)]
    public void Both_ways_agree_and_count_what_the_formulas_say(int width, int depth, int byPaths, int backward)
    {
        IReadOnlyList<double[,]> levels = PathSum.RandomLevels(width, depth, new Generator(9));
        (PathSum paths, PathSum back) = (PathSum.ByPaths(levels), PathSum.Backward(levels));
        Assert.Equal((byPaths, backward), (paths.Multiplications, back.Multiplications));
        for (int i = 0; i < width; i++)
        {
            Assert.Equal(back.Gradient[i], paths.Gradient[i], 1e-12);
        }
    }

    [Fact]
    public void A_small_net_by_hand()
    {
        double[][,] levels = [new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }, new double[,] { { 7, -1 } }];
        Assert.Equal([3, 9, 15], PathSum.ByPaths(levels).Gradient);
        Assert.Equal([3, 9, 15], PathSum.Backward(levels).Gradient);
    }

    [Fact]
    public void Levels_that_do_not_fit_are_named() =>
        Assert.Contains("(2, 3), (1, 3)", Assert.Throws<ArgumentException>(() => PathSum.ByPaths([new double[2, 3], new double[1, 3]])).Message);
}
