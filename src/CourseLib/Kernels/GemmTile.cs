using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels;

/// <summary>The innermost kernel of the matrix product: one tile of C, held in registers while the sums run over k.</summary>
/// <remarks>
/// <para>A tile is <c>TRows.Count</c> rows by <c>TColumns.Count</c> registers. For each p it loads the registers of row p of B and, for each row i,
/// broadcasts A[i, p] and does one multiply-add per register. 14 x 2 registers of AVX-512 are 28 accumulators, 2 of B and 1 broadcast: 31 of 32 (30
/// accumulators and more spill). With the 16 registers of AVX2 or SSE it is 6 x 2. Per p that is 16 loads for 28 multiply-adds, so
/// the two multiply-add units, not the two load ports, set the pace, and 28 independent chains hide their latency of four cycles.</para>
/// <para>A is addressed by two strides, so rows of A, columns of a transposed A and packed panels all go through the same code. Rows are
/// addressed in threes from one pointer each (p, p + s, p + 2s are x86 addressing modes), which needs 5 pointers instead of 14.</para>
/// <para>Every element of C is the same chain of multiply-adds over p whatever tile it falls into: results depend on no split.</para>
/// </remarks>
internal static unsafe class GemmTile
{
    private const int FloatsPerLine = 16;

    /// <summary>
    /// C[i, j] (+)= sum over p of a[i * rowStride + p * depthStride] * b[p * ldb + j]. B is read in whole registers; of C, only the first
    /// <paramref name="width"/> columns are touched.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TRows, TColumns>(
        float* a, nint rowStride, nint depthStride, float* b, nint ldb, float* c, nint ldc, nint k, int width, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        // Conditions on TRows.Count and TColumns.Count are constants to the JIT: what a smaller tile lacks is not there at all.
        TLanes zero = TLanes.Broadcast(0);
        TLanes left0 = zero, right0 = zero;
        TLanes left1 = zero, right1 = zero;
        TLanes left2 = zero, right2 = zero;
        TLanes left3 = zero, right3 = zero;
        TLanes left4 = zero, right4 = zero;
        TLanes left5 = zero, right5 = zero;
        TLanes left6 = zero, right6 = zero;
        TLanes left7 = zero, right7 = zero;
        TLanes left8 = zero, right8 = zero;
        TLanes left9 = zero, right9 = zero;
        TLanes left10 = zero, right10 = zero;
        TLanes left11 = zero, right11 = zero;
        TLanes left12 = zero, right12 = zero;
        TLanes left13 = zero, right13 = zero;

        float* a3 = a + (3 * rowStride);
        float* a6 = a + (6 * rowStride);
        float* a9 = a + (9 * rowStride);
        float* a12 = a + (12 * rowStride);
        PrefetchRows<TRows>(c, ldc);
        for (nint p = 0; p < k; p++)
        {
            TLanes left = TLanes.Load(b), right = TColumns.Count > 1 ? TLanes.Load(b + TLanes.Count) : zero;

            Row<TLanes, TColumns>(*a, left, right, ref left0, ref right0);
            if (TRows.Count > 1) { Row<TLanes, TColumns>(*(a + rowStride), left, right, ref left1, ref right1); }
            if (TRows.Count > 2) { Row<TLanes, TColumns>(*(a + (2 * rowStride)), left, right, ref left2, ref right2); }
            if (TRows.Count > 3) { Row<TLanes, TColumns>(*a3, left, right, ref left3, ref right3); }
            if (TRows.Count > 4) { Row<TLanes, TColumns>(*(a3 + rowStride), left, right, ref left4, ref right4); }
            if (TRows.Count > 5) { Row<TLanes, TColumns>(*(a3 + (2 * rowStride)), left, right, ref left5, ref right5); }
            if (TRows.Count > 6) { Row<TLanes, TColumns>(*a6, left, right, ref left6, ref right6); }
            if (TRows.Count > 7) { Row<TLanes, TColumns>(*(a6 + rowStride), left, right, ref left7, ref right7); }
            if (TRows.Count > 8) { Row<TLanes, TColumns>(*(a6 + (2 * rowStride)), left, right, ref left8, ref right8); }
            if (TRows.Count > 9) { Row<TLanes, TColumns>(*a9, left, right, ref left9, ref right9); }
            if (TRows.Count > 10) { Row<TLanes, TColumns>(*(a9 + rowStride), left, right, ref left10, ref right10); }
            if (TRows.Count > 11) { Row<TLanes, TColumns>(*(a9 + (2 * rowStride)), left, right, ref left11, ref right11); }
            if (TRows.Count > 12) { Row<TLanes, TColumns>(*a12, left, right, ref left12, ref right12); }
            if (TRows.Count > 13) { Row<TLanes, TColumns>(*(a12 + rowStride), left, right, ref left13, ref right13); }

            a += depthStride;
            a3 += depthStride;
            a6 += depthStride;
            a9 += depthStride;
            a12 += depthStride;
            b += ldb;
        }

