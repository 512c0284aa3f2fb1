using CourseLib.Tensors;

namespace CourseLib.Data;

/// <summary>
/// Moves and turns pictures, to ask a network what it makes of them: convolutions follow a shift by themselves, but not a rotation
/// (lecture cnn, "Свёрточные нейронные сети: идея": "устойчивость к переносам и т.п."). What comes in from outside of the picture is 0, which is paper.
/// </summary>
public static class Transforms
{
    /// <summary>The pictures moved by whole pixels.</summary>
    /// <param name="pictures">[N, C, H, W].</param>
    /// <param name="down">Rows downwards; upwards when negative.</param>
    /// <param name="right">Columns to the right; to the left when negative.</param>
    /// <returns>New pictures of the same shape.</returns>
    /// <exception cref="ArgumentException">The pictures have not four axes.</exception>
    public static Tensor Shift(Tensor pictures, int down, int right)
    {
        (int planes, int height, int width) = Sizes(nameof(Shift), pictures);
        Tensor moved = Rows.Copy(pictures, 0, pictures.Shape[0]);
        Span<float> from = pictures.Span, to = moved.Span;
        to.Clear();
        int length = Math.Max(0, width - Math.Abs(right));
        for (int plane = 0; plane < planes; plane++)
        {
            for (int row = Math.Max(0, down); row < Math.Min(height, height + down); row++)
            {
                int source = ((plane * height) + row - down) * width, target = ((plane * height) + row) * width;
                from.Slice(source + (length > 0 ? Math.Max(0, -right) : 0), length).CopyTo(to[(target + (length > 0 ? Math.Max(0, right) : 0))..]);
            }
        }

        return moved;
    }

    /// <summary>The pictures turned about their middle; between pixels numbers are interpolated bilinearly.</summary>
    /// <param name="pictures">[N, C, H, W].</param>
    /// <param name="degrees">The angle, counter-clockwise as one looks at the picture.</param>
    /// <returns>New pictures of the same shape.</returns>
    /// <exception cref="ArgumentException">The pictures have not four axes, or the angle is not finite.</exception>
    public static Tensor Rotate(Tensor pictures, double degrees)
    {
        (int planes, int height, int width) = Sizes(nameof(Rotate), pictures);
        if (!double.IsFinite(degrees))
        {
            throw new ArgumentException($"Transforms.Rotate: expected a finite angle, got {Display.Readable.Number(degrees)}.", nameof(degrees));
        }

        Tensor turned = Rows.Copy(pictures, 0, pictures.Shape[0]);
        Span<float> from = pictures.Span, to = turned.Span;
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        double middleRow = (height - 1) / 2.0, middleColumn = (width - 1) / 2.0;
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                // Where this pixel comes from: turned back. Rows grow downwards, so the signs of the sine are those of a left-handed plane.
                double y = row - middleRow, x = column - middleColumn;
                double atRow = middleRow + (cosine * y) + (sine * x), atColumn = middleColumn + (cosine * x) - (sine * y);
                for (int plane = 0; plane < planes; plane++)
                {
                    to[(((plane * height) + row) * width) + column] = Between(from.Slice(plane * height * width, height * width), height, width, atRow, atColumn);
                }
            }
        }

        return turned;
    }

    private static float Between(ReadOnlySpan<float> plane, int height, int width, double row, double column)
    {
        int top = (int)Math.Floor(row), left = (int)Math.Floor(column);
        double sum = 0;
        for (int i = top; i <= top + 1; i++)
        {
            for (int j = left; j <= left + 1; j++)
            {
                if (i >= 0 && i < height && j >= 0 && j < width)
                {
                    sum += (1 - Math.Abs(row - i)) * (1 - Math.Abs(column - j)) * plane[(i * width) + j];
                }
            }
        }

        return (float)sum;
    }

    private static (int Planes, int Height, int Width) Sizes(string operation, Tensor pictures)
    {
        Shape shape = pictures.Shape;
        return shape.Rank == 4
            ? (shape[0] * shape[1], shape[2], shape[3])
            : throw new ArgumentException($"Transforms.{operation}: expected pictures (n, channels, height, width), got {shape}.", nameof(pictures));
    }
}
