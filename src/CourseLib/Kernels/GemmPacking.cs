using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>Copies parts of the operands into the order in which <see cref="GemmTile"/> reads them.</summary>
internal static unsafe class GemmPacking
{
    /// <summary>A column panel of a B that is not transposed: row p of the panel to target + p * stride, padded with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<TLanes>(float* b, nint ldb, int width, int k, float* target, nint stride) where TLanes : struct, ILanes<TLanes>
    {
        int rightWidth = width - TLanes.Count;
        if (rightWidth == TLanes.Count)
        {
            for (int p = 0; p < k; p++, b += ldb, target += stride)
            {
                TLanes.Store(TLanes.Load(b), target);
                TLanes.Store(TLanes.Load(b + TLanes.Count), target + TLanes.Count);
            }
            return;
        }
        for (int p = 0; p < k; p++, b += ldb, target += stride)
        {
            TLanes.Store(TLanes.Load(b, Math.Min(width, TLanes.Count)), target);
            if (rightWidth > 0)
            {
                TLanes.Store(TLanes.Load(b + TLanes.Count, rightWidth), target + TLanes.Count);
            }
        }
    }

    /// <summary>A row panel of A: column p of the panel to target + p * height.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<TLanes>(float* a, nint rowStride, nint depthStride, int height, int k, float* target) where TLanes : struct, ILanes<TLanes>
    {
        if (rowStride == 1)
        {
            // Whole registers: what they hold too much is overwritten by the next column, but the last column is followed by nothing.
            int last = depthStride >= TLanes.Count ? k - 1 : 0;
            for (int p = 0; p < last; p++, a += depthStride, target += height)
            {
                for (int i = 0; i < height; i += TLanes.Count)
                {
                    TLanes.Store(TLanes.Load(a + i), target + i);
                }
            }

            for (int p = last; p < k; p++, a += depthStride, target += height)
            {
                for (int i = 0; i < height; i += TLanes.Count)
                {
                    int count = Math.Min(TLanes.Count, height - i);
                    TLanes.Store(TLanes.Load(a + i, count), target + i, count);
                }
            }

            return;
        }

        Transposition.Run<TLanes>(a, rowStride, height, k, target, height);
    }
}
