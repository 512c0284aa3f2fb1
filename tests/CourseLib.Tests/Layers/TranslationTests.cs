using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Layers;

/// <summary>What sharing weights over the picture brings: shifts go through, and there are few weights.</summary>
public class TranslationTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 3)]
    [Term("Translation equivariance")]
    public void A_shifted_picture_gives_a_shifted_feature_map(int down, int across)
    {
        Conv2d shared = new(1, 3, 3, generator: new Generator(1));
        LocallyConnected2d apart = new(1, 3, 12, 14, 3, generator: new Generator(1));
        Tensor picture = Tensor.RandN([1, 1, 12 + down, 14 + across], new Generator(2));
        Tensor Window(Tensor x, int top, int left, int rows, int columns) => x.Slice(2, top, rows).Slice(3, left, columns);
        float Difference(Module layer)
        {
            // Both windows of the picture, and the part of the feature maps that they have in common.
            Tensor here = layer.Forward(Window(picture, 0, 0, 12, 14)), there = layer.Forward(Window(picture, down, across, 12, 14));
            Tensor difference = Window(here, down, across, 10 - down, 12 - across) - Window(there, 0, 0, 10 - down, 12 - across);
            return difference.Abs().Reshape(1, difference.Length).Max(1).Item();
        }

        Assert.True(Difference(shared) < 1e-5);
        Assert.True(Difference(apart) > 0.1);
    }

    [Fact]
    [Term("Translation equivariance")]
    public void Invariance_comes_with_pooling_and_a_zero_border()
    {
        Sequential network = new(new Conv2d(1, 4, 3, padding: Padding.Same, generator: new Generator(1)), new GlobalMaxPool2d());
        Tensor spot = Tensor.RandN([1, 1, 3, 3], new Generator(2));
        Tensor At(int row, int column)
        {
            Tensor picture = Tensor.Zeros(1, 1, 16, 16);
            for (int i = 0; i < 9; i++)
            {
                picture[0, 0, row + (i / 3), column + (i % 3)] = spot.Span[i];
            }

            return network.Forward(picture);
        }

        float[] first = At(4, 4).ToArray();
        Assert.All(At(9, 6).ToArray().Zip(first), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Fact]
    [Term("Weight sharing")]
    public void Sharing_weights_divides_their_number_by_the_number_of_windows()
    {
        int shared = new Conv2d(1, 6, 5, bias: false).ParameterCount, apart = new LocallyConnected2d(1, 6, 28, 28, 5, bias: false).ParameterCount;
        Assert.Equal(6 * 25, shared);
        Assert.Equal(24 * 24, apart / shared);
        Assert.Equal(28 * 28 * 6 * 24 * 24, new Linear(28 * 28, 6 * 24 * 24, bias: false).ParameterCount);
    }
}
