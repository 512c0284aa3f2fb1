using CourseLib.Tensors;

namespace CourseLib.Tests.Tensors;

public class ShapeTests
{
    [Theory]
    [InlineData(new int[0], "()", 1)]
    [InlineData(new[] { 3 }, "(3,)", 3)]
    [InlineData(new[] { 64, 10 }, "(64, 10)", 640)]
    [InlineData(new[] { 2, 0, 3 }, "(2, 0, 3)", 0)]
    public void Prints_and_counts(int[] sizes, string text, int length)
    {
        Shape shape = new(sizes);
        Assert.Equal(text, shape.ToString());
        Assert.Equal(length, shape.ElementCount);
        Assert.Equal(sizes, shape.ToArray());
    }

    [Fact]
    public void The_default_shape_is_the_scalar()
    {
        Assert.Equal(new Shape([]), default);
        Assert.Equal(1, default(Shape).ElementCount);
    }

    [Fact]
    public void Negative_axes_count_from_the_end()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal(4, shape[-1]);
        Assert.Equal(2, shape[-3]);
        Assert.Contains("(2, 3, 4)", Assert.Throws<ArgumentOutOfRangeException>(() => shape[3]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 3, 1 }, new[] { 4 }, new[] { 3, 4 })]
    [InlineData(new[] { 2, 3, 4 }, new[] { 3, 1 }, new[] { 2, 3, 4 })]
    [InlineData(new int[0], new[] { 5 }, new[] { 5 })]
    [InlineData(new[] { 1 }, new[] { 0 }, new[] { 0 })]
    public void Broadcasts_by_the_rule(int[] a, int[] b, int[] expected)
    {
        Assert.Equal(new Shape(expected), Shape.Broadcast("test", new Shape(a), new Shape(b)));
        Assert.Equal(new Shape(expected), Shape.Broadcast("test", new Shape(b), new Shape(a)));
    }

    [Fact]
    public void Errors_name_the_operation_and_both_shapes()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Tensor.Zeros(3, 4) + Tensor.Zeros(3));
        Assert.Contains("Add", error.Message, StringComparison.Ordinal);
        Assert.Contains("(3, 4)", error.Message, StringComparison.Ordinal);
        Assert.Contains("(3,)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Shape(-1));
        Assert.Throws<ArgumentException>(() => new Shape(1 << 20, 1 << 20));
        Assert.Throws<ArgumentException>(() => new Shape(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    [Fact]
    public void Spread_into_a_collection_a_shape_gives_its_sizes()
    {
        Shape shape = new(2, 3);
        int[] sizes = [7, .. shape];
        Assert.Equal([7, 2, 3], sizes);
    }
}
