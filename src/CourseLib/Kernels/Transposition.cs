using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels;

/// <summary>Transposes matrices, four columns at a time.</summary>
/// <remarks>
/// Lane layout for AVX-512: a register holds four floats of each of four rows, rows 0, 4, 8, 12 in its quarters; three more hold rows 1, 5, …,
/// rows 2, 6, … and rows 3, 7, …. The usual 4 x 4 transposition by interleaving, which works inside each quarter, then yields sixteen
/// rows of one column, in order: eight shuffles for 64 elements. AVX2 does the same with halves.
/// </remarks>
internal static unsafe class Transposition
{
    /// <summary>
    /// target[p * targetStride + i] = source[i * sourceStride + p] for i below rows and p below columns. With <paramref name="padded"/>,
    /// whole registers are written, and what follows the last row in the target is arbitrary. With <paramref name="spare"/> the source's memory goes on to whole registers of
    /// rows: reading them is faster than repeating the last row.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes>(
        float* source, nint sourceStride, int rows, int columns, float* target, nint targetStride, bool padded = false, bool spare = false)
        where TLanes : struct, ILanes<TLanes>
    {
        nint* offsets = stackalloc nint[16];
        for (int i = 0; i < rows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, rows - i);
            float* corner = source + (i * sourceStride);
            if (TLanes.Count == 1 || columns < 4)
            {
                OneByOne(corner, sourceStride, count, columns, target + i, targetStride);
            }
            else if (TLanes.Count == 16 && (count == 16 || spare))
            {
                SixteenRows(corner, sourceStride, columns, target + i, targetStride, count);
            }
            else
            {
                for (int row = 0; row < TLanes.Count; row++)
                {
                    offsets[row] = Math.Min(row, count - 1) * sourceStride; // rows past the end repeat the last one
                }

                bool whole = padded || count == TLanes.Count;
                for (int p = 0; p < columns; p += 4)
                {
                    int column = Math.Min(p, columns - 4); // the last four begin among those that are done
                    FourColumns<TLanes>(corner + column, offsets, target + (column * targetStride) + i, targetStride, count, whole);
                }
            }
        }
    }

    private static void OneByOne(float* source, nint stride, int rows, int columns, float* target, nint targetStride)
    {
        for (int p = 0; p < columns; p++)
        {
            for (int row = 0; row < rows; row++)
            {
                target[(p * targetStride) + row] = source[(row * stride) + p];
            }
        }
    }

    /// <summary>Sixteen rows, of which the first <paramref name="count"/> are written, with four running pointers instead of sixteen offsets: loading the offsets would take as long as loading the numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixteenRows(float* source, nint stride, int columns, float* target, nint targetStride, int count)
    {
        float* row4 = source + (4 * stride), row8 = source + (8 * stride), row12 = source + (12 * stride);
        nint three = 3 * stride;
        for (int left = columns; left > 0; left -= 4)
        {
            if (left < 4)
            {
                int back = 4 - left; // the last four begin among those that are done
                source -= back;
                row4 -= back;
                row8 -= back;
                row12 -= back;
                target -= back * targetStride;
            }

            Vector512<float> a = Quarters(source, row4, row8, row12);
            Vector512<float> b = Quarters(source + stride, row4 + stride, row8 + stride, row12 + stride);
            Vector512<float> c = Quarters(source + (2 * stride), row4 + (2 * stride), row8 + (2 * stride), row12 + (2 * stride));
            Vector512<float> d = Quarters(source + three, row4 + three, row8 + three, row12 + three);
            Interleave(a, b, c, d, target, targetStride, count, count == Lanes16.Count);
            source += 4;
            row4 += 4;
            row8 += 4;
            row12 += 4;
            target += 4 * targetStride;
        }
    }

    // Four registers of quarters to four columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint stride, int count, bool whole)
    {
        Vector512<float> ab = Avx512F.UnpackLow(a, b), cd = Avx512F.UnpackLow(c, d);
        Write(new Lanes16(Avx512F.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()), target, count, whole);
        Write(new Lanes16(Avx512F.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + stride, count, whole);
        ab = Avx512F.UnpackHigh(a, b);
        cd = Avx512F.UnpackHigh(c, d);
        Write(new Lanes16(Avx512F.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + (2 * stride), count, whole);
        Write(new Lanes16(Avx512F.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + (3 * stride), count, whole);
    }

    // One method for each width: in one for all, the JIT would read what the other widths do before it finds that it is not asked for.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns<TLanes>(float* source, nint* offsets, float* target, nint stride, int count, bool whole)
        where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.Count == 16) { FourColumnsOf16(source, offsets, target, stride, count, whole); }
        else if (TLanes.Count == 8) { FourColumnsOf8(source, offsets, target, stride, count, whole); }
        else { FourColumnsOf4(source, offsets, target, stride, count, whole); }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourColumnsOf16(float* source, nint* offsets, float* target, nint stride, int count, bool whole)
    {
        Vector512<float> a = Quarters(source + offsets[0], source + offsets[4], source + offsets[8], source + offsets[12]);
        Vector512<float> b = Quarters(source + offsets[1], source + offsets[5], source + offsets[9], source + offsets[13]);
        Vector512<float> c = Quarters(source + offsets[2], source + offsets[6], source + offsets[10], source + offsets[14]);
        Vector512<float> d = Quarters(source + offsets[3], source + offsets[7], source + offsets[11], source + offsets[15]);
        Interleave(a, b, c, d, target, stride, count, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourColumnsOf8(float* source, nint* offsets, float* target, nint stride, int count, bool whole)
    {
        Vector256<float> a = Halves(source, offsets), b = Halves(source, offsets + 1), c = Halves(source, offsets + 2), d = Halves(source, offsets + 3);
        Vector256<float> ab = Avx.UnpackLow(a, b), cd = Avx.UnpackLow(c, d);
        Write(new Lanes8(Avx.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()), target, count, whole);
        Write(new Lanes8(Avx.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + stride, count, whole);
        ab = Avx.UnpackHigh(a, b);
        cd = Avx.UnpackHigh(c, d);
        Write(new Lanes8(Avx.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + (2 * stride), count, whole);
        Write(new Lanes8(Avx.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + (3 * stride), count, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourColumnsOf4(float* source, nint* offsets, float* target, nint stride, int count, bool whole)
    {
        Vector128<float> a = Vector128.Load(source + offsets[0]), b = Vector128.Load(source + offsets[1]);
        Vector128<float> c = Vector128.Load(source + offsets[2]), d = Vector128.Load(source + offsets[3]);
        (Vector128<double> abLow, Vector128<double> abHigh) = Interleave(a, b);
        (Vector128<double> cdLow, Vector128<double> cdHigh) = Interleave(c, d);
        Write(new Lanes4(Vector128.Create(abLow.GetLower(), cdLow.GetLower()).AsSingle()), target, count, whole);
        Write(new Lanes4(Vector128.Create(abLow.GetUpper(), cdLow.GetUpper()).AsSingle()), target + stride, count, whole);
        Write(new Lanes4(Vector128.Create(abHigh.GetLower(), cdHigh.GetLower()).AsSingle()), target + (2 * stride), count, whole);
        Write(new Lanes4(Vector128.Create(abHigh.GetUpper(), cdHigh.GetUpper()).AsSingle()), target + (3 * stride), count, whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* a, float* b, float* c, float* d)
    {
        Vector512<float> first = Vector128.Load(a).ToVector256Unsafe().ToVector512Unsafe(); // Vector512.Create would wait for the register's old value
        return Avx512F.InsertVector128(Avx512F.InsertVector128(Avx512F.InsertVector128(first, Vector128.Load(b), 1), Vector128.Load(c), 2), Vector128.Load(d), 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* source, nint* offsets) =>
        Vector256.Create(Vector128.Load(source + offsets[0]), Vector128.Load(source + offsets[4]));

    // a0 b0 a1 b1 and a2 b2 a3 b3
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<double> Low, Vector128<double> High) Interleave(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? (Sse.UnpackLow(a, b).AsDouble(), Sse.UnpackHigh(a, b).AsDouble())
        : AdvSimd.Arm64.IsSupported ? (AdvSimd.Arm64.ZipLow(a, b).AsDouble(), AdvSimd.Arm64.ZipHigh(a, b).AsDouble())
        : (Vector128.Create(a[0], b[0], a[1], b[1]).AsDouble(), Vector128.Create(a[2], b[2], a[3], b[3]).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes>(TLanes value, float* target, int count, bool whole) where TLanes : struct, ILanes<TLanes>
    {
        if (whole)
        {
            TLanes.Store(value, target);
        }
        else
        {
            TLanes.Store(value, target, count);
        }
    }
}
