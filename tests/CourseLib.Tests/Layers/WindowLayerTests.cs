using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Layers;

/// <summary>What holds for the layers around the convolution whatever the numbers are.</summary>
public class WindowLayerTests
{
    [Theory]
    [Term("LocallyConnected2d")]
    [InlineData(1, "VALID"), InlineData(2, "SAME"), InlineData(3, "1")]
    public void A_locally_connected_layer_with_tied_weights_is_a_convolution(int stride, string padding)
    {
        Generator generator = new(3);
        Padding pad = padding switch { "VALID" => Padding.Valid, "SAME" => Padding.Same, _ => 1 };
        Conv2d convolution = new(2, 3, 3, stride, pad, generator: generator);
        LocallyConnected2d local = new(2, 3, 7, 8, 3, stride, pad, generator: generator);
        int places = local.Weight.Shape[0] * local.Weight.Shape[1];
        for (int place = 0; place < places; place++)
        {
            convolution.Weight.Span.CopyTo(local.Weight.Span[(place * convolution.Weight.Length)..]);
        }

        for (int i = 0; i < local.Bias!.Value.Length; i++)
        {
            local.Bias.Value.Span[i] = convolution.Bias!.Value.Span[i / places];
        }

        Tensor x = Tensor.RandN([4, 2, 7, 8], generator).AsParameter(), same = x.Clone().AsParameter();
        Tensor expected = convolution.Forward(x), actual = local.Forward(same);
        AssertClose(expected, actual);

        // The convolution's gradient is the locally connected one's summed over the places.
        Tensor weights = Tensor.RandN(expected.Shape, generator);
        expected.Backward(weights);
        actual.Backward(weights);
        AssertClose(x.Grad, same.Grad);
        AssertClose(convolution.Weight.Grad, local.Weight.Grad.Reshape([places, .. convolution.Weight.Shape.ToArray()]).Sum(0));
        AssertClose(convolution.Bias!.Value.Grad, local.Bias.Value.Grad.Reshape(3, places).Sum(1));
    }

    [Fact]
    [Term("LocallyConnected2d")]
    [Term("Convolution")]
    [Term("Linear")]
    public void Sharing_weights_cuts_their_number()
    {
        // LeNet's first level: 28 x 28 to 6 maps of 24 x 24 by 5 x 5 windows, three ways to the same output.
        Conv2d shared = new(1, 6, 5);
        LocallyConnected2d local = new(1, 6, 28, 28, 5);
        Linear dense = new(28 * 28, 6 * 24 * 24);
        Assert.Equal(6 * ((5 * 5) + 1), shared.ParameterCount);
        Assert.Equal(24 * 24 * 6 * ((5 * 5) + 1), local.ParameterCount);
        Assert.Equal(6 * 24 * 24 * ((28 * 28) + 1), dense.ParameterCount);
        Assert.Equal(24 * 24 * shared.ParameterCount, local.ParameterCount);
        Assert.Equal(Of(shared), Of(local));

        static long Of(Module layer) => ModelSummary.Of(layer, 1, 28, 28).Multiplications;
    }

    [Fact]
    [Term("LocallyConnected2d")]
    public void Another_place_has_other_weights_from_the_rule_of_a_convolution()
    {
        LocallyConnected2d layer = new(2, 300, 4, 4, 3, initializer: new Xavier(), generator: new Generator(1));
        Assert.All(layer.Bias!.Value.ToArray(), value => Assert.Equal(0, value));
        Assert.NotEqual(layer.Weight.Span[..1000].ToArray(), layer.Weight.Span.Slice(300 * 18, 1000).ToArray());

        // 21,600 draws: a standard error of 1% or less.
        Assert.Equal(1, Reductions.MeanVariance(layer.Weight.Span).Variance * (18 + (300 * 9)) / 2, 0.05);
    }

    [Theory]
    [Term("ConvTranspose2d")]
    [InlineData(3, 1, 0, 0), InlineData(4, 2, 1, 0), InlineData(3, 2, 1, 1), InlineData(2, 3, 0, 2), InlineData(5, 1, 2, 0), InlineData(1, 2, 0, 1)]
    public void The_transposed_convolution_is_the_adjoint_of_the_convolution(int kernel, int stride, int padding, int outputPadding)
    {
        Generator generator = new(7);
        Tensor weight = Tensor.RandN([3, 2, kernel, kernel], generator);
        Tensor y = Tensor.RandN([2, 3, 5, 4], generator);
        Tensor back = Functional.ConvTranspose2d(y, weight, null, stride, padding, outputPadding);
        Tensor x = Tensor.RandN(back.Shape, generator);
        Tensor forth = Functional.Conv2d(x, weight, null, stride, padding);
        Assert.Equal(y.Shape, forth.Shape);
        double left = Dot(forth, y), right = Dot(x, back);
        Assert.Equal(left, right, 1e-4 * Math.Sqrt(Dot(forth, forth) * Dot(y, y)));
        Assert.True(Math.Abs(left) > 1e-3);
    }

    [Fact]
    [Term("ConvTranspose2d")]
    public void A_gradient_that_is_there_already_is_added_to()
    {
        Generator generator = new(2);
        ConvTranspose2d layer = new(2, 3, 3, 2, 1, generator: generator);
        Tensor x = Tensor.RandN([2, 2, 4, 4], generator).AsParameter();
        layer.Forward(x).Sum().Backward();
        float[] once = x.Grad.ToArray();
        float[] weight = layer.Weight.Grad.ToArray();
        layer.Forward(x).Sum().Backward();
        Assert.Equal(once.Select(value => 2 * value), x.Grad.ToArray(), Close);
        Assert.Equal(weight.Select(value => 2 * value), layer.Weight.Grad.ToArray(), Close);

        static bool Close(float a, float b) => MathF.Abs(a - b) <= 1e-5f * (1 + MathF.Abs(a));
    }

