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
            Vector512<float> x = Unsafe.BitCast<TLanes, Vector512<float>>(a), y = Unsafe.BitCast<TLanes, Vector512<float>>(b);
            Vector512<float> z = Unsafe.BitCast<TLanes, Vector512<float>>(c), w = Unsafe.BitCast<TLanes, Vector512<float>>(d);
            x = Avx512F.UnpackLow(x, y) + Avx512F.UnpackHigh(x, y);
            z = Avx512F.UnpackLow(z, w) + Avx512F.UnpackHigh(z, w);
            x = Avx512F.Shuffle(x, z, 0b01_00_01_00) + Avx512F.Shuffle(x, z, 0b11_10_11_10);
            Vector256<float> half = x.GetLower() + x.GetUpper();
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
}
