using CourseLib.Analysis;

namespace CourseLib.Tests.Analysis;

public class BrokenLineTests
{
    private static double Square(double x) => x * x;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(32)]
    public void A_chord_of_a_square_is_off_by_a_quarter_of_its_width_squared(int pieces)
    {
        double quarter = 0.25 / pieces / pieces;
        Assert.Equal(quarter, BrokenLine.Through(Square, pieces).LargestError(Square), 12);
        Assert.Equal(quarter / 2, BrokenLine.Through(Square, pieces, -quarter / 2).LargestError(Square), 12);
    }

    [Fact]
    public void It_meets_the_function_at_its_knots_and_is_straight_between_them()
    {
        BrokenLine line = BrokenLine.Through(Math.Sqrt, 5);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(Math.Sqrt(i / 5.0), line.Value(i / 5.0), 12));
        Assert.Equal((line.Value(0.4) + line.Value(0.6)) / 2, line.Value(0.5), 12);
        Assert.Throws<ArgumentOutOfRangeException>(() => BrokenLine.Through(Math.Sqrt, 0));
    }
}
