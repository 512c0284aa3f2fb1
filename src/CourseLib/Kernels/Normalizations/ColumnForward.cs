using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Normalizations;

/// <summary>The forward pass in training for one strip of channels of a matrix.</summary>
internal readonly unsafe struct ColumnForward(BatchShape shape, ChannelData data, float epsilon) : ILaneWork
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
        float* mean = stackalloc float[ColumnStrips.Width];
        float* x = data.X + channel;
        ColumnStrips.Sum<ColumnValues, TLanes>(new(x, shape.Channels), count, shape.Batch, sums);
        for (int j = 0; j < count; j++)
        {
            mean[j] = (float)(sums[j] / shape.Batch);
        }
        ColumnStrips.Sum<Squares, TLanes>(new(x, shape.Channels, mean), count, shape.Batch, sums);
        for (int j = 0; j < count; j++)
        {
            data.Finish(channel + j, mean[j], sums[j], shape.Batch, epsilon);
        }

        TLanes center = TLanes.Load(mean, count), scale = TLanes.Load(data.InverseDeviation + channel, count), shift = TLanes.Broadcast(0);
        if (data.Gamma != null)
        {
            scale *= TLanes.Load(data.Gamma + channel, count);
        }
        if (data.Beta != null)
        {
            shift = TLanes.Load(data.Beta + channel, count);
        }
        float* y = data.Y + channel;
        for (int row = 0; row < shape.Batch; row++, x += shape.Channels, y += shape.Channels)
        {
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(x, count) - center, scale, shift), y, count);
        }
    }

    private readonly struct Squares(float* x, int pitch, float* mean) : IColumnRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes At<TLanes>(int row, int count) where TLanes : struct, ILanes<TLanes>
        {
            TLanes centered = TLanes.Load(x + ((nint)row * pitch), count) - TLanes.Load(mean, count);
            return centered * centered;
        }
    }
}
