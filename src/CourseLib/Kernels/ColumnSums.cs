using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>
/// Column sums of a row-major matrix: a register of neighbouring columns runs down the rows. Rows are summed in blocks, and the
/// blocks' sums in turn, so that thousands of rows do not lose digits against one running sum. Threads share out the columns.
/// </summary>
internal static unsafe class ColumnSums
{
    private const int RowBlock = 128;

    // Columns per chunk: four AVX-512 registers, one cache line each, walk down together.
    private const int StripWidth = 64;

    // Below this many elements one thread is faster.
    private const int SplitLength = 16384;

    public static void Run(float* matrix, int rows, int columns, float* result, bool accumulate)
    {
        Work work = new(matrix, rows, columns, result, accumulate);
        int strips = columns == 0 ? 0 : Even.Parts(columns, StripWidth);
        if ((long)rows * columns >= SplitLength)
        {
            Workers.For(strips, work);
            return;
        }
        for (int strip = 0; strip < strips; strip++)
        {
            work.Run(strip);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Strip<TLanes>(float* x, int rows, int columns, int width, float* y, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        for (int j = 0; j < width; j += TLanes.Count)
        {
            int count = Math.Min(width - j, TLanes.Count);
            TLanes sum = TLanes.Broadcast(0);
            float* p = x + j;
            for (int start = 0; start < rows; start += RowBlock)
            {
                int height = Math.Min(RowBlock, rows - start);
                TLanes even = TLanes.Broadcast(0), odd = even;
                int row = 0;
                for (; row <= height - 2; row += 2, p += 2 * (nint)columns)
                {
                    even += TLanes.Load(p, count);
                    odd += TLanes.Load(p + columns, count);
                }
                if (row < height)
                {
                    even += TLanes.Load(p, count);
                    p += columns;
                }
                sum += even + odd;
            }
            TLanes.Store(accumulate ? TLanes.Load(y + j, count) + sum : sum, y + j, count);
        }
    }

    private readonly struct Work(float* matrix, int rows, int columns, float* result, bool accumulate) : IWork
    {
        public void Run(int chunk)
        {
            int j = chunk * StripWidth;
            int width = Math.Min(StripWidth, columns - j);
            if (Vector512.IsHardwareAccelerated)
            {
                Strip<Lanes16>(matrix + j, rows, columns, width, result + j, accumulate);
            }
            else if (Vector256.IsHardwareAccelerated)
            {
                Strip<Lanes8>(matrix + j, rows, columns, width, result + j, accumulate);
            }
            else if (Vector128.IsHardwareAccelerated)
            {
                Strip<Lanes4>(matrix + j, rows, columns, width, result + j, accumulate);
            }
            else
            {
                Strip<Lanes1>(matrix + j, rows, columns, width, result + j, accumulate);
            }
        }
    }
}
