using System.Globalization;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Works;

/// <summary>
/// The convolutions of the CNN (3x3) and of LeNet (5x5) at batch 64, <c>conv/KERNEL_IN_OUT_SIZE/pass</c>: forward with bias, dx, dw with db. The first layers
/// have no dx: nobody asks for the gradient of an image.
/// </summary>
internal static class ConvolutionWorks
{
    private const int Batch = 64;

    private static readonly (string Name, ConvShape Shape)[] Shapes =
    [
        Same(3, 1, 32, 28), Same(3, 32, 32, 28), Same(3, 32, 64, 14), Same(3, 64, 64, 14), Same(5, 1, 6, 28),
        ("5x5_6_16_14", new(Batch, 6, 14, 14, 16, 5, 5)),
    ];

    /// <summary>Every layer and pass.</summary>
    public static IEnumerable<Work> All => Shapes.SelectMany(entry => Passes(entry.Name, entry.Shape));

    /// <summary>The layer in a name, such as <c>conv/3x3_32_32_28/forward</c>, as long as it is one of the table or pads to the size of its input; null for another kind of work.</summary>
    public static ConvShape? ShapeOf(string name)
    {
        if (name.Split('/') is not ["conv", var layer, _])
        {
            return null;
        }

        (string? known, ConvShape shape) = Shapes.FirstOrDefault(entry => entry.Name == layer);
        int[] sizes = [.. layer.Split('x', '_').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        return known is not null ? shape : Same(sizes[0], sizes[2], sizes[3], sizes[4]).Shape;
    }

    /// <summary>The work of such a name; null for another kind of work.</summary>
    public static Work? Parse(string name) => ShapeOf(name) is { } shape ? Passes(name.Split('/')[1], shape).FirstOrDefault(work => work.Name == name) : null;

    private static (string Name, ConvShape Shape) Same(int kernel, int from, int to, int size) => ($"{kernel}x{kernel}_{from}_{to}_{size}",
        new(Batch, from, size, size, to, kernel, kernel, PadTop: kernel / 2, PadBottom: kernel / 2, PadLeft: kernel / 2, PadRight: kernel / 2));

    private static IEnumerable<Work> Passes(string name, ConvShape shape)
    {
        double flops = 2.0 * shape.OutputLength * shape.InChannels * shape.KernelHeight * shape.KernelWidth;
        yield return new($"conv/{name}/forward", () => Forward(shape)) { Flops = flops };
        if (shape.InChannels > 1)
        {
            yield return new($"conv/{name}/dx", () => BackwardInput(shape)) { Flops = flops };
        }

        yield return new($"conv/{name}/dw", () => BackwardWeights(shape)) { Flops = flops };
    }

    private static Floats Input(in ConvShape shape) => new(shape.InputLength, seed: 1);

    private static Floats Weights(in ConvShape shape) => new(shape.WeightsLength, seed: 2);

    private static Floats OutputGradient(in ConvShape shape) => new(shape.OutputLength, seed: 4);

    private static Prepared Forward(ConvShape shape)
    {
        Floats x = Input(shape), w = Weights(shape), b = new(shape.OutChannels, seed: 3), y = new(shape.OutputLength);
        return Prepared.Of(() => Convolution.Forward(shape, x.Span, w.Span, b.Span, y.Span), y);
    }

    private static Prepared BackwardInput(ConvShape shape)
    {
        Floats dy = OutputGradient(shape), w = Weights(shape), dx = new(shape.InputLength);
        return Prepared.Of(() => Convolution.BackwardInput(shape, dy.Span, w.Span, dx.Span), dx);
    }

    private static Prepared BackwardWeights(ConvShape shape)
    {
        Floats x = Input(shape), dy = OutputGradient(shape), dw = new(shape.WeightsLength), db = new(shape.OutChannels);
        return Prepared.Of(() => Convolution.BackwardWeights(shape, x.Span, dy.Span, dw.Span, db.Span), dw);
    }
}
