using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>Copies parts of B into the order in which <see cref="GemmTile"/> reads them.</summary>
internal static unsafe class GemmPacking
{
    /// <summary>A column panel of a B that is not transposed: row p of the panel to target + p * stride, padded with zeros to whole registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<TLanes>(float* b, nint ldb, int width, int k, float* target, nint stride) where TLanes : struct, ILanes<TLanes>
    {
        for (int p = 0; p < k; p++, b += ldb, target += stride)
        {
            int column = 0;
            for (; column <= width - TLanes.Count; column += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(b + column), target + column);
            }
            if (column < width)
            {
                TLanes.Store(TLanes.Load(b + column, width - column), target + column);
            }
        }
    }
}
