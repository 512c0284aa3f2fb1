using CourseLib.Kernels.Convolutions;

namespace CourseLib.Kernels;

public static unsafe partial class Convolution
{
    /// <summary>Whether the pooling may be done as each image's sums are stored: there is a window, and the convolution is not <see cref="Winograd"/>'s.</summary>
    internal static bool PoolsOnItsWay(in ConvShape shape) =>
        shape.OutHeight > 1 && shape.OutWidth > 1 && !(Winograd.Fits(shape) && WinogradShape.Forward(shape).Pays);

    /// <summary>
    /// A convolution and the max-pooling of 2x2 windows at stride 2 behind it, image by image: the convolution's output, four times as large as the result, stays in the first-level cache and is
    /// never stored. Values are those of <see cref="Forward"/> and <see cref="Pooling.MaxForward"/> to the same bits.
    /// </summary>
    /// <param name="shape">The convolution's sizes; a last row or column that is in no window is dropped.</param>
    /// <param name="x">Input [Batch, InChannels, InHeight, InWidth].</param>
    /// <param name="weights">Filters [OutChannels, InChannels, KernelHeight, KernelWidth].</param>
    /// <param name="bias">One number for each output channel, or empty.</param>
    /// <param name="y">Output [Batch, OutChannels, OutHeight / 2, OutWidth / 2]; must not overlap the inputs.</param>
    /// <param name="winners">For each output the corner of its window that it came from: 0 and 1 above, 2 and 3 below. Empty: not wanted.</param>
    /// <param name="rectify">Whether negative outputs are stored as 0 (ReLU); NaN stays NaN.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the output overlaps an input.</exception>
    internal static void ForwardPooled(
        in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, Span<float> winners, bool rectify = false)
    {
        const string Operation = $"{nameof(Convolution)}.{nameof(ForwardPooled)}";
        CheckPooled(Operation, shape, x, weights, nameof(y), y, winners.IsEmpty ? y.Length : winners.Length);
        Requires.LengthOrEmpty(Operation, nameof(bias), bias.Length, shape.OutChannels, "output channels, or none");
        Requires.Apart(Operation, nameof(y), y, nameof(x), x);
        Requires.Apart(Operation, nameof(y), y, nameof(weights), weights);
        fixed (float* px = x, pw = weights, pb = bias, py = y, pwinners = winners)
        {
            ForwardDirectly(shape, px, pw, pb, ImageTarget.Output(shape, null, rectify) with { Pooled = new(shape, py, pwinners, rectify) });
        }
    }

    /// <summary>
    /// The gradients behind <see cref="ForwardPooled"/>. A window's gradient goes to the pixel that won, so three quarters of the gradient of the convolution's output are 0: dW is summed over the
    /// winners alone where that is less work (<see cref="WinnerWork"/>).
    /// </summary>
    /// <param name="shape">The convolution's sizes.</param>
    /// <param name="x">Its input.</param>
    /// <param name="weights">Its filters.</param>
    /// <param name="dy">Gradient of the pooled output [Batch, OutChannels, OutHeight / 2, OutWidth / 2]; after a ReLU already 0 where it was.</param>
    /// <param name="winners">As <see cref="ForwardPooled"/> left them.</param>
    /// <param name="dw">Gradient of the weights, or empty: not wanted; must not overlap the inputs.</param>
    /// <param name="db">Gradient of the bias, or empty.</param>
    /// <param name="dx">Gradient of the input, or empty; must not overlap the others.</param>
    /// <param name="accumulateWeights">Whether to add to <paramref name="dw"/> and <paramref name="db"/>.</param>
    /// <param name="accumulateInput">Whether to add to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or a result overlaps an input.</exception>
    internal static void BackwardPooled(
        in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> dy, ReadOnlySpan<float> winners,
        Span<float> dw, Span<float> db, Span<float> dx, bool accumulateWeights = false, bool accumulateInput = false)
    {
        const string Operation = $"{nameof(Convolution)}.{nameof(BackwardPooled)}";
        CheckPooled(Operation, shape, x, weights, nameof(dy), dy, winners.Length);
        Requires.LengthOrEmpty(Operation, nameof(dw), dw.Length, shape.WeightsLength, "weights, or none");
        Requires.LengthOrEmpty(Operation, nameof(db), db.Length, shape.OutChannels, "output channels, or none");
        Requires.LengthOrEmpty(Operation, nameof(dx), dx.Length, shape.InputLength, "pixels of the input, or none");

        bool sparse = !dw.IsEmpty && WinnerWork.Suits(shape);
        if (sparse)
        {
            Requires.Apart(Operation, nameof(dw), dw, nameof(x), x);
            Requires.Apart(Operation, nameof(dw), dw, nameof(dy), dy);
            fixed (float* px = x, pdy = dy, pwinners = winners, pdw = dw, pdb = db)
            {
                WinnerWork.Run(shape, px, pdy, pwinners, pdw, pdb, accumulateWeights);
            }
        }
        if (dx.IsEmpty && (sparse || dw.IsEmpty))
        {
            return;
        }

        using Scratch whole = ScratchPool.Rent(shape.OutputLength);
        Span<float> gradient = new(whole.Pointer, checked((int)shape.OutputLength));
        fixed (float* pdy = dy, pwinners = winners)
        {
            WidestLanes.For(shape.Batch, new Unpooling(shape, pdy, pwinners, whole.Pointer));
        }
        if (!dx.IsEmpty)
        {
            BackwardInput(shape, gradient, weights, dx, accumulateInput);
        }
        if (!sparse && !dw.IsEmpty)
        {
            BackwardWeights(shape, x, gradient, dw, db, accumulateWeights);
        }
    }

    private static void CheckPooled(string operation, in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, string name, ReadOnlySpan<float> pooled, int winners)
    {
        shape.Validate();
        shape.CheckInput(operation, nameof(x), x.Length);
        shape.CheckWeights(operation, nameof(weights), weights.Length);
        long length = (long)shape.Batch * shape.OutChannels * (shape.OutHeight / 2) * (shape.OutWidth / 2);
        Requires.Length(operation, name, pooled.Length, length, "batch x output channels x windows");
        Requires.Length(operation, nameof(winners), winners, length, "batch x output channels x windows");
    }
}
