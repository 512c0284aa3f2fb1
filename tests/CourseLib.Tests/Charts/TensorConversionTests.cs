using CourseLib.Charts;
using CourseLib.Tensors;

namespace CourseLib.Tests.Charts;

public class TensorConversionTests
{
    [Fact]
    public void Tensors_become_values_matrices_and_images()
    {
        Tensor tensor = Tensor.Arange(0, 12).Reshape(3, 4);
        Values values = tensor;
        Values2D matrix = tensor;
        Images images = tensor.Reshape(3, 1, 2, 2);
        Assert.Equal(11, values[11]);
        Assert.Equal((3, 4, 6.0), (matrix.Rows, matrix.Columns, matrix[1, 2]));
        Assert.Equal((3, 2, 2, 6.0), (images.Count, images.Height, images.Width, images[1, 1, 0]));
    }

    [Fact]
    public void Other_axes_are_an_error_that_names_the_shape()
    {
        Assert.Contains("(2, 3, 4)", Assert.Throws<ArgumentException>(() => (Values2D)Tensor.Zeros(2, 3, 4)).Message, StringComparison.Ordinal);
        Assert.Contains("(2, 3, 4, 4)", Assert.Throws<ArgumentException>(() => (Images)Tensor.Zeros(2, 3, 4, 4)).Message, StringComparison.Ordinal);
    }
}
