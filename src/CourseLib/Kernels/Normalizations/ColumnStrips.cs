using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Normalizations;

/// <summary>
/// Batch normalisation of a matrix [batch, channels]: neighbouring channels lie in the lanes of a register that runs down the rows, so that memory is
/// read along its lines. One strip of channels is one chunk.
/// </summary>
internal static class ColumnStrips
{
    /// <summary>Channels of a strip for every register width, so that the chunks are the same: one cache line.</summary>
    public const int Width = 16;

    // Rows that are summed in float before double takes over.
    private const int BlockRows = 64;

    public static int Count(BatchShape shape) => (shape.Channels + Width - 1) / Width;

    /// <summary>sums[j] = the sum of column j over all rows, for one register of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Sum<TRows, TLanes>(TRows rows, int count, int batch, double* sums)
        where TRows : struct, IColumnRows
        where TLanes : struct, ILanes<TLanes>
    {
        float* lanes = stackalloc float[TLanes.Count];
        new Span<double>(sums, count).Clear();
        for (int start = 0; start < batch; start += BlockRows)
        {
            TLanes sum = TLanes.Broadcast(0);
            int end = Math.Min(start + BlockRows, batch);
            for (int row = start; row < end; row++)
            {
                sum += rows.At<TLanes>(row, count);
            }
            TLanes.Store(sum, lanes);
            for (int j = 0; j < count; j++)
            {
                sums[j] += lanes[j];
            }
        }
    }
}

/// <summary>A row's values in one register of columns.</summary>
internal interface IColumnRows
{
    TLanes At<TLanes>(int row, int count) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>The matrix itself.</summary>
internal readonly unsafe struct ColumnValues(float* x, int pitch) : IColumnRows
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes At<TLanes>(int row, int count) where TLanes : struct, ILanes<TLanes> => TLanes.Load(x + ((nint)row * pitch), count);
}
