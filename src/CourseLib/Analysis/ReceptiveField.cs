using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// The part of the picture that one unit sees (рецептивное поле): in the visual cortex a patch of the retina, in a convolutional network a square that
/// grows from layer to layer (lecture cnn, "Зрительная кора" and "Свёрточные нейронные сети: идея"; Hubel and Wiesel 1962).
/// </summary>
/// <param name="Top">The first row that the unit sees.</param>
/// <param name="Left">The first column.</param>
/// <param name="Rows">The height.</param>
/// <param name="Columns">The width.</param>
public readonly record struct ReceptiveField(int Top, int Left, int Rows, int Columns)
{
    /// <summary>The side of the field after layers of windows: r grows by (kernel - 1) times the product of the strides before.</summary>
    /// <param name="layers">Kernel size and stride of each convolution or pooling, from the picture on.</param>
    public static int Size(params ReadOnlySpan<(int Kernel, int Stride)> layers)
    {
        int size = 1, jump = 1;
        foreach ((int kernel, int stride) in layers)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
            size += (kernel - 1) * jump;
            jump *= stride;
        }

        return size;
    }

    /// <summary>
    /// The field of one unit, from the top layer down: rows first..last of a layer's output see rows first · stride - padding to last · stride - padding +
    /// kernel - 1 of its input. Where there is padding it can lie partly outside the picture.
    /// </summary>
    /// <param name="row">The unit's row in the last layer's output.</param>
    /// <param name="column">Its column.</param>
    /// <param name="layers">Kernel size, stride and padding of each convolution or pooling, from the picture on.</param>
    public static ReceptiveField At(int row, int column, params ReadOnlySpan<(int Kernel, int Stride, int Padding)> layers)
    {
        (int top, int left, int size) = (row, column, 1);
        for (int layer = layers.Length - 1; layer >= 0; layer--)
        {
            (int kernel, int stride, int padding) = layers[layer];
            ArgumentOutOfRangeException.ThrowIfLessThan(kernel, 1);
            ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
            (top, left, size) = ((top * stride) - padding, (left * stride) - padding, ((size - 1) * stride) + kernel);
        }

        return new(top, left, size, size);
    }

    /// <summary>Cuts the field out of a picture; what lies outside of the picture is 0.</summary>
    /// <param name="picture">[C, H, W].</param>
    /// <returns>[C, <see cref="Rows"/>, <see cref="Columns"/>].</returns>
    /// <exception cref="ArgumentException">The picture has not three axes.</exception>
    public Tensor Cut(Tensor picture)
    {
        if (picture.Rank != 3)
        {
            throw new ArgumentException($"ReceptiveField.Cut: expected a picture [C, H, W], got shape {picture.Shape}.", nameof(picture));
        }

        Tensor patch = Tensor.Zeros(picture.Shape[0], Rows, Columns);
        for (int i = 0; i < patch.Length; i++)
        {
            (int channel, int row, int column) = (i / (Rows * Columns), Top + (i / Columns % Rows), Left + (i % Columns));
            if ((uint)row < (uint)picture.Shape[1] && (uint)column < (uint)picture.Shape[2])
            {
                patch.Span[i] = picture[channel, row, column];
            }
        }

        return patch;
    }

    /// <summary>Measures what a unit sees: the smallest box around the pixels for which its derivative is not zero, over several random pictures.</summary>
    /// <param name="network">From pictures [1, C, H, W] to planes [1, c, h, w]; it is measured in evaluation mode.</param>
    /// <param name="input">(C, H, W).</param>
    /// <param name="row">The unit's row in every output plane.</param>
    /// <param name="column">Its column.</param>
    /// <param name="draws">Random pictures; max-pooling passes a gradient to one pixel of a window at a time, so one would not do.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentException">The output has not four axes, or there is no such unit.</exception>
    public static ReceptiveField Measure(Module network, Shape input, int row, int column, int draws = 32, Generator? generator = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        (int top, int left, int bottom, int right) = (int.MaxValue, int.MaxValue, -1, -1);
        using (new EvaluationMode(network))
        {
            for (int draw = 0; draw < draws; draw++)
            {
                using Tape tape = new();
                Tensor x = Tensor.RandN([1, .. input.ToArray()], generator).AsParameter();
                Tensor y = network.Forward(x);
                if (y.Rank != 4 || (uint)row >= (uint)y.Shape[2] || (uint)column >= (uint)y.Shape[3])
                {
                    throw new ArgumentException($"ReceptiveField.Measure: expected a unit ({row}, {column}) of an output [1, c, h, w], got shape {y.Shape}.", nameof(network));
                }

                y.Slice(2, row, 1).Slice(3, column, 1).Square().Sum().Backward();
                for (int i = 0; i < x.Length; i++)
                {
                    if (x.Grad.Span[i] != 0)
                    {
                        (int at, int across) = (i / input[-1] % input[-2], i % input[-1]);
                        (top, left, bottom, right) = (Math.Min(top, at), Math.Min(left, across), Math.Max(bottom, at), Math.Max(right, across));
                    }
                }
            }
        }

        return bottom < 0 ? default : new(top, left, bottom - top + 1, right - left + 1);
    }
}
