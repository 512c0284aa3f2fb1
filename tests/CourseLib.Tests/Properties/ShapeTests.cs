using CourseLib.Tensors;

namespace CourseLib.Tests.Properties;

/// <summary>Shape arithmetic, indexing, Reshape, Flatten and Permute against one element after the other.</summary>
public class ShapeTests
{
    [Fact]
    public void Sizes_length_and_axes_agree() => Case.ForAll(1_000_000, c =>
    {
        Shape shape = c.Shape("shape", maxRank: Shape.MaxRank, maxSize: 4);
        int[] sizes = shape.ToArray();
        Assert.Equal(sizes.Aggregate(1, (product, size) => product * size), shape.ElementCount);
        Assert.Equal(shape, new Shape(sizes));
        Assert.Equal(shape.GetHashCode(), new Shape(sizes).GetHashCode());
        Assert.Equal(sizes, Enumerable.Range(-shape.Rank, shape.Rank).Select(axis => shape[axis]));
        int from = c.Int("from", 0, shape.Rank);
        int to = c.Int("to", from, shape.Rank);
        Assert.Equal(sizes[from..to].Aggregate(1, (product, size) => product * size), shape.Product(from, to));
        c.Refused(() => shape.Product(from, shape.Rank + 1), "Shape.Product", shape.ToString());
        if (shape.Rank > 0)
        {
            int axis = c.Int("axis", -shape.Rank, shape.Rank - 1);
            int positive = (axis + shape.Rank) % shape.Rank;
            Assert.Equal([.. sizes[..positive], .. sizes[(positive + 1)..]], shape.Without(axis).ToArray());
            Assert.Equal([.. sizes[..positive], 7, .. sizes[(positive + 1)..]], shape.With(axis, 7).ToArray());
            Assert.NotEqual(shape, shape.With(axis, 7));
            c.Refused(() => shape.With(axis, -1), "Shape", "-1");
        }

        int outside = c.Bool("above") ? shape.Rank + c.Int("by", 0, 3) : -shape.Rank - c.Int("by", 1, 4);
        c.Refused(() => shape[outside], "Shape", shape.ToString());
        c.Refused(() => shape.Without(outside), "Shape.Without", shape.ToString());
    });

    [Fact]
    public void Broadcasting_two_shapes_follows_the_rule_or_is_refused() => Case.ForAll(2_000_000, c =>
    {
        Shape a = c.Shape("a", maxSize: 3);
        Shape b = c.Shape("b", maxSize: 3);
        int rank = Math.Max(a.Rank, b.Rank);
        int[] expected = new int[rank];
        bool possible = true;
        for (int axis = 0; axis < rank; axis++)
        {
            int left = axis < rank - a.Rank ? 1 : a[axis - rank + a.Rank];
            int right = axis < rank - b.Rank ? 1 : b[axis - rank + b.Rank];
            possible &= left == right || left == 1 || right == 1;
            expected[axis] = left == 1 ? right : left;
        }

        if (possible)
        {
            Assert.Equal(expected, Shape.Broadcast("Try", a, b).ToArray());
            Assert.Equal(expected, Shape.Broadcast("Try", b, a).ToArray());
        }
        else
        {
            c.Refused(() => Shape.Broadcast("Try", a, b), "Try", a.ToString(), b.ToString());
        }
    });

    [Fact]
    public void An_index_reads_the_row_major_element_and_no_other() => Case.ForAll(3_000_000, c =>
    {
        Shape shape = c.Shape("shape", minRank: 1, empty: false);
        Tensor x = Tensor.Arange(0, shape.ElementCount).Reshape(shape.ToArray());
        int[] index = Places.Of(c.Int("element", 0, shape.ElementCount - 1), shape);
        Assert.Equal(Places.Flat(index, shape), Read(x, index));
        int axis = c.Int("axis", 0, shape.Rank - 1);
        int[] outside = c.Show("outside", Places.With(index, axis, c.Bool("above") ? shape[axis] + c.Int("by", 0, 2) : -c.Int("by", 1, 3)));
        c.Refused(() => Read(x, outside), "index", shape.ToString());
        if (shape.Rank > 1)
        {
            c.Refused(() => Read(x, index[1..]), "indices", shape.ToString());
        }
    });

