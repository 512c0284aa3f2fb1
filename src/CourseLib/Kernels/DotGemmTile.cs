using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>
/// The tile of <see cref="DotGemm{TLanes}"/>: up to five rows against four columns, both read along the sum, a register of products at a time. The lanes are added up once, at the end.
/// </summary>
/// <remarks>
/// Adding up is felt when the sums are short: 20 registers of sums are 65 additions and shuffles, against 160 multiply-adds for sums over 128, a fifth of the time. Therefore tile follows
/// tile without a call between them, and where rows lie side by side in the result, as the outputs of a layer do, sixteen sums become one register (<see cref="FourSums.OfFour"/>).
/// </remarks>
internal static unsafe class DotGemmTile
{
    /// <summary>
    /// out[i * rowStride + j * columnStride] (+)= sum over p of rows[i * rowPitch + p] * columns[j * columnPitch + p], for i below TRows.Count and j below
    /// <paramref name="width"/>, four by four; <paramref name="k"/> is at least a register.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TRows>(
        float* rows, nint rowPitch, float* columns, nint columnPitch, int width, int k, float* target, nint rowStride, nint columnStride, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
        where TRows : struct, ICount
    {
        for (; width > 0; width -= 4, columns += 4 * columnPitch, target += 4 * columnStride)
        {
            TLanes zero = TLanes.Broadcast(0);
            TLanes s00 = zero, s01 = zero, s02 = zero, s03 = zero;
            TLanes s10 = zero, s11 = zero, s12 = zero, s13 = zero;
            TLanes s20 = zero, s21 = zero, s22 = zero, s23 = zero;
            TLanes s30 = zero, s31 = zero, s32 = zero, s33 = zero;
            TLanes s40 = zero, s41 = zero, s42 = zero, s43 = zero;
            // A column that is not there repeats the last one that is.
            nint second = width > 1 ? columnPitch : 0, third = width > 2 ? 2 * columnPitch : second, fourth = width > 3 ? 3 * columnPitch : third;
            float* row = rows, column = columns;
            int p = 0;
            do
            {
                TLanes c0 = TLanes.Load(column), c1 = TLanes.Load(column + second), c2 = TLanes.Load(column + third), c3 = TLanes.Load(column + fourth);
                Add(TLanes.Load(row), c0, c1, c2, c3, ref s00, ref s01, ref s02, ref s03);
                if (TRows.Count > 1) { Add(TLanes.Load(row + rowPitch), c0, c1, c2, c3, ref s10, ref s11, ref s12, ref s13); }
                if (TRows.Count > 2) { Add(TLanes.Load(row + (2 * rowPitch)), c0, c1, c2, c3, ref s20, ref s21, ref s22, ref s23); }
                if (TRows.Count > 3) { Add(TLanes.Load(row + (3 * rowPitch)), c0, c1, c2, c3, ref s30, ref s31, ref s32, ref s33); }
                if (TRows.Count > 4) { Add(TLanes.Load(row + (4 * rowPitch)), c0, c1, c2, c3, ref s40, ref s41, ref s42, ref s43); }
                p += TLanes.Count;
                row += TLanes.Count;
                column += TLanes.Count;
            }
            while (p <= k - TLanes.Count);

            if (p < k)
            {
                int rest = k - p;
                TLanes c0 = TLanes.Load(column, rest), c1 = TLanes.Load(column + second, rest), c2 = TLanes.Load(column + third, rest), c3 = TLanes.Load(column + fourth, rest);
                Add(TLanes.Load(row, rest), c0, c1, c2, c3, ref s00, ref s01, ref s02, ref s03);
                if (TRows.Count > 1) { Add(TLanes.Load(row + rowPitch, rest), c0, c1, c2, c3, ref s10, ref s11, ref s12, ref s13); }
                if (TRows.Count > 2) { Add(TLanes.Load(row + (2 * rowPitch), rest), c0, c1, c2, c3, ref s20, ref s21, ref s22, ref s23); }
                if (TRows.Count > 3) { Add(TLanes.Load(row + (3 * rowPitch), rest), c0, c1, c2, c3, ref s30, ref s31, ref s32, ref s33); }
                if (TRows.Count > 4) { Add(TLanes.Load(row + (4 * rowPitch), rest), c0, c1, c2, c3, ref s40, ref s41, ref s42, ref s43); }
            }

            if (typeof(TLanes) == typeof(Lanes16) && TRows.Count >= 4 && rowStride == 1 && width >= 4)
            {
                Vector512<float> sums = FourSums.OfFour(
                    FourSums.Parts(s00, s10, s20, s30), FourSums.Parts(s01, s11, s21, s31), FourSums.Parts(s02, s12, s22, s32), FourSums.Parts(s03, s13, s23, s33));
                Write(sums.GetLower().GetLower(), target, accumulate);
                Write(sums.GetLower().GetUpper(), target + columnStride, accumulate);
                Write(sums.GetUpper().GetLower(), target + (2 * columnStride), accumulate);
                Write(sums.GetUpper().GetUpper(), target + (3 * columnStride), accumulate);
                if (TRows.Count > 4) { Write(s40, s41, s42, s43, target + 4, columnStride, width, accumulate); }
                continue;
            }

            Write(s00, s01, s02, s03, target, columnStride, width, accumulate);
            if (TRows.Count > 1) { Write(s10, s11, s12, s13, target + rowStride, columnStride, width, accumulate); }
            if (TRows.Count > 2) { Write(s20, s21, s22, s23, target + (2 * rowStride), columnStride, width, accumulate); }
            if (TRows.Count > 3) { Write(s30, s31, s32, s33, target + (3 * rowStride), columnStride, width, accumulate); }
            if (TRows.Count > 4) { Write(s40, s41, s42, s43, target + (4 * rowStride), columnStride, width, accumulate); }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes>(TLanes row, TLanes c0, TLanes c1, TLanes c2, TLanes c3, ref TLanes s0, ref TLanes s1, ref TLanes s2, ref TLanes s3)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Accumulate(ref s0, row, c0);
        TLanes.Accumulate(ref s1, row, c1);
        TLanes.Accumulate(ref s2, row, c2);
        TLanes.Accumulate(ref s3, row, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes>(TLanes s0, TLanes s1, TLanes s2, TLanes s3, float* target, nint stride, int width, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
    {
        Vector128<float> sums = FourSums.Of(s0, s1, s2, s3);
        if (stride == 1 && width >= 4)
        {
            Write(sums, target, accumulate);
            return;
        }

        Write(sums[0], target, accumulate);
        if (width > 1) { Write(sums[1], target + stride, accumulate); }
        if (width > 2) { Write(sums[2], target + (2 * stride), accumulate); }
        if (width > 3) { Write(sums[3], target + (3 * stride), accumulate); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector128<float> sums, float* target, bool accumulate) => (accumulate ? Vector128.Load(target) + sums : sums).Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(float sum, float* target, bool accumulate) => *target = accumulate ? *target + sum : sum;
}
