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
        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            ForwardDirectly(shape, px, pw, pb, ImageTarget.Output(shape, py, rectify));
        }
    }

    private static void ForwardDirectly(in ConvShape shape, float* x, float* weights, float* bias, in ImageTarget target)
    {
        if (RowWork.Suits(shape))
        {
            RowWork.Run(shape, x, weights, bias, target);
            return;
        }
        // What is pooled is not stored from the registers: shifted copies would save nothing.
        PlaneLayout layout = target.Pooled.IsWanted ? PlaneLayout.OfInput(shape) : PlaneLayout.OfPixels(shape);
        using FilterBank bank = new(shape.OutChannels, shape.Depth, shape.Batch);
        layout.FillOffsets(shape, bank.Offsets);
        for (int k = 0; k < shape.Depth; k++)
        {
            bank.Sources[k] = k;
        }
        bank.Fill(weights, shape.Depth, bias);
        WidestLanes.For(shape.Batch * bank.Groups, new CorrelationWork(x, shape.Batch, layout, bank, target));
    }
}
