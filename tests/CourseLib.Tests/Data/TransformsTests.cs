using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Tests.Data;

/// <summary>Pictures moved and turned.</summary>
public class TransformsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(-1, 3)]
    [InlineData(1, -2)]
    [InlineData(-4, -4)]
    [InlineData(9, 0)]
    [InlineData(0, -9)]
    [InlineData(7, 7)]
    public void A_shift_moves_every_pixel_and_brings_in_zeros(int down, int right)
    {
        Tensor pictures = Tensor.RandN([2, 3, 6, 5], new Generator(1)), moved = Transforms.Shift(pictures, down, right);
        for (int n = 0; n < 2; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int i = 0; i < 6; i++)
                {
                    for (int j = 0; j < 5; j++)
                    {
                        int row = i - down, column = j - right;
                        Assert.Equal(row is >= 0 and < 6 && column is >= 0 and < 5 ? pictures[n, c, row, column] : 0, moved[n, c, i, j]);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_quarter_turn_goes_counter_clockwise()
    {
        Tensor pictures = Tensor.RandN([1, 2, 5, 5], new Generator(2)), turned = Transforms.Rotate(pictures, 90);
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                // The right edge becomes the upper one.
                Assert.Equal(pictures[0, 1, j, 4 - i], turned[0, 1, i, j], 1e-5);
            }
        }
    }

    [Fact]
    public void Turning_there_and_back_returns_a_smooth_picture()
    {
        Tensor picture = Tensor.Zeros(1, 1, 28, 28);
        for (int k = 0; k < 784; k++)
        {
            (double y, double x) = ((k / 28) - 11, (k % 28) - 16);
            picture.Span[k] = (float)Math.Exp(-((y * y) + (2 * x * x)) / 40);
        }

        float[] there = Transforms.Rotate(picture, 30).ToArray(), back = Transforms.Rotate(Transforms.Rotate(picture, 30), -30).ToArray();
        double Gap(float[] other) => picture.ToArray().Zip(other, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(Gap(back) < 0.03);
        Assert.True(Gap(there) > 0.2);
        Assert.Equal(picture.ToArray(), Transforms.Rotate(picture, 0).ToArray());
    }

    [Fact]
    public void Other_shapes_and_angles_are_refused()
    {
        Assert.Contains("Transforms.Shift: expected pictures (n, channels, height, width), got (28, 28)", Assert.Throws<ArgumentException>(() => Transforms.Shift(Tensor.Zeros(28, 28), 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("(784,)", Assert.Throws<ArgumentException>(() => Transforms.Rotate(Tensor.Zeros(784), 1)).Message, StringComparison.Ordinal);
        Assert.Contains("finite angle", Assert.Throws<ArgumentException>(() => Transforms.Rotate(Tensor.Zeros(1, 1, 2, 2), double.NaN)).Message, StringComparison.Ordinal);
    }
}
