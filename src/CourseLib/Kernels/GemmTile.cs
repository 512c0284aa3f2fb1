using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>The innermost kernel of the matrix product: one tile of C, held in registers while the sums run over k.</summary>
/// <remarks>
/// <para>A tile is <c>TRows.Count</c> rows, up to six, by <c>TColumns.Count</c> registers, up to four. For each p it loads the registers of row p of B and, for each
/// row i, broadcasts A[i, p] and does one multiply-add per register. 6 x 4 registers of AVX-512 are 24 accumulators, 4 of B and 1 broadcast, 29 of 32; with
/// the 16 registers of AVX2 or SSE it is 6 x 2. So many independent chains hide the multiply-adds' latency of four cycles on two units.</para>
/// <para>Which tile of that area is best is a matter of what else the processor has to do for each multiply-add. A tile of r x c reads c registers and r
/// broadcasts for its r c multiply-adds, least when it is nearly square: 10 for 24, where 14 x 2 takes 16 for 28. It counts when another thread runs on
/// the same core: then each gets about three operations per cycle, not enough to keep both units busy with two operations per multiply-add. For the same reason
/// the loop does two steps at a time: the pointers move once for 48 multiply-adds.</para>
/// <para>A is addressed by two strides, so rows of A, columns of a transposed A and packed strips all go through the same code. Its rows are addressed from one pointer: p, p + s,
/// p + 2s and p + 4s are x86 addressing modes, and 3s and 5s stay in registers.</para>
/// <para>Every element of C is the same chain of multiply-adds over p whatever tile it falls into: results depend on no split.</para>
/// </remarks>
internal static unsafe class GemmTile
{
    // After so many steps along the sum, a power of two, some lines are asked for.
    private const int StepsPerAsking = 16;

