using CourseLib.Activations;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Activations;

/// <summary>beta computed from the input, in the three manners of the slide's Table 5, against the formulas by hand.</summary>
[Term("Meta-ACON")]
public class MetaAconTests
{
    private static readonly Tensor Image = Tensor.RandN([3, 4, 2, 5], new(1));

    [Fact]
    public void Pixel_wise_beta_is_the_sigmoid_of_each_number()
    {
        MetaAcon activation = Make(MetaAconManner.PixelWise);
        Assert.Equal(Image.Sigmoid().ToArray(), activation.Beta(Image).ToArray());
        Assert.Equal(8, activation.ParameterCount);
    }

    [Fact]
    public void Layer_wise_beta_is_the_sigmoid_of_the_sum_of_the_channels_means()
    {
        MetaAcon activation = Make(MetaAconManner.LayerWise);
        Tensor beta = activation.Beta(Image);
        Assert.Equal(new Shape(3, 1, 1, 1), beta.Shape);
        for (int example = 0; example < 3; example++)
        {
            double sum = Image.ToArray().Skip(example * 40).Take(40).Sum(value => (double)value) / 10;
            Assert.Equal(1 / (1 + Math.Exp(-sum)), beta[example, 0, 0, 0], 1e-5);
        }

        Assert.Equal(8, activation.ParameterCount);
    }

    [Fact]
    public void Channel_wise_beta_is_the_sigmoid_of_two_layers_on_the_channels_means()
    {
        MetaAcon activation = Make(MetaAconManner.ChannelWise);
        Tensor beta = activation.Beta(Image);
        Assert.Equal(new Shape(3, 4, 1, 1), beta.Shape);
        Dictionary<string, Tensor> parameters = activation.NamedParameters.ToDictionary(entry => entry.Name, entry => entry.Value);
        Assert.Equal(["p1", "p2", "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"], parameters.Keys);
        Assert.Equal(new Shape(16, 4), parameters["fc1.weight"].Shape);
        Tensor means = Image.Reshape(3, 4, 10).Mean(2);
        Tensor hidden = means.MatMul(parameters["fc1.weight"].Transpose()) + parameters["fc1.bias"];
        Tensor expected = (hidden.MatMul(parameters["fc2.weight"].Transpose()) + parameters["fc2.bias"]).Sigmoid();
        Assert.All(expected.ToArray().Zip(beta.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        Assert.Equal(new Shape(32, 1024), new MetaAcon(1024, reduction: 32, generator: new Generator(1)).NamedParameters.Single(entry => entry.Name == "fc1.weight").Value.Shape);
    }

    [Theory]
    [InlineData(MetaAconManner.ChannelWise)]
    [InlineData(MetaAconManner.LayerWise)]
    [InlineData(MetaAconManner.PixelWise)]
    public void It_is_ACON_C_with_that_beta_and_each_example_stands_alone(MetaAconManner manner)
    {
        MetaAcon activation = Make(manner);
        Tensor p1 = activation.P1.Reshape(4, 1, 1), p2 = activation.P2.Reshape(4, 1, 1), beta = activation.Beta(Image);
        Tensor expected = ((p1 - p2) * Image * ((p1 - p2) * Image * beta).Sigmoid()) + (p2 * Image);
        Tensor y = activation.Forward(Image);
        Assert.All(expected.ToArray().Zip(y.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));

        Tensor alone = activation.Forward(Image.Slice(0, 1, 1));
        Assert.All(y.Slice(0, 1, 1).ToArray().Zip(alone.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Theory]
    [InlineData(MetaAconManner.ChannelWise)]
    [InlineData(MetaAconManner.LayerWise)]
    [InlineData(MetaAconManner.PixelWise)]
    public void Features_are_images_of_one_pixel(MetaAconManner manner)
    {
        MetaAcon activation = Make(manner);
        Tensor rows = Tensor.RandN([6, 4], new(3));
        Assert.Equal(activation.Forward(rows.Reshape(6, 4, 1, 1)).ToArray(), activation.Forward(rows).ToArray());
    }

    private static MetaAcon Make(MetaAconManner manner) => new(4, manner, generator: new Generator(2));
}
