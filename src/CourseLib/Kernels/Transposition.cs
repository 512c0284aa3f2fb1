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
    /// whole registers are written, and what follows the last row in the target is arbitrary.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes>(float* source, nint sourceStride, int rows, int columns, float* target, nint targetStride, bool padded = false)
        where TLanes : struct, ILanes<TLanes>
    {
        nint* offsets = stackalloc nint[16];
        for (int i = 0; i < rows; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, rows - i);
            for (int row = 0; row < TLanes.Count; row++)
            {
                offsets[row] = Math.Min(i + row, rows - 1) * sourceStride; // rows past the end repeat the last one
            }

            int p = 0;
            if (TLanes.Count > 1)
            {
                bool whole = padded || count == TLanes.Count;
                for (; p <= columns - 4; p += 4)
                {
                    FourColumns<TLanes>(source + p, offsets, target + (p * targetStride) + i, targetStride, count, whole);
                }
            }
            for (; p < columns; p++)
            {
                for (int row = 0; row < count; row++)
                {
                    target[(p * targetStride) + i + row] = source[offsets[row] + p];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns<TLanes>(float* source, nint* offsets, float* target, nint stride, int count, bool whole)
        where TLanes : struct, ILanes<TLanes>
    {
        if (TLanes.Count == 16)
        {
            Vector512<float> a = Quarters(source, offsets), b = Quarters(source, offsets + 1), c = Quarters(source, offsets + 2), d = Quarters(source, offsets + 3);
            Vector512<float> ab = Avx512F.UnpackLow(a, b), cd = Avx512F.UnpackLow(c, d);
            Write(new Lanes16(Avx512F.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()), target, count, whole);
            Write(new Lanes16(Avx512F.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + stride, count, whole);
            ab = Avx512F.UnpackHigh(a, b);
            cd = Avx512F.UnpackHigh(c, d);
            Write(new Lanes16(Avx512F.UnpackLow(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + (2 * stride), count, whole);
            Write(new Lanes16(Avx512F.UnpackHigh(ab.AsDouble(), cd.AsDouble()).AsSingle()), target + (3 * stride), count, whole);
        }
        else if (TLanes.Count == 8)
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
        else
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
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* source, nint* offsets) =>
        Halves(source, offsets).ToVector512Unsafe().WithUpper(Halves(source, offsets + 8)); // Create(a, b) would wait for the register's old value

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
