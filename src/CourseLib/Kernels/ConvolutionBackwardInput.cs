using CourseLib.Kernels.Convolutions;

namespace CourseLib.Kernels;

public static unsafe partial class Convolution
{
    /// <summary>
    /// The gradient of the input: every output pixel that read x[c, u, v] sends its gradient back through the weight with which it was read,
    /// dx[n, c, u, v] = sum over o, a, d with s i + a = u + pad, s j + d = v + pad of W[o, c, a, d] dy[n, o, i, j].
    /// </summary>
    /// <remarks>
    /// At stride 1 this is a correlation of the padded dy with the flipped filters. At stride s a pixel meets only the weights whose row is
    /// congruent to u + pad modulo s: each of the s x s phases of the input is such a correlation with a part of the filter.
    /// </remarks>
    /// <param name="shape">The sizes of the forward pass.</param>
    /// <param name="dy">Gradient of the output [Batch, OutChannels, OutHeight, OutWidth].</param>
    /// <param name="weights">Filters [OutChannels, InChannels, KernelHeight, KernelWidth].</param>
    /// <param name="dx">Gradient of the input [Batch, InChannels, InHeight, InWidth]; must not overlap the others.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or <paramref name="dx"/> overlaps an input.</exception>
    public static void BackwardInput(in ConvShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> weights, Span<float> dx, bool accumulate = false)
    {
        const string Operation = $"{nameof(Convolution)}.{nameof(BackwardInput)}";
        shape.Validate();
        shape.CheckOutput(Operation, nameof(dy), dy.Length);
        shape.CheckWeights(Operation, nameof(weights), weights.Length);
        shape.CheckInput(Operation, nameof(dx), dx.Length);
        Requires.Apart(Operation, nameof(dx), dx, nameof(dy), dy);
        Requires.Apart(Operation, nameof(dx), dx, nameof(weights), weights);

        if (Winograd.Fits(shape) && WinogradShape.BackwardInput(shape).Pays)
        {
            Winograd.BackwardInput(shape, dy, weights, dx, accumulate);
        }
        else
        {
            BackwardInputDirectly(shape, dy, weights, dx, accumulate);
        }
    }

    /// <summary>The gradient of the input as the definition has it, for any shape.</summary>
    internal static void BackwardInputDirectly(in ConvShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> weights, Span<float> dx, bool accumulate)
    {
        if (ScatterWork.Suits(shape))
        {
            fixed (float* pdy = dy, pw = weights, pdx = dx)
            {
                ScatterWork.Run(shape, pdy, pw, pdx, accumulate);
            }
            return;
        }
        if (!accumulate && (shape.StrideH > shape.KernelHeight || shape.StrideW > shape.KernelWidth))
        {
            dx.Clear(); // some pixels lie between the windows
        }
        fixed (float* pdy = dy, pw = weights, pdx = dx)
        {
            (int top, int bottom) = PhaseAxis.Margins(shape.InHeight, shape.OutHeight, shape.KernelHeight, shape.StrideH, shape.PadTop);
            (int left, int right) = PhaseAxis.Margins(shape.InWidth, shape.OutWidth, shape.KernelWidth, shape.StrideW, shape.PadLeft);
            int pitch = shape.OutWidth + Math.Max(left, right);
            int height = top + shape.OutHeight + bottom;
            PlaneLayout layout = new(shape.OutChannels, shape.OutHeight, shape.OutWidth, 1, 1, top, left, height, pitch, height * pitch);
            for (int phase = 0; phase < shape.StrideH * shape.StrideW; phase++)
            {
                PhaseAxis row = PhaseAxis.Of(phase / shape.StrideW, shape.InHeight, shape.KernelHeight, shape.StrideH, shape.PadTop);
                PhaseAxis column = PhaseAxis.Of(phase % shape.StrideW, shape.InWidth, shape.KernelWidth, shape.StrideW, shape.PadLeft);
                if (row.IsUsed && column.IsUsed)
                {
                    BackwardPhase(shape, layout, row, column, pdy, pw, pdx, accumulate);
                }
            }
        }
    }

    private static void BackwardPhase(
        in ConvShape shape, in PlaneLayout layout, PhaseAxis row, PhaseAxis column, float* dy, float* weights, float* dx, bool accumulate)
    {
        int filter = shape.KernelHeight * shape.KernelWidth;
        using FilterBank bank = new(shape.InChannels, shape.OutChannels * row.Taps * column.Taps, shape.Batch);
        int k = 0;
        for (int channel = 0; channel < shape.OutChannels; channel++)
        {
            for (int a = 0; a < row.Taps; a++)
            {
                for (int d = 0; d < column.Taps; d++, k++)
                {
                    bank.Sources[k] = (channel * shape.InChannels * filter) + (row.Kernel(a) * shape.KernelWidth) + column.Kernel(d);
                    bank.Offsets[k] = layout.Offset(channel, row.First - a + layout.PadTop, column.First - d + layout.PadLeft);
                }
            }
        }
        bank.Fill(weights, filter, null);
        ImageTarget target = new()
        {
            Start = dx + (row.Pixel * shape.InWidth) + column.Pixel, Channels = shape.InChannels, ChannelSize = shape.InHeight * shape.InWidth,
            Rows = row.Count, Columns = column.Count, RowStep = shape.StrideH * shape.InWidth, ColumnStep = shape.StrideW, Accumulate = accumulate,
        };
        WidestLanes.For(shape.Batch * bank.Groups, new CorrelationWork(dy, shape.Batch, layout, bank, target));
    }
}
