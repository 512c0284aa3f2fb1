using CourseLib.Tensors;

namespace CourseLib.Tests.Properties;

/// <summary>Sums, means, variances and extremes along an axis, and their gradients, against loops in double.</summary>
public class ReductionTests
{
    [Fact]
    public void Sums_and_means_along_an_axis() => Case.ForAll(31_000_000, c =>
    {
        (Shape shape, int axis, bool keep) = Draw(c);
        bool mean = c.Bool("mean");
        Tensor x = c.Numbers(shape).AsParameter();
        double scale = mean ? 1.0 / shape[axis] : 1;
        Tensor y = mean ? x.Mean(axis, keep) : x.Sum(axis, keep);
        Assert.Equal(keep ? shape.With(axis, 1) : shape.Without(axis), y.Shape);
        double[] expected = new double[y.Length], size = new double[y.Length];
        double total = 0, totalSize = 0;
        Tensor weights = c.Numbers(y.Shape);
        (y * weights).Sum().Backward();
        for (int flat = 0; flat < x.Length; flat++)
        {
            int target = Target(flat, shape, axis);
            expected[target] += x.Span[flat] * scale;
            size[target] += Math.Abs(x.Span[flat] * scale);
            total += x.Span[flat];
            totalSize += Math.Abs(x.Span[flat]);
            Assert.Equal(weights.Span[target] * scale, x.Grad.Span[flat], 1e-6);
        }

        Places.Close(expected, size, y.Span);
        Places.Close([total], [totalSize], x.Sum().Span);
        Places.Close([total / x.Length], [totalSize / x.Length], x.Mean().Span);
        RefusesOtherAxes(c, shape, [("Sum", a => x.Sum(a)), ("Mean", a => x.Mean(a))]);
    });

    [Fact]
    public void Variances_along_an_axis() => Case.ForAll(32_000_000, c =>
    {
        (Shape shape, int axis, bool keep) = Draw(c);
        shape = c.Show("at least two", shape.With(axis, shape[axis] + 1));
        bool unbiased = c.Bool("unbiased");
        Tensor x = c.Numbers(shape);
        Tensor y = x.Variance(axis, keep, unbiased);
        Assert.Equal(keep ? shape.With(axis, 1) : shape.Without(axis), y.Shape);
        double[] sums = new double[y.Length], squares = new double[y.Length];
        for (int flat = 0; flat < x.Length; flat++)
        {
            int target = Target(flat, shape, axis);
            sums[target] += x.Span[flat];
            squares[target] += (double)x.Span[flat] * x.Span[flat];
        }

        int count = shape[axis];
        for (int target = 0; target < y.Length; target++)
        {
            double expected = (squares[target] - (sums[target] * sums[target] / count)) / (count - (unbiased ? 1 : 0));
            Assert.Equal(expected, y.Span[target], 1e-6);
        }

        RefusesOtherAxes(c, shape, [("Variance", a => x.Variance(a))]);
    });

    [Fact]
    public void Extremes_along_an_axis_and_where_they_stand() => Case.ForAll(33_000_000, c =>
    {
        (Shape shape, int axis, bool keep) = Draw(c);
        bool largest = c.Bool("largest");
        Tensor x = c.Different(shape).AsParameter();
        Tensor y = largest ? x.Max(axis, keep) : x.Min(axis, keep);
        Assert.Equal(keep ? shape.With(axis, 1) : shape.Without(axis), y.Shape);
        int[] best = [.. Enumerable.Repeat(-1, y.Length)];
        for (int flat = 0; flat < x.Length; flat++)
        {
            ref int place = ref best[Target(flat, shape, axis)];
            place = place < 0 || (largest ? x.Span[flat] > x.Span[place] : x.Span[flat] < x.Span[place]) ? flat : place;
        }

        Tensor weights = c.Numbers(y.Shape);
        (y * weights).Sum().Backward();
        float[] gradient = new float[x.Length];
        for (int target = 0; target < best.Length; target++)
        {
            Assert.Equal(x.Span[best[target]], y.Span[target]);
            gradient[best[target]] = weights.Span[target];
        }

        Assert.Equal(gradient, x.Grad.ToArray());
        int[] last = [.. Enumerable.Range(0, x.Length / shape[-1]).Select(row => Best(x.Span.Slice(row * shape[-1], shape[-1])))];
        Assert.Equal([.. last.Select(place => (float)place)], x.ArgMax().ToArray());
        RefusesOtherAxes(c, shape, [("Max", a => x.Max(a)), ("Min", a => x.Min(a))]);
        Tensor empty = Tensor.Zeros(shape.With(axis, 0));
        c.Refused(() => empty.Max(axis), "Max", empty.Shape.ToString());
    });

    private static (Shape Shape, int Axis, bool Keep) Draw(Case c)
    {
        Shape shape = c.Shape("shape", minRank: 1, empty: false);
        return (shape, c.Int("axis", -shape.Rank, shape.Rank - 1), c.Bool("keepDim"));
    }

    private static int Target(int flat, in Shape shape, int axis) =>
        Places.Flat(Places.With(Places.Of(flat, shape), (axis + shape.Rank) % shape.Rank, 0), shape.With(axis, 1));

    private static int Best(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    private static void RefusesOtherAxes(Case c, Shape shape, (string Name, Func<int, Tensor> Reduce)[] operations)
    {
        int outside = c.Bool("above") ? shape.Rank + c.Int("by", 0, 3) : -shape.Rank - c.Int("by", 1, 4);
        foreach ((string name, Func<int, Tensor> reduce) in operations)
        {
            c.Refused(() => reduce(outside), name, shape.ToString());
        }
    }
}
