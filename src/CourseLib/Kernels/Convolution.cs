using CourseLib.Kernels.Convolutions;

namespace CourseLib.Kernels;

/// <summary>
/// Two-dimensional convolution of float images in NCHW order (lecture "CNN формально", with input channels and a bias added):
/// y[n, o, i, j] = b[o] + sum over c, a, d of W[o, c, a, d] x[n, c, s i + a - pad, s j + d - pad]. It is a cross-correlation, as in every deep-learning library.
/// </summary>
/// <remarks>
/// All three passes are register-tiled matrix products over flattened pixels (<see cref="PlaneLayout"/>). 3x3 windows at stride 1 with enough channels go
/// by a shorter way (<see cref="Winograd"/>), whose rounding errors are about double. Work is split over images and channels, for
/// the weights' gradient over fixed blocks of images, so that the numbers do not depend on the number of threads.
/// </remarks>
public static unsafe partial class Convolution
{
    /// <summary>The forward pass.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input [Batch, InChannels, InHeight, InWidth].</param>
    /// <param name="weights">Filters [OutChannels, InChannels, KernelHeight, KernelWidth].</param>
    /// <param name="bias">One number for each output channel, or empty.</param>
    /// <param name="y">Output [Batch, OutChannels, OutHeight, OutWidth]; must not overlap the inputs.</param>
    /// <param name="rectify">Whether negative outputs are stored as 0 (ReLU): it costs nothing here, and a pass over the output anywhere else. NaN stays NaN.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the output overlaps an input.</exception>
    public static void Forward(in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, bool rectify = false)
    {
        const string Operation = $"{nameof(Convolution)}.{nameof(Forward)}";
        shape.Validate();
        shape.CheckInput(Operation, nameof(x), x.Length);
        shape.CheckWeights(Operation, nameof(weights), weights.Length);
        Requires.LengthOrEmpty(Operation, nameof(bias), bias.Length, shape.OutChannels, "output channels, or none");
        shape.CheckOutput(Operation, nameof(y), y.Length);
        Requires.Apart(Operation, nameof(y), y, nameof(x), x);
        Requires.Apart(Operation, nameof(y), y, nameof(weights), weights);

        if (Winograd.Fits(shape) && WinogradShape.Forward(shape).Pays)
        {
            Winograd.Forward(shape, x, weights, bias, y, rectify);
        }
        else
        {
            ForwardDirectly(shape, x, weights, bias, y, rectify);
        }
    }

    /// <summary>The forward pass as the definition has it, for any shape.</summary>
    internal static void ForwardDirectly(
        in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, bool rectify = false)
    {
        if (RowWork.Suits(shape))
        {
            fixed (float* px = x, pw = weights, pb = bias, py = y)
            {
                RowWork.Run(shape, px, pw, pb, py, rectify);
            }
            return;
        }
        PlaneLayout layout = PlaneLayout.OfPixels(shape);
        using FilterBank bank = new(shape.OutChannels, shape.Depth, shape.Batch);
        layout.FillOffsets(shape, bank.Offsets);
        for (int k = 0; k < shape.Depth; k++)
        {
            bank.Sources[k] = k;
        }
        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            bank.Fill(pw, shape.Depth, pb);
            ImageTarget target = new()
            {
                Start = py, Channels = shape.OutChannels, ChannelSize = shape.OutHeight * shape.OutWidth,
                Rows = shape.OutHeight, Columns = shape.OutWidth, RowStep = shape.OutWidth, ColumnStep = 1, Rectify = rectify,
            };
            WidestLanes.For(shape.Batch * bank.Groups, new CorrelationWork(px, shape.Batch, layout, bank, target));
        }
    }
}
