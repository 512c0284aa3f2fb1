using CourseLib.Kernels.Convolutions;

namespace CourseLib.Kernels;

public static unsafe partial class Convolution
{
    /// <summary>
    /// The gradients of weights and bias: a weight meets one pixel in every window, so dW[o, c, a, d] = sum over n, i, j of
    /// dy[n, o, i, j] x[n, c, s i + a - pad, s j + d - pad] (a correlation of input and output gradient) and db[o] = sum over n, i, j of dy[n, o, i, j].
    /// </summary>
    /// <param name="shape">The sizes of the forward pass.</param>
    /// <param name="x">Input [Batch, InChannels, InHeight, InWidth].</param>
    /// <param name="dy">Gradient of the output [Batch, OutChannels, OutHeight, OutWidth].</param>
    /// <param name="dw">Gradient of the weights [OutChannels, InChannels, KernelHeight, KernelWidth]; must not overlap the inputs.</param>
    /// <param name="db">Gradient of the bias, or empty.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dw"/> and <paramref name="db"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or <paramref name="dw"/> overlaps an input.</exception>
    public static void BackwardWeights(
        in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, Span<float> db, bool accumulate = false)
    {
        const string Operation = $"{nameof(Convolution)}.{nameof(BackwardWeights)}";
        shape.Validate();
        shape.CheckInput(Operation, nameof(x), x.Length);
        shape.CheckOutput(Operation, nameof(dy), dy.Length);
        shape.CheckWeights(Operation, nameof(dw), dw.Length);
        Requires.LengthOrEmpty(Operation, nameof(db), db.Length, shape.OutChannels, "output channels, or none");
        Requires.Apart(Operation, nameof(dw), dw, nameof(x), x);
        Requires.Apart(Operation, nameof(dw), dw, nameof(dy), dy);

        if (Winograd.Fits(shape) && TapWork.Suits(shape) && WinogradShape.Forward(shape).PaysForWeights)
        {
            Winograd.BackwardWeights(shape, x, dy, dw, db, accumulate);
        }
        else
        {
            BackwardWeightsDirectly(shape, x, dy, dw, db, accumulate);
        }
    }

    /// <summary>The gradients of weights and bias as the definition has them, for any shape.</summary>
    internal static void BackwardWeightsDirectly(in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, Span<float> db, bool accumulate)
    {
        PlaneLayout layout = PlaneLayout.OfInput(shape);
        bool taps = TapWork.Suits(shape);
        int read = taps ? TapWork.PaddedTaps(shape) : shape.Depth + DotWork.WidestStrip;
        using Scratch offsets = ScratchPool.Rent(read);
        int* table = (int*)offsets.Pointer;
        layout.FillOffsets(shape, table);
        new Span<int>(table + shape.Depth, read - shape.Depth).Clear(); // a last tile that is not full computes sums that nobody reads

        int chunks = ImageBlocks.Count(shape.Batch);
        using Scratch partial = ScratchPool.Rent(chunks * (taps ? TapSums.BlockSize(shape) : DotWork.PartialSize(shape)));
        fixed (float* px = x, pdy = dy, pdw = dw, pdb = db)
        {
            if (taps)
            {
                TapWork work = new(shape, layout, px, pdy, table, partial.Pointer);
                WidestLanes.For(chunks, work);
                new TapSums(shape, partial.Pointer).AddUp(chunks, pdw, pdb, accumulate);
            }
            else
            {
                DotWork work = new(shape, layout, px, pdy, table, partial.Pointer);
                WidestLanes.For(chunks, work);
                work.AddUp(chunks, pdw, pdb, accumulate);
            }
        }
    }
}
