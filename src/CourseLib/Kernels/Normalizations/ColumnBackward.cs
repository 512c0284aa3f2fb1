using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Normalizations;

/// <summary>The backward pass for one strip of channels of a matrix.</summary>
internal readonly unsafe struct ColumnBackward(BatchShape shape, ChannelData data, bool frozen) : ILaneWork
{
    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        int end = Math.Min((chunk + 1) * ColumnStrips.Width, shape.Channels);
        for (int channel = chunk * ColumnStrips.Width; channel < end; channel += TLanes.Count)
        {
            Register<TLanes>(channel, Math.Min(TLanes.Count, end - channel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Register<TLanes>(int channel, int count) where TLanes : struct, ILanes<TLanes>
    {
        double* sums = stackalloc double[ColumnStrips.Width];
        double* products = stackalloc double[ColumnStrips.Width];
        ColumnStrips.Sum<ColumnValues, TLanes>(new(data.Dy + channel, shape.Channels), count, shape.Batch, sums);
        ColumnStrips.Sum<Products, TLanes>(new(data.Dy + channel, data.X + channel, shape.Channels, data.Mean + channel), count, shape.Batch, products);

        float* coefficients = stackalloc float[3 * ColumnStrips.Width];
        for (int j = 0; j < count; j++)
        {
            NormalizeGradientOperator gradient = data.FinishGradient(channel + j, sums[j], products[j], shape.Batch, frozen);
            coefficients[j] = gradient.Scale;
            coefficients[ColumnStrips.Width + j] = gradient.Slope;
            coefficients[(2 * ColumnStrips.Width) + j] = gradient.Shift;
        }
        if (data.Dx == null)
        {
            return;
        }
        TLanes center = TLanes.Load(data.Mean + channel, count), scale = TLanes.Load(coefficients, count);
        TLanes slope = TLanes.Load(coefficients + ColumnStrips.Width, count), shift = TLanes.Load(coefficients + (2 * ColumnStrips.Width), count);
        float* dy = data.Dy + channel, x = data.X + channel, dx = data.Dx + channel;
        for (int row = 0; row < shape.Batch; row++, dy += shape.Channels, x += shape.Channels, dx += shape.Channels)
        {
            TLanes value = TLanes.MultiplyAdd(TLanes.Load(dy, count), scale, TLanes.MultiplyAdd(TLanes.Load(x, count) - center, slope, shift));
            TLanes.Store(data.AccumulateInput ? TLanes.Load(dx, count) + value : value, dx, count);
        }
    }

    private readonly struct Products(float* dy, float* x, int pitch, float* mean) : IColumnRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes At<TLanes>(int row, int count) where TLanes : struct, ILanes<TLanes> =>
            TLanes.Load(dy + ((nint)row * pitch), count) * (TLanes.Load(x + ((nint)row * pitch), count) - TLanes.Load(mean, count));
    }
}