    [Fact]
    [Term("ConvTranspose2d")]
    public void Sizes_and_counts_are_the_convolutions()
    {
        ConvTranspose2d up = new(4, 2, 4, stride: 2, padding: 1);
        Assert.Equal(new Shape(1, 2, 14, 14), up.Forward(Tensor.Zeros(1, 4, 7, 7)).Shape);
        Assert.Equal((4 * 2 * 16) + 2, up.ParameterCount);
        Assert.Equal(ModelSummary.Of(new Conv2d(2, 4, 4, 2, 1), 2, 14, 14).Multiplications, ModelSummary.Of(up, 4, 7, 7).Multiplications);
        Assert.Equal("ConvTranspose2d(4, 2, 4x4, stride 2, padding 1)", up.ToString());
    }

    [Fact]
    [Term("Convolution")]
    public void A_convolution_is_a_matrix_product_of_windows_and_filters()
    {
        Generator generator = new(5);
        Conv2d layer = new(2, 4, 3, stride: 2, padding: 1, generator: generator);
        Tensor x = Tensor.RandN([3, 2, 6, 5], generator);
        Tensor expected = layer.Forward(x);
        Tensor rows = Functional.Unfold(x, 3, 2, 1).Permute(0, 2, 1).Reshape(-1, 18);
        Tensor product = Functional.Linear(rows, layer.Weight.Reshape(4, 18), layer.Bias);
        AssertClose(expected, product.Reshape(3, 9, 4).Permute(0, 2, 1).Reshape(expected.Shape.ToArray()));
    }

    [Theory]
    [Term("Convolution")]
    [Term("ConvTranspose2d")]
    [InlineData(1, 0), InlineData(2, 1)]
    public void A_convolution_is_a_sparse_matrix_and_the_transposed_one_its_transpose(int stride, int padding)
    {
        Tensor weight = Tensor.RandN([1, 1, 3, 3], new Generator(4));

        // A picture with a single 1 shows one column of the matrix; a batch of all of them the transposed matrix.
        Tensor matrix = Functional.Conv2d(Tensor.Eye(49).Reshape(49, 1, 7, 7), weight, null, stride, padding).Flatten(1).Transpose();
        int side = stride == 1 ? 5 : 4;
        Assert.Equal(new Shape(side * side, 49), matrix.Shape);
        int taps = stride == 1 ? 25 * 9 : (4 * 4 * 9) - (4 * 3 * 4) + 4;
        Assert.Equal(taps, matrix.ToArray().Count(value => value != 0));
        Assert.All(matrix.ToArray(), value => Assert.True(value == 0 || weight.ToArray().Contains(value)));

        Tensor x = Tensor.RandN([1, 1, 7, 7], new Generator(5));
        AssertClose(Functional.Conv2d(x, weight, null, stride, padding).Flatten(), matrix.MatMul(x.Reshape(49, 1)).Flatten());
        Tensor back = Functional.ConvTranspose2d(Tensor.Eye(side * side).Reshape(-1, 1, side, side), weight, null, stride, padding).Flatten(1).Transpose();
        Assert.Equal(matrix.Transpose().ToArray(), back.ToArray());
    }

    [Fact]
    [Term("Global pooling")]
    public void Global_pooling_does_not_know_where_or_how_large()
    {
        Tensor small = Tensor.Zeros(1, 2, 3, 3), large = Tensor.Zeros(1, 2, 6, 3);
        (small[0, 0, 0, 0], large[0, 0, 5, 2]) = (9, 9);
        Assert.Equal([9f, 0], new GlobalMaxPool2d().Forward(small).ToArray());
        Assert.Equal([9f, 0], new GlobalMaxPool2d().Forward(large).ToArray());
        Assert.Equal([1f, 0], new GlobalAvgPool2d().Forward(small).ToArray());
        Assert.Equal([0.5f, 0], new GlobalAvgPool2d().Forward(large).ToArray());
        Assert.Equal(new Shape(1, 2), new GlobalAvgPool2d().Forward(large).Shape);
    }

    [Fact]
    [Term("Inception block")]
    public void Branches_see_the_same_input_and_are_joined_by_channels()
    {
        Conv2d one = new(2, 3, 1), three = new(2, 4, 3, padding: Padding.Same);
        Branches block = new(one, three);
        Tensor x = Tensor.RandN([2, 2, 5, 5], new Generator(1));
        Tensor y = block.Forward(x);
        Assert.Equal(new Shape(2, 7, 5, 5), y.Shape);
        Assert.Equal(one.Forward(x).ToArray(), y.Slice(1, 0, 3).ToArray());
        Assert.Equal(three.Forward(x).ToArray(), y.Slice(1, 3, 4).ToArray());
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], block.NamedParameters.Select(entry => entry.Name));
    }

    [Fact]
    public void Unflatten_undoes_flatten()
    {
        Tensor x = Tensor.RandN([2, 3, 4, 5], new Generator(1));
        Tensor back = new Unflatten(3, 4, 5).Forward(new Flatten().Forward(x));
        Assert.Equal(x.Shape, back.Shape);
        Assert.Equal(x.ToArray(), back.ToArray());
    }

    private static double Dot(Tensor a, Tensor b) => a.ToArray().Zip(b.ToArray(), (p, q) => (double)p * q).Sum();

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double scale = expected.ToArray().Max(MathF.Abs);
        Assert.All(expected.ToArray().Zip(actual.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * scale));
    }
}
