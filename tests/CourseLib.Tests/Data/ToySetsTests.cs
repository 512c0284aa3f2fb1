using CourseLib.Data;
using CourseLib.Kernels;

namespace CourseLib.Tests.Data;

public class ToySetsTests
{
    public static TheoryData<string, int> Sets => new() { { "blobs", 3 }, { "moons", 2 }, { "spirals", 3 }, { "circles", 2 }, { "xor", 2 } };

    private static Dataset Make(string name, ulong seed) => name switch
    {
        "blobs" => ToySets.Blobs(120, generator: new Generator(seed)),
        "moons" => ToySets.Moons(120, generator: new Generator(seed)),
        "spirals" => ToySets.Spirals(120, generator: new Generator(seed)),
        "circles" => ToySets.Circles(120, generator: new Generator(seed)),
        _ => ToySets.Xor(120, generator: new Generator(seed)),
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void A_seed_gives_a_balanced_set_again(string name, int classes)
    {
        (Dataset? data, Dataset? again, Dataset? other) = (Make(name, 1), Make(name, 1), Make(name, 2));
        Assert.Equal("(120, 2)", data.Inputs.Shape.ToString());
        Assert.Equal(data.Inputs.ToArray(), again.Inputs.ToArray());
        Assert.NotEqual(data.Inputs.ToArray(), other.Inputs.ToArray());
        for (int label = 0; label < classes; label++)
        {
            Assert.Equal(120 / classes, data.Targets.ToArray().Count(value => value == label));
        }
    }

    [Fact]
    public void Without_noise_points_lie_where_the_documentation_says()
    {
        Dataset xor = ToySets.Xor(4, noise: 0);
        Assert.Equal(4, Enumerable.Range(0, 4).Select(i => (xor.Inputs[i, 0], xor.Inputs[i, 1])).Distinct().Count());
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(xor.Inputs[i, 0] == xor.Inputs[i, 1] ? 0 : 1, xor.Label(i));
        }

        Dataset circles = ToySets.Circles(40, inner: 0.4f, noise: 0);
        Dataset moons = ToySets.Moons(40, noise: 0);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(circles.Label(i) == 0 ? 1 : 0.4f, MathF.Sqrt(Square(circles.Inputs[i, 0]) + Square(circles.Inputs[i, 1])), 1e-5f);
            (float x, float y) = moons.Label(i) == 0 ? (0f, 0f) : (1f, 0.5f);
            Assert.Equal(1, MathF.Sqrt(Square(moons.Inputs[i, 0] - x) + Square(moons.Inputs[i, 1] - y)), 1e-5f);
        }

        Assert.Equal(40, Enumerable.Range(0, 40).Select(i => (circles.Inputs[i, 0], circles.Inputs[i, 1])).Distinct().Count());
        Dataset blobs = ToySets.Blobs(4, classes: 4, spread: 0);
        Assert.Equal(2, blobs.Inputs[0, 0], 1e-5f);
        Assert.Equal(2, blobs.Inputs[1, 1], 1e-5f);
    }

    [Fact]
    public void Regression_follows_its_curve()
    {
        Dataset data = ToySets.Regression1D(21, noise: 0);
        Assert.Equal("(21, 1)", data.Targets.Shape.ToString());
        Assert.Equal((-1f, 1f), (data.Inputs[0, 0], data.Inputs[20, 0]));
        Assert.Equal(MathF.Sin(3), data.Targets[20, 0], 1e-6f);
        Dataset line = ToySets.Regression1D(5, noise: 0, function: x => 2 * x);
        Assert.Equal([-2f, -1, 0, 1, 2], line.Targets.ToArray());
        Dataset noisy = ToySets.Regression1D(2000, noise: 0.5f, function: _ => 0, generator: new Generator(3));
        Assert.InRange(MathF.Sqrt(noisy.Targets.ToArray().Average(Square)), 0.45f, 0.55f);
    }

    [Fact]
    public void Impossible_sets_are_refused()
    {
        Assert.Contains("ToySets.Blobs", Assert.Throws<ArgumentException>(() => ToySets.Blobs(0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ToySets.Moons(10, noise: -1));
        Assert.Throws<ArgumentException>(() => ToySets.Regression1D(10, noise: float.NaN));
    }

    private static float Square(float x) => x * x;

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    public void Separable_points_keep_their_distance_from_the_line_that_separates_them(double gap)
    {
        double[] line = [0.2, 0.6, -0.8];
        Dataset data = ToySets.Separable(200, line, gap, new Generator(4));
        for (int i = 0; i < data.Count; i++)
        {
            double side = line[0] + (line[1] * data.Inputs[i, 0]) + (line[2] * data.Inputs[i, 1]);
            Assert.True(data.Targets[i] * side > gap - 1e-6, $"point {i}: {side}, class {data.Targets[i]}");
            Assert.True(Math.Max(Math.Abs(data.Inputs[i, 0]), Math.Abs(data.Inputs[i, 1])) <= 1);
        }

        Assert.InRange(data.Targets.ToArray().Count(value => value > 0), 50, 150);
        Assert.Equal(data.Inputs.ToArray(), ToySets.Separable(200, line, gap, new Generator(4)).Inputs.ToArray());
    }

    [Fact]
    public void Separable_refuses_what_cannot_be()
    {
        Assert.Contains("got 2 numbers", Assert.Throws<ArgumentException>(() => ToySets.Separable(3, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("got 5", Assert.Throws<ArgumentException>(() => ToySets.Separable(3, [0, 1, 1], gap: 5)).Message, StringComparison.Ordinal);
    }
}
