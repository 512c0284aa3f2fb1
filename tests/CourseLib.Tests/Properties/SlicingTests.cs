using CourseLib.Tensors;

namespace CourseLib.Tests.Properties;

/// <summary>Slice, SelectRows and Concat: where each element comes from, what each gives back, and that pieces put together are the whole.</summary>
public class SlicingTests
{
    [Fact]
    public void A_slice_has_the_elements_of_its_range() => Case.ForAll(21_000_000, c =>
    {
        Shape shape = c.Shape("shape", minRank: 1);
        int axis = c.Int("axis", -shape.Rank, shape.Rank - 1);
        int positive = (axis + shape.Rank) % shape.Rank;
        int start = c.Int("start", 0, shape[axis]);
        int length = c.Int("length", 0, shape[axis] - start);
        Tensor x = c.Numbers(shape).AsParameter();
        Tensor y = x.Slice(axis, start, length);
        Assert.Equal(shape.With(axis, length), y.Shape);
        Tensor weights = c.Numbers(y.Shape);
        (y * weights).Sum().Backward();
        for (int flat = 0; flat < x.Length; flat++)
        {
            int[] index = Places.Of(flat, shape);
            int at = index[positive] - start;
            bool inside = at >= 0 && at < length;
            int target = inside ? Places.Flat(Places.With(index, positive, at), y.Shape) : -1;
            Assert.Equal(inside ? x.Span[flat] : float.NaN, inside ? y.Span[target] : float.NaN);
            Assert.Equal(inside ? weights.Span[target] : 0, x.Grad.Span[flat]);
        }

        string named = shape.ToString();
        c.Refused(() => x.Slice(axis, start, shape[axis] - start + 1), "Slice", named);
        c.Refused(() => x.Slice(axis, -1 - start, length), "Slice", named);
        c.Refused(() => x.Slice(axis, start, -1), "Slice", named);
        c.Refused(() => x.Slice(axis, start, int.MaxValue), "Slice", named);
        c.Refused(() => x.Slice(shape.Rank, 0, 0), "Slice", named);
    });

    [Fact]
    public void Pieces_joined_are_the_whole_and_so_are_their_gradients() => Case.ForAll(22_000_000, c =>
    {
        Shape shape = c.Shape("shape", minRank: 1);
        int axis = c.Int("axis", -shape.Rank, shape.Rank - 1);
        int cut = c.Int("cut", 0, shape[axis]);
        Tensor x = c.Numbers(shape).AsParameter();
        Tensor y = x.Slice(axis, 0, cut).Concat(x.Slice(axis, cut, shape[axis] - cut), axis);
        Assert.Equal(shape, y.Shape);
        Assert.Equal(x.ToArray(), y.ToArray());
        Tensor weights = c.Numbers(shape);
        (y * weights).Sum().Backward();
        Assert.Equal(weights.ToArray(), x.Grad.ToArray());
    });

    [Fact]
    public void A_join_has_both_parts_in_their_places() => Case.ForAll(23_000_000, c =>
    {
        Shape shape = c.Shape("a", minRank: 1);
        int axis = c.Int("axis", -shape.Rank, shape.Rank - 1);
        Shape other = c.Show("b", shape.With(axis, c.Int("size", 0, 4)));
        Tensor a = c.Numbers(shape).AsParameter(), b = c.Numbers(other).AsParameter();
        Tensor y = a.Concat(b, axis);
        Assert.Equal(shape.With(axis, shape[axis] + other[axis]), y.Shape);
        Assert.Equal(a.ToArray(), y.Slice(axis, 0, shape[axis]).ToArray());
        Assert.Equal(b.ToArray(), y.Slice(axis, shape[axis], other[axis]).ToArray());
        Tensor weights = c.Numbers(y.Shape);
        (y * weights).Sum().Backward();
        Assert.Equal(weights.Slice(axis, 0, shape[axis]).ToArray(), a.Grad.ToArray());
        Assert.Equal(weights.Slice(axis, shape[axis], other[axis]).ToArray(), b.Grad.ToArray());

        c.Refused(() => a.Concat(b, shape.Rank), "Concat", shape.ToString());
        Tensor deeper = c.Numbers([.. other.ToArray(), 1]);
        c.Refused(() => a.Concat(deeper, axis), "Concat", shape.ToString(), deeper.Shape.ToString());
        if (shape.Rank > 1)
        {
            Tensor wrong = c.Numbers(other.With(axis - 1 < -shape.Rank ? axis + 1 : axis == 0 ? 1 : axis - 1, 7));
            c.Refused(() => a.Concat(wrong, axis), "Concat", shape.ToString(), wrong.Shape.ToString());
        }
    });

    [Fact]
    public void Selected_rows_are_copies_and_a_row_collects_what_its_copies_get() => Case.ForAll(24_000_000, c =>
    {
        Shape shape = c.Shape("shape", minRank: 1, empty: false);
        int[] rows = new int[c.Int("count", 0, 6)];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = c.Int("row", 0, shape[0] - 1);
        }

        Tensor x = c.Numbers(shape).AsParameter();
        Tensor y = x.SelectRows(rows);
        Assert.Equal(shape.With(0, rows.Length), y.Shape);
        int width = shape.Product(1, shape.Rank);
        Tensor weights = c.Numbers(y.Shape);
        double[] expected = new double[x.Length], size = new double[x.Length];
        for (int flat = 0; flat < y.Length; flat++)
        {
            int source = (rows[flat / width] * width) + (flat % width);
            Assert.Equal(x.Span[source], y.Span[flat]);
            expected[source] += weights.Span[flat];
            size[source] += Math.Abs(weights.Span[flat]);
        }

        (y * weights).Sum().Backward();
        Places.Close(expected, size, x.Grad.Span);

        int outside = c.Bool("above") ? shape[0] + c.Int("by", 0, 2) : -c.Int("by", 1, 3);
        c.Refused(() => x.SelectRows([.. rows, outside]), "SelectRows", shape.ToString());
        c.Refused(() => Tensor.Scalar(1).SelectRows(rows), "SelectRows", "scalar");
    });
}
