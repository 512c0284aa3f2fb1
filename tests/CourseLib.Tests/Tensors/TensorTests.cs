using CourseLib.Tensors;

namespace CourseLib.Tests.Tensors;

public class TensorTests
{
    [Fact]
    public void Elements_are_row_major_and_can_be_written()
    {
        Tensor tensor = Tensor.From(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal(6, tensor[1, 2]);
        tensor[1, 2] = 9;
        Assert.Equal([1f, 2, 3, 4, 5, 9], tensor.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor[2, 0]);
        Assert.Throws<ArgumentException>(() => tensor[0]);
    }

    [Fact]
    public void A_count_that_does_not_fit_the_shape_is_an_error()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Tensor.From(new float[5], 2, 3));
        Assert.Contains("(2, 3)", error.Message, StringComparison.Ordinal);
        Assert.Contains('5', error.Message);
    }

    [Fact]
    public void The_default_tensor_says_that_it_is_none()
    {
        Tensor none = default;
        Assert.True(none.IsDefault);
        Assert.Contains("default(Tensor)", Assert.Throws<InvalidOperationException>(() => none.Shape).Message, StringComparison.Ordinal);
        Assert.Equal("Tensor (none)", none.ToString());
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 1, 3 })]
    [InlineData(new[] { 2, 3 }, new[] { 2, 1 })]
    [InlineData(new[] { 2, 1, 4 }, new[] { 3, 1 })]
    [InlineData(new[] { 2, 3, 2, 2 }, new[] { 3, 1, 1 })]
    [InlineData(new[] { 4, 1, 3 }, new[] { 1, 5, 1 })]
    [InlineData(new[] { 0, 3 }, new[] { 3 })]
    [InlineData(new int[0], new[] { 2, 2 })]
    public void Broadcast_arithmetic_equals_index_arithmetic(int[] left, int[] right)
    {
        Tensor a = Filled(left, 1);
        Tensor b = Filled(right, 100);
        Tensor y = a - b;
        Shape shape = y.Shape;
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(At(a, shape, i) - At(b, shape, i), y.Span[i]);
        }
    }

    [Fact]
    public void Views_share_numbers_and_copies_do_not()
    {
        Tensor x = Tensor.Zeros(2, 3);
        x.Reshape(3, 2)[2, 1] = 5;
        x.Clone().Fill(7);
        Assert.Equal(5, x[1, 2]);
        Assert.Equal(0, x[0, 0]);
    }

    [Fact]
    public void Ranges_and_grids()
    {
        Assert.Equal([0f, 2, 4], Tensor.Arange(0, 5, 2).ToArray());
        Assert.Equal([3f, 2, 1], Tensor.Arange(3, 0, -1).ToArray());
        Assert.Equal([0f, 0.5f, 1], Tensor.Linspace(0, 1, 3).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Arange(0, 5, -1));
    }

    [Fact]
    public void Prints_shape_and_aligned_numbers()
    {
        Assert.Equal("Tensor (2, 2)\n[[ 1, -2],\n [10,  4]]", Tensor.From(new float[,] { { 1, -2 }, { 10, 4 } }).ToString());
        Assert.Equal("Tensor () 0.5", Tensor.Scalar(0.5f).ToString());
        Assert.Equal("Tensor (3,)\n[0.5000,    NaN, 1.0000]", Tensor.From(new[] { 0.5f, float.NaN, 1 }).ToString());
        Assert.Contains("…", Tensor.Zeros(1000).ToString(), StringComparison.Ordinal);
        Assert.Equal("Tensor (0, 3) []", Tensor.Zeros(0, 3).ToString());
    }

    [Fact]
    public void Html_is_a_table_with_invariant_numbers()
    {
        string html = Tensor.From(new[] { 0.5f, 1.25f }, 1, 2).ToHtml();
        Assert.Contains("0.5000", html, StringComparison.Ordinal);
        Assert.Contains("<table", html, StringComparison.Ordinal);
        Assert.DoesNotContain("0,5", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_of_leaves_add_up_and_of_results_are_set_anew()
    {
        Tensor w = Tensor.From(new[] { 3f }).AsParameter();
        Tensor h = w * 2f;
        Tensor loss = h.Square().Sum();
        loss.Backward();
        Assert.Equal(24, w.Grad[0]);
        loss.Backward();
        Assert.Equal(48, w.Grad[0]);
        Assert.Equal(12, h.Grad[0]);
        w.ZeroGrad();
        Assert.False(w.HasGrad);
        Assert.Contains("Backward()", Assert.Throws<InvalidOperationException>(() => w.Grad).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backward_wants_a_scalar_and_a_graph()
    {
        Tensor w = Tensor.Ones(2).AsParameter();
        Assert.Contains("(2,)", Assert.Throws<InvalidOperationException>(() => (w * 2f).Backward()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Tensor.Ones(2).Sum().Backward());
        Assert.Throws<InvalidOperationException>(() => (w * 2f).AsParameter());
        using (new CourseLib.Autograd.NoGrad())
        {
            Assert.False((w * 2f).RequiresGrad);
        }
    }

    private static Tensor Filled(int[] shape, float start)
    {
        Tensor tensor = Tensor.Empty(shape);
        for (int i = 0; i < tensor.Length; i++)
        {
            tensor.Span[i] = start + i;
        }

        return tensor;
    }

    /// <summary>The element of a broadcast operand behind element i of the result, by plain index arithmetic.</summary>
    private static float At(Tensor operand, Shape result, int i)
    {
        int offset = 0;
        int stride = 1;
        for (int axis = 1; axis <= result.Rank; axis++)
        {
            int index = i % result[-axis];
            i /= result[-axis];
            if (axis <= operand.Rank)
            {
                offset += operand.Shape[-axis] == 1 ? 0 : index * stride;
                stride *= operand.Shape[-axis];
            }
        }

        return operand.Span[offset];
    }
}
