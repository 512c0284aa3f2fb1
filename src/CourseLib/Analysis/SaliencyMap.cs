using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// Which parts of a picture a unit of a network answers to (lecture cnn, "Свёрточные нейронные сети: идея": "можно посмотреть, какие именно части картинки
/// вызывают активации отдельных нейронов"): by its derivative, or by covering the parts one after the other.
/// </summary>
public static class SaliencyMap
{
    /// <summary>Covered pictures that are asked together.</summary>
    private const int Batch = 128;

    /// <summary>|d(unit)/d(pixel)|, the largest over the channels (Simonyan et al. 2014).</summary>
    /// <param name="network">From [N, C, H, W] to [N, units]; it is asked in evaluation mode.</param>
    /// <param name="picture">[C, H, W].</param>
    /// <param name="unit">Which output.</param>
    /// <returns>[H, W].</returns>
    /// <exception cref="ArgumentException">The picture has not three axes, or there is no such unit.</exception>
    public static Tensor Gradient(Module network, Tensor picture, int unit)
    {
        Shape shape = Check(network, picture);
        Tensor map = Tensor.Zeros(shape[1], shape[2]);
        using (new EvaluationMode(network))
        using (new Tape())
        {
            Tensor x = picture.Clone().Reshape(1, shape[0], shape[1], shape[2]).Clone().AsParameter();
            Unit(network.Forward(x), unit).Sum().Backward();
            for (int i = 0; i < x.Length; i++)
            {
                ref float most = ref map.Span[i % map.Length];
                most = Math.Max(most, Math.Abs(x.Grad.Span[i]));
            }
        }

        return map;
    }

    /// <summary>How much the unit falls when a window of the picture is covered (Zeiler and Fergus 2014): what it rises by counts as negative.</summary>
    /// <param name="network">From [N, C, H, W] to [N, units]; it is asked in evaluation mode.</param>
    /// <param name="picture">[C, H, W].</param>
    /// <param name="unit">Which output.</param>
    /// <param name="window">Rows and columns of the cover.</param>
    /// <param name="stride">Pixels from one place of the cover to the next.</param>
    /// <param name="cover">The value that covers.</param>
    /// <returns>[places down, places across].</returns>
    /// <exception cref="ArgumentException">The picture has not three axes, the window does not fit into it, or there is no such unit.</exception>
    public static Tensor Occlusion(Module network, Tensor picture, int unit, int window, int stride = 1, double cover = 0)
    {
        Shape shape = Check(network, picture);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        if (window < 1 || window > Math.Min(shape[1], shape[2]))
        {
            throw new ArgumentException($"SaliencyMap.Occlusion: a window of {window} does not fit into a picture of shape {shape}.", nameof(window));
        }

        Tensor map = Tensor.Empty(((shape[1] - window) / stride) + 1, ((shape[2] - window) / stride) + 1);
        using (new EvaluationMode(network))
        using (new NoGrad())
        {
            float whole = Answer(network, picture, unit);
            for (int first = 0; first < map.Length; first += Batch)
            {
                using Tape tape = new();
                Tensor covered = Tensor.Empty(Math.Min(Batch, map.Length - first), shape[0], shape[1], shape[2]);
                for (int i = 0; i < covered.Shape[0]; i++)
                {
                    Span<float> copy = covered.Span.Slice(i * picture.Length, picture.Length);
                    picture.Span.CopyTo(copy);
                    int place = first + i, top = place / map.Shape[1] * stride, left = place % map.Shape[1] * stride;
                    for (int line = 0; line < shape[0] * window; line++)
                    {
                        copy.Slice((((line / window * shape[1]) + top + (line % window)) * shape[2]) + left, window).Fill((float)cover);
                    }
                }

                Tensor answers = Unit(network.Forward(covered), unit);
                for (int i = 0; i < answers.Length; i++)
                {
                    map.Span[first + i] = whole - answers.Span[i];
                }
            }
        }

        return map;
    }

    private static float Answer(Module network, Tensor picture, int unit)
    {
        using Tape tape = new();
        Shape shape = picture.Shape;
        return Unit(network.Forward(picture.Reshape(1, shape[0], shape[1], shape[2])), unit).Item();
    }

    private static Tensor Unit(Tensor output, int unit) => output.Rank == 2 && (uint)unit < (uint)output.Shape[1]
        ? output.Slice(1, unit, 1)
        : throw new ArgumentException($"SaliencyMap: expected an output [N, units] with unit {unit}, got shape {output.Shape}.", nameof(unit));

    private static Shape Check(Module network, Tensor picture)
    {
        ArgumentNullException.ThrowIfNull(network);
        return picture.Rank == 3 ? picture.Shape : throw new ArgumentException($"SaliencyMap: expected a picture [C, H, W], got shape {picture.Shape}.", nameof(picture));
    }
}