    [Fact]
    public void Reshape_and_Flatten_keep_the_numbers_and_their_order() => Case.ForAll(4_000_000, c =>
    {
        Shape shape = c.Shape("shape", empty: false);
        Tensor x = c.Numbers(shape).AsParameter();
        int[] sizes = Regroup(c, shape);
        int unknown = c.Int("unknown", -1, sizes.Length - 1);
        int[] request = unknown < 0 ? sizes : Places.With(sizes, unknown, -1);
        Tensor y = x.Reshape(request);
        Assert.Equal(sizes, y.Shape.ToArray());
        Assert.Equal(x.ToArray(), y.ToArray());
        Assert.Equal(x.ToArray(), y.Reshape(shape.ToArray()).ToArray());
        int start = c.Int("start", 0, Math.Max(0, shape.Rank - 1));
        Assert.Equal([.. shape.ToArray()[..start], shape.Product(start, shape.Rank)], x.Flatten(start).Shape.ToArray());

        Tensor weights = c.Numbers(y.Shape);
        (y * weights).Sum().Backward();
        Assert.Equal(weights.ToArray(), x.Grad.ToArray());

        string named = shape.ToString();
        c.Refused(() => x.Reshape([.. sizes, 2]), "Reshape", named);
        c.Refused(() => x.Reshape([.. sizes, -1, -1]), "Reshape");
        c.Refused(() => x.Reshape([-2, .. sizes]), "Reshape");
        c.Refused(() => x.Reshape(-1, shape.ElementCount + 1), "Reshape", named);
    });

    [Fact]
    public void Permute_moves_each_element_and_its_inverse_brings_it_back() => Case.ForAll(5_000_000, c =>
    {
        Shape shape = c.Shape("shape", maxSize: 4);
        Tensor x = c.Numbers(shape).AsParameter();
        int[] order = c.Order("order", shape.Rank);
        int[] request = [.. order.Select(axis => c.Bool("from the end") ? axis - shape.Rank : axis)];
        Tensor y = x.Permute(request);
        Assert.Equal([.. order.Select(axis => shape[axis])], y.Shape.ToArray());
        Tensor weights = c.Numbers(y.Shape);
        (y * weights).Sum().Backward();
        int[] inverse = new int[order.Length];
        for (int axis = 0; axis < order.Length; axis++)
        {
            inverse[order[axis]] = axis;
        }

        float[] back = y.Permute(inverse).ToArray();
        for (int flat = 0; flat < y.Length; flat++)
        {
            int[] index = Places.Of(flat, y.Shape);
            int source = Places.Flat([.. inverse.Select(axis => index[axis])], shape);
            Assert.Equal(x.Span[source], y.Span[flat]);
            Assert.Equal(weights.Span[flat], x.Grad.Span[source]);
            Assert.Equal(x.Span[source], back[source]);
        }

        if (shape.Rank == 2)
        {
            Assert.Equal(x.Permute(1, 0).ToArray(), x.Transpose().ToArray());
        }
        else
        {
            c.Refused(() => x.Transpose(), "Transpose", shape.ToString());
        }

        if (shape.Rank > 0)
        {
            int at = c.Int("at", 0, shape.Rank - 1);
            c.Refused(() => x.Permute(Places.With(order, at, shape.Rank)), "Permute", shape.ToString());
            c.Refused(() => x.Permute(order[1..]), "Permute", shape.ToString());
            c.Refused(() => x.Permute([.. order, order[0]]), "Permute", shape.ToString());
        }

        if (shape.Rank > 1)
        {
            c.Refused(() => x.Permute(Places.With(order, 0, order[1])), "Permute", shape.ToString());
        }
    });

    [Fact]
    public void A_property_that_does_not_hold_is_reported_with_seed_and_arguments()
    {
        Xunit.Sdk.FailException failure = Assert.Throws<Xunit.Sdk.FailException>(() => Case.ForAll(1, c => Assert.NotEqual(3, c.Int("n", 0, 5))));
        Assert.Matches("seed [0-9]+: n = 3;", failure.Message);
    }

    private static float Read(Tensor x, int[] index) => index.Length switch
    {
        1 => x[index[0]],
        2 => x[index[0], index[1]],
        3 => x[index[0], index[1], index[2]],
        _ => x[index[0], index[1], index[2], index[3]],
    };

    /// <summary>Other sizes with the same product: neighbours merged, ones put in.</summary>
    private static int[] Regroup(Case c, in Shape shape)
    {
        List<int> sizes = [];
        foreach (int size in shape)
        {
            if (sizes.Count > 0 && c.Bool("merge"))
            {
                sizes[^1] *= size;
            }
            else
            {
                sizes.Add(size);
            }
        }

        if (c.Bool("one"))
        {
            sizes.Insert(c.Int("place", 0, sizes.Count), 1);
        }

        return c.Show("sizes", sizes.ToArray());
    }
}