    /// <summary>
    /// C[i, j] (+)= sum over p of a[i * rowStride + p * depthStride] * b[p * ldb + j] for the rows and whole registers of the tile. Meanwhile the lines of the tile's <paramref name="own"/> part of C are
    /// asked for.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TRows, TColumns>(
        float* a, nint rowStride, nint depthStride, float* b, nint ldb, float* c, nint ldc, nint k, bool accumulate, ref LinesAhead own)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        // Conditions on TRows.Count and TColumns.Count are constants to the JIT: what a smaller tile lacks is not there at all.
        Row<TLanes> zero = new(TLanes.Broadcast(0));
        Row<TLanes> row0 = zero, row1 = zero, row2 = zero, row3 = zero, row4 = zero, row5 = zero;
        nint row = rowStride * sizeof(float), threeRows = 3 * row, fiveRows = 5 * row;
        for (; k > 0; k -= 2)
        {
            if ((k & (StepsPerAsking - 2)) == 0)
            {
                own.AskForNext();
            }
            Step<TLanes, TRows, TColumns>((byte*)a, row, threeRows, fiveRows, b, ref row0, ref row1, ref row2, ref row3, ref row4, ref row5);
            if (k == 1)
            {
                break; // a branch on the way, but no third copy of the step for the compiler
            }
            Step<TLanes, TRows, TColumns>((byte*)(a + depthStride), row, threeRows, fiveRows, b + ldb, ref row0, ref row1, ref row2, ref row3, ref row4, ref row5);
            a += 2 * depthStride;
            b += 2 * ldb;
        }

        if (accumulate)
        {
            row0.Add<TColumns>(c);
            if (TRows.Count > 1) { row1.Add<TColumns>(c + ldc); }
            if (TRows.Count > 2) { row2.Add<TColumns>(c + (2 * ldc)); }
            if (TRows.Count > 3) { row3.Add<TColumns>(c + (3 * ldc)); }
            if (TRows.Count > 4) { row4.Add<TColumns>(c + (4 * ldc)); }
            if (TRows.Count > 5) { row5.Add<TColumns>(c + (5 * ldc)); }
        }

        row0.Store<TColumns>(c);
        if (TRows.Count > 1) { row1.Store<TColumns>(c + ldc); }
        if (TRows.Count > 2) { row2.Store<TColumns>(c + (2 * ldc)); }
        if (TRows.Count > 3) { row3.Store<TColumns>(c + (3 * ldc)); }
        if (TRows.Count > 4) { row4.Store<TColumns>(c + (4 * ldc)); }
        if (TRows.Count > 5) { row5.Store<TColumns>(c + (5 * ldc)); }
    }

    // One p: A[0 .. 5, p] times row p of B.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TLanes, TRows, TColumns>(
        byte* a, nint row, nint threeRows, nint fiveRows, float* b,
        ref Row<TLanes> row0, ref Row<TLanes> row1, ref Row<TLanes> row2, ref Row<TLanes> row3, ref Row<TLanes> row4, ref Row<TLanes> row5)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        TLanes b0 = TLanes.Load(b);
        TLanes b1 = TColumns.Count > 1 ? TLanes.Load(b + TLanes.Count) : b0;
        TLanes b2 = TColumns.Count > 2 ? TLanes.Load(b + (2 * TLanes.Count)) : b0;
        TLanes b3 = TColumns.Count > 3 ? TLanes.Load(b + (3 * TLanes.Count)) : b0;
        Add<TLanes, TColumns>(ref row0, *(float*)a, b0, b1, b2, b3);
        if (TRows.Count > 1) { Add<TLanes, TColumns>(ref row1, *(float*)(a + row), b0, b1, b2, b3); }
        if (TRows.Count > 2) { Add<TLanes, TColumns>(ref row2, *(float*)(a + (2 * row)), b0, b1, b2, b3); }
        if (TRows.Count > 3) { Add<TLanes, TColumns>(ref row3, *(float*)(a + threeRows), b0, b1, b2, b3); }
        if (TRows.Count > 4) { Add<TLanes, TColumns>(ref row4, *(float*)(a + (4 * row)), b0, b1, b2, b3); }
        if (TRows.Count > 5) { Add<TLanes, TColumns>(ref row5, *(float*)(a + fiveRows), b0, b1, b2, b3); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes, TColumns>(ref Row<TLanes> row, float a, TLanes b0, TLanes b1, TLanes b2, TLanes b3)
        where TLanes : struct, ILanes<TLanes>
        where TColumns : struct, ICount
    {
        TLanes factor = TLanes.Broadcast(a);
        TLanes.Accumulate(ref row.First, b0, factor);
        if (TColumns.Count > 1) { TLanes.Accumulate(ref row.Second, b1, factor); }
        if (TColumns.Count > 2) { TLanes.Accumulate(ref row.Third, b2, factor); }
        if (TColumns.Count > 3) { TLanes.Accumulate(ref row.Fourth, b3, factor); }
    }

    /// <summary>The registers of one row of the tile: named fields, which the JIT keeps in registers; elements of an inline array would be memory.</summary>
    private struct Row<TLanes>(TLanes zero) where TLanes : struct, ILanes<TLanes>
    {
        public TLanes First = zero, Second = zero, Third = zero, Fourth = zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add<TColumns>(float* c) where TColumns : struct, ICount
        {
            First = TLanes.Load(c) + First;
            if (TColumns.Count > 1) { Second = TLanes.Load(c + TLanes.Count) + Second; }
            if (TColumns.Count > 2) { Third = TLanes.Load(c + (2 * TLanes.Count)) + Third; }
            if (TColumns.Count > 3) { Fourth = TLanes.Load(c + (3 * TLanes.Count)) + Fourth; }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store<TColumns>(float* c) where TColumns : struct, ICount
        {
            TLanes.Store(First, c);
            if (TColumns.Count > 1) { TLanes.Store(Second, c + TLanes.Count); }
            if (TColumns.Count > 2) { TLanes.Store(Third, c + (2 * TLanes.Count)); }
            if (TColumns.Count > 3) { TLanes.Store(Fourth, c + (3 * TLanes.Count)); }
        }
    }
}
