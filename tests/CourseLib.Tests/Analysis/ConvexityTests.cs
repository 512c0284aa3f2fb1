using CourseLib.Analysis;

namespace CourseLib.Tests.Analysis;

public class ConvexityTests
{
    [Fact]
    public void A_bowl_is_never_too_high_in_the_middle_and_a_dome_always()
    {
        Assert.Equal(0, Convexity.BrokenShare((x, y) => (x * x) + (y * y), 5));
        Assert.Equal(0, Convexity.BrokenShare((x, y) => (3 * x) - y, 5)); // a plane is convex, just so
        Assert.Equal(1, Convexity.BrokenShare((x, y) => -(x * x) - (y * y), 5));
        Assert.InRange(Convexity.BrokenShare((x, y) => (x * x) - (y * y), 5), 0.2, 0.8);
    }
}
