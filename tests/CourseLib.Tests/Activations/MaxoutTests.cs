using CourseLib.Activations;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Activations;

/// <summary>A unit that takes the largest of its linear functions can be other activations, exactly, and learns a convex function.</summary>
[Term("Maxout")]
public class MaxoutTests
{
    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(1f, 0.01f)]
    [InlineData(1f, -1f)]
    public void Two_pieces_are_ReLU_leaky_ReLU_and_the_absolute_value(float first, float second)
    {
        Maxout unit = new(1, 1);
        unit.Weight.CopyFrom(Tensor.From([first, second], 2, 1));
        unit.Bias.Fill(0);
        Tensor x = Tensor.Linspace(-3, 3, 61).Reshape(-1, 1);
        Tensor expected = second == 0 ? x.Relu() : second > 0 ? x.LeakyRelu(0.01) : x.Abs();
        Assert.Equal(expected.ToArray(), unit.Forward(x).ToArray());
    }

    [Fact]
    public void Rows_of_the_weights_are_the_pieces_of_one_unit_after_another()
    {
        Maxout layer = new(4, 3, 5, generator: new(2));
        Tensor x = Tensor.RandN([7, 4], new(3));
        Tensor y = layer.Forward(x);
        Tensor all = x.MatMul(layer.Weight.Transpose()) + layer.Bias;
        Assert.Equal(new Shape(7, 3), y.Shape);
        Assert.Equal(15 * 5, layer.ParameterCount);
        for (int i = 0; i < 7; i++)
        {
            for (int unit = 0; unit < 3; unit++)
            {
                Assert.Equal(Enumerable.Range(0, 5).Max(piece => all[i, (unit * 5) + piece]), y[i, unit], 1e-5f);
            }
        }
    }

    [Fact]
    public void Channels_of_images_compete_pixel_by_pixel()
    {
        Tensor x = Tensor.RandN([2, 6, 3, 4], new(4));
        Tensor y = x.Maxout(2);
        Assert.Equal(new Shape(2, 3, 3, 4), y.Shape);
        Assert.Equal(Math.Max(x[1, 4, 2, 3], x[1, 5, 2, 3]), y[1, 2, 2, 3]);
        Assert.Equal(Math.Max(x[0, 0, 1, 0], x[0, 1, 1, 0]), y[0, 0, 1, 0]);
        Assert.Equal(x.ToArray(), x.Maxout(1).ToArray());
        Assert.Contains("(2, 6, 3, 4) and 4 pieces", Assert.Throws<ArgumentException>(() => x.Maxout(4)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_learns_a_parabola_as_a_polygon()
    {
        Maxout unit = new(1, 1, pieces: 6, generator: new(1));
        Tensor x = Tensor.Linspace(-2, 2, 81).Reshape(-1, 1);
        Tensor target = x.Square();
        Adam optimizer = new(unit.Parameters, 0.03);
        for (int step = 0; step < 1500; step++)
        {
            using Tape tape = new();
            unit.ZeroGrad();
            new MSELoss().Forward(unit.Forward(x), target).Backward();
            optimizer.Step();
        }

        // The best line leaves the variance of x^2, 1.42, the best six lines h^4 / 180 = 0.001 with h = 4/6.
        Assert.InRange(new MSELoss().Forward(unit.Forward(x), target).Item(), 0, 0.05f);
    }
}
