using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels.Poolings;

/// <summary>Takes neighbours apart and puts them together again: two registers of a row to its even and its odd columns, and back.</summary>
internal static class Pairs
{
    /// <summary>Whether these registers have the shuffles; otherwise pixels are taken one by one.</summary>
    public static bool Supports<TLanes>() where TLanes : struct, ILanes<TLanes> =>
        typeof(TLanes) == typeof(Lanes16) || (typeof(TLanes) == typeof(Lanes8) && Avx2.IsSupported)
        || (typeof(TLanes) == typeof(Lanes4) && (Sse.IsSupported || AdvSimd.Arm64.IsSupported)) || typeof(TLanes) == typeof(Lanes1);

    /// <summary>Columns 0, 2, 4 … and columns 1, 3, 5 … of two neighbouring registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Split<TLanes>(TLanes low, TLanes high, out TLanes even, out TLanes odd) where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TLanes) == typeof(Lanes16))
        {
            Vector512<float> a = Unsafe.BitCast<TLanes, Vector512<float>>(low), b = Unsafe.BitCast<TLanes, Vector512<float>>(high);
            Vector512<int> first = Vector512<int>.Indices * 2;
            even = Unsafe.BitCast<Vector512<float>, TLanes>(Avx512F.PermuteVar16x32x2(a, first, b));
            odd = Unsafe.BitCast<Vector512<float>, TLanes>(Avx512F.PermuteVar16x32x2(a, first + Vector512<int>.One, b));
        }
        else if (typeof(TLanes) == typeof(Lanes8))
        {
            // The shuffle works in halves of 128 bits: a0 a2 b0 b2 | a4 a6 b4 b6; the quarters are then put in order.
            Vector256<float> a = Unsafe.BitCast<TLanes, Vector256<float>>(low), b = Unsafe.BitCast<TLanes, Vector256<float>>(high);
            even = Unsafe.BitCast<Vector256<double>, TLanes>(Avx2.Permute4x64(Avx.Shuffle(a, b, 0b10_00_10_00).AsDouble(), 0b11_01_10_00));
            odd = Unsafe.BitCast<Vector256<double>, TLanes>(Avx2.Permute4x64(Avx.Shuffle(a, b, 0b11_01_11_01).AsDouble(), 0b11_01_10_00));
        }
        else if (typeof(TLanes) == typeof(Lanes4))
        {
            Vector128<float> a = Unsafe.BitCast<TLanes, Vector128<float>>(low), b = Unsafe.BitCast<TLanes, Vector128<float>>(high);
            bool sse = Sse.IsSupported;
            even = Unsafe.BitCast<Vector128<float>, TLanes>(sse ? Sse.Shuffle(a, b, 0b10_00_10_00) : AdvSimd.Arm64.UnzipEven(a, b));
            odd = Unsafe.BitCast<Vector128<float>, TLanes>(sse ? Sse.Shuffle(a, b, 0b11_01_11_01) : AdvSimd.Arm64.UnzipOdd(a, b));
        }
        else
        {
            even = low;
            odd = high;
        }
    }

    /// <summary>The inverse of <see cref="Split"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Join<TLanes>(TLanes even, TLanes odd, out TLanes low, out TLanes high) where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TLanes) == typeof(Lanes16))
        {
            Vector512<float> a = Unsafe.BitCast<TLanes, Vector512<float>>(even), b = Unsafe.BitCast<TLanes, Vector512<float>>(odd);
            // Lane i comes from lane i / 2 of a, or, where i is odd, of b, whose lanes are numbered from 16.
            Vector512<int> index = (Vector512<int>.Indices >> 1) + ((Vector512<int>.Indices & Vector512<int>.One) << 4);
            low = Unsafe.BitCast<Vector512<float>, TLanes>(Avx512F.PermuteVar16x32x2(a, index, b));
            high = Unsafe.BitCast<Vector512<float>, TLanes>(Avx512F.PermuteVar16x32x2(a, index + Vector512.Create(8), b));
        }
        else if (typeof(TLanes) == typeof(Lanes8))
        {
            Vector256<float> a = Unsafe.BitCast<TLanes, Vector256<float>>(even), b = Unsafe.BitCast<TLanes, Vector256<float>>(odd);
            Vector256<float> front = Avx.UnpackLow(a, b), back = Avx.UnpackHigh(a, b); // a0 b0 a1 b1 | a4 b4 a5 b5 and a2 … | a6 …
            low = Unsafe.BitCast<Vector256<float>, TLanes>(Avx.Permute2x128(front, back, 0x20));
            high = Unsafe.BitCast<Vector256<float>, TLanes>(Avx.Permute2x128(front, back, 0x31));
        }
        else if (typeof(TLanes) == typeof(Lanes4))
        {
            Vector128<float> a = Unsafe.BitCast<TLanes, Vector128<float>>(even), b = Unsafe.BitCast<TLanes, Vector128<float>>(odd);
            bool sse = Sse.IsSupported;
            low = Unsafe.BitCast<Vector128<float>, TLanes>(sse ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b));
            high = Unsafe.BitCast<Vector128<float>, TLanes>(sse ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b));
        }
        else
        {
            low = even;
            high = odd;
        }
    }
}
