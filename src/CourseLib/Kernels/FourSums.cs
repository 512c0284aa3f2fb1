using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels;

/// <summary>
/// Adds up the lanes of four registers at once. Each 128-bit part is transposed while it is summed, (a0+a2, b0+b2, a1+a3, b1+b3) first, then all four
/// registers' sums side by side: a third of the instructions of four separate sums. The weights' gradient does this after every few images.
/// </summary>
internal static unsafe class FourSums
{
    /// <summary>target[0 … 3] += the sums of a, b, c and d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d, float* target) where TLanes : struct, ILanes<TLanes> =>
        (Vector128.Load(target) + Of(a, b, c, d)).Store(target);

    /// <summary>The sums of a, b, c and d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d) where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TLanes) == typeof(Lanes16))
        {
            Vector512<float> parts = Parts(a, b, c, d);
            Vector256<float> half = parts.GetLower() + parts.GetUpper();
            return half.GetLower() + half.GetUpper();
        }

        if (typeof(TLanes) == typeof(Lanes8) && Avx.IsSupported)
        {
            Vector256<float> x = Unsafe.BitCast<TLanes, Vector256<float>>(a), y = Unsafe.BitCast<TLanes, Vector256<float>>(b);
            Vector256<float> z = Unsafe.BitCast<TLanes, Vector256<float>>(c), w = Unsafe.BitCast<TLanes, Vector256<float>>(d);
            x = Avx.UnpackLow(x, y) + Avx.UnpackHigh(x, y);
            z = Avx.UnpackLow(z, w) + Avx.UnpackHigh(z, w);
            x = Avx.Shuffle(x, z, 0b01_00_01_00) + Avx.Shuffle(x, z, 0b11_10_11_10);
            return x.GetLower() + x.GetUpper();
        }

        return Vector128.Create(TLanes.Sum(a), TLanes.Sum(b), TLanes.Sum(c), TLanes.Sum(d));
    }

    /// <summary>
    /// Of sixteen registers of AVX-512, four to each quarter of the result: what <see cref="Parts"/> gives for each four is folded together as its parts were, with half of
    /// the instructions of four separate folds, and the sums stand side by side for a store.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfFour(Vector512<float> first, Vector512<float> second, Vector512<float> third, Vector512<float> fourth)
    {
        Vector512<float> low = Avx512F.Shuffle4x128(first, second, 0b01_00_01_00) + Avx512F.Shuffle4x128(first, second, 0b11_10_11_10);
        Vector512<float> high = Avx512F.Shuffle4x128(third, fourth, 0b01_00_01_00) + Avx512F.Shuffle4x128(third, fourth, 0b11_10_11_10);
        return Avx512F.Shuffle4x128(low, high, 0b10_00_10_00) + Avx512F.Shuffle4x128(low, high, 0b11_01_11_01);
    }

    /// <summary>The sums of a, b, c and d over each 128-bit part of registers of AVX-512, side by side in that part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Parts<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d) where TLanes : struct, ILanes<TLanes>
    {
        Vector512<float> x = Unsafe.BitCast<TLanes, Vector512<float>>(a), y = Unsafe.BitCast<TLanes, Vector512<float>>(b);
        Vector512<float> z = Unsafe.BitCast<TLanes, Vector512<float>>(c), w = Unsafe.BitCast<TLanes, Vector512<float>>(d);
        x = Avx512F.UnpackLow(x, y) + Avx512F.UnpackHigh(x, y);
        z = Avx512F.UnpackLow(z, w) + Avx512F.UnpackHigh(z, w);
        return Avx512F.Shuffle(x, z, 0b01_00_01_00) + Avx512F.Shuffle(x, z, 0b11_10_11_10);
    }
}
