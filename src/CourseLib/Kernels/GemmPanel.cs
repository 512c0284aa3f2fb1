using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>A column panel of C, up to four registers wide with AVX-512 and up to two elsewhere, tile below tile.</summary>
internal static unsafe class GemmPanel
{
    /// <summary>Height of a full tile.</summary>
    public const int TileRows = 6;

    /// <summary>Registers across a full tile: what the processor's registers hold, see <see cref="GemmTile"/>.</summary>
    public static int TileColumns(int lanes) => lanes == 16 ? 4 : 2;

    /// <summary>
    /// C[i, j] (+)= sum over p of a[i * rowStride + p * depthStride] * b[p * ldb + j] for i below <paramref name="rows"/>, j below <paramref name="width"/>.
    /// Rows of B are read in whole registers.
    /// </summary>
    public static void Run<TLanes>(
        int rows, float* a, nint rowStride, nint depthStride, float* b, nint ldb, float* c, nint ldc, nint k, int width, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
    {
        switch (Even.Parts(width, TLanes.Count))
        {
            case 1: Run<TLanes, Count1>(rows, a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 2: Run<TLanes, Count2>(rows, a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 3: Run<TLanes, Count3>(rows, a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            default: Run<TLanes, Count4>(rows, a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
        }
    }

    // Optimised at once: short products would be over before the JIT came back to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    private static void Run<TLanes, TColumns>(
        int rows, float* a, nint rowStride, nint depthStride, float* b, nint ldb, float* c, nint ldc, nint k, int width, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
        where TColumns : struct, ICount
    {
        int tiles = Even.Parts(rows, TileRows), wholeWidth = TColumns.Count * TLanes.Count;
        (_, int height) = Even.Part(rows, tiles, 0);
        int higher = rows - ((height - 1) * tiles); // the other tiles have a row less
        // A tile writes its sums, in whole registers, straight to C; or to memory of its own, from where they come into the part of a register that is C's.
        bool direct = width == wholeWidth, add = direct && accumulate;
        float* sums = stackalloc float[TileRows * wholeWidth];
        for (int tile = 0; tile < tiles; tile++)
        {
            if (tile == higher)
            {
                height--;
            }
            // What will be written, or added to, is on its way while the sums are made.
            LinesAhead own = new(c, wholeWidth, height, ldc);
            float* target = direct ? c : sums;
            nint stride = direct ? ldc : wholeWidth;
            switch (height)
            {
                case 1: GemmTile.Run<TLanes, Count1, TColumns>(a, rowStride, depthStride, b, ldb, target, stride, k, add, ref own); break;
                case 2: GemmTile.Run<TLanes, Count2, TColumns>(a, rowStride, depthStride, b, ldb, target, stride, k, add, ref own); break;
                case 3: GemmTile.Run<TLanes, Count3, TColumns>(a, rowStride, depthStride, b, ldb, target, stride, k, add, ref own); break;
                case 4: GemmTile.Run<TLanes, Count4, TColumns>(a, rowStride, depthStride, b, ldb, target, stride, k, add, ref own); break;
                case 5: GemmTile.Run<TLanes, Count5, TColumns>(a, rowStride, depthStride, b, ldb, target, stride, k, add, ref own); break;
                default: GemmTile.Run<TLanes, Count6, TColumns>(a, rowStride, depthStride, b, ldb, target, stride, k, add, ref own); break;
            }
            if (!direct)
            {
                Write<TLanes>(sums, wholeWidth, height, c, ldc, width, accumulate);
            }
            a += height * rowStride;
            c += height * ldc;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<TLanes>(float* sums, nint stride, int rows, float* c, nint ldc, int width, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        for (int row = 0; row < rows; row++, sums += stride, c += ldc)
        {
            int column = 0;
            for (; column <= width - TLanes.Count; column += TLanes.Count)
            {
                TLanes sum = TLanes.Load(sums + column);
                TLanes.Store(accumulate ? TLanes.Load(c + column) + sum : sum, c + column);
            }
            if (column < width)
            {
                TLanes sum = TLanes.Load(sums + column);
                TLanes.Store(accumulate ? TLanes.Load(c + column, width - column) + sum : sum, c + column, width - column);
            }
        }
    }
}