        Write<TLanes, TColumns>(left0, right0, c, width, accumulate);
        if (TRows.Count > 1) { Write<TLanes, TColumns>(left1, right1, c + ldc, width, accumulate); }
        if (TRows.Count > 2) { Write<TLanes, TColumns>(left2, right2, c + (2 * ldc), width, accumulate); }
        if (TRows.Count > 3) { Write<TLanes, TColumns>(left3, right3, c + (3 * ldc), width, accumulate); }
        if (TRows.Count > 4) { Write<TLanes, TColumns>(left4, right4, c + (4 * ldc), width, accumulate); }
        if (TRows.Count > 5) { Write<TLanes, TColumns>(left5, right5, c + (5 * ldc), width, accumulate); }
        if (TRows.Count > 6) { Write<TLanes, TColumns>(left6, right6, c + (6 * ldc), width, accumulate); }
        if (TRows.Count > 7) { Write<TLanes, TColumns>(left7, right7, c + (7 * ldc), width, accumulate); }
        if (TRows.Count > 8) { Write<TLanes, TColumns>(left8, right8, c + (8 * ldc), width, accumulate); }
        if (TRows.Count > 9) { Write<TLanes, TColumns>(left9, right9, c + (9 * ldc), width, accumulate); }
        if (TRows.Count > 10) { Write<TLanes, TColumns>(left10, right10, c + (10 * ldc), width, accumulate); }
        if (TRows.Count > 11) { Write<TLanes, TColumns>(left11, right11, c + (11 * ldc), width, accumulate); }
        if (TRows.Count > 12) { Write<TLanes, TColumns>(left12, right12, c + (12 * ldc), width, accumulate); }
        if (TRows.Count > 13) { Write<TLanes, TColumns>(left13, right13, c + (13 * ldc), width, accumulate); }
    }

    // C of a large product is in memory: it is on its way while the sums are made.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchRows<TRows>(float* c, nint ldc) where TRows : struct, ICount
    {
        if (Sse.IsSupported)
        {
            for (int row = 0; row < TRows.Count; row++, c += ldc)
            {
                Sse.Prefetch0(c);
                Sse.Prefetch0(c + FloatsPerLine);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TLanes, TColumns>(float a, TLanes left, TLanes right, ref TLanes sumLeft, ref TLanes sumRight)
        where TLanes : struct, ILanes<TLanes>
        where TColumns : struct, ICount
    {
        TLanes factor = TLanes.Broadcast(a);
        sumLeft = TLanes.MultiplyAdd(left, factor, sumLeft);
        if (TColumns.Count > 1)
        {
            sumRight = TLanes.MultiplyAdd(right, factor, sumRight);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes, TColumns>(TLanes left, TLanes right, float* c, int width, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
        where TColumns : struct, ICount
    {
        Write(left, c, width, accumulate);
        if (TColumns.Count > 1)
        {
            Write(right, c + TLanes.Count, width - TLanes.Count, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes>(TLanes sum, float* c, int width, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        if (width >= TLanes.Count)
        {
            TLanes.Store(accumulate ? TLanes.Load(c) + sum : sum, c);
        }
        else
        {
            TLanes.Store(accumulate ? TLanes.Load(c, width) + sum : sum, c, width);
        }
    }
}
