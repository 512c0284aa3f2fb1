using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels.Softmaxes;

/// <summary>
/// The passes over one row that every softmax consists of. Subtracting the row's maximum changes nothing in exact arithmetic and keeps every exponent at
/// or below zero: no overflow, and the largest term is exactly 1, so that the sum is never zero.
/// </summary>
internal static unsafe class SoftmaxRow
{
    /// <summary>The largest element. A NaN may be passed over here: it comes back with the exponentials, whose sum it makes NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max<TLanes>(float* x, int length) where TLanes : struct, ILanes<TLanes>
    {
        TLanes max = TLanes.Broadcast(float.NegativeInfinity);
        int i = 0;
        if (length >= 4 * TLanes.Count)
        {
            // Four at a time: a maximum takes four cycles, and here none waits for the one before it.
            TLanes max1 = max, max2 = max, max3 = max;
            for (; i <= length - (4 * TLanes.Count); i += 4 * TLanes.Count)
            {
                max = TLanes.AtLeast(TLanes.Load(x + i), max);
                max1 = TLanes.AtLeast(TLanes.Load(x + i + TLanes.Count), max1);
                max2 = TLanes.AtLeast(TLanes.Load(x + i + (2 * TLanes.Count)), max2);
                max3 = TLanes.AtLeast(TLanes.Load(x + i + (3 * TLanes.Count)), max3);
            }
            max = TLanes.AtLeast(TLanes.AtLeast(max, max1), TLanes.AtLeast(max2, max3));
        }
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            max = TLanes.AtLeast(TLanes.Load(x + i), max);
        }
        if (i < length)
        {
            // The lanes beyond the end keep what they have.
            TLanes one = TLanes.Broadcast(1);
            TLanes inside = TLanes.Equal(TLanes.KeepFirst(one, length - i), one);
            max = TLanes.Select(inside, TLanes.AtLeast(TLanes.Load(x + i, length - i), max), max);
        }
        return MaxAcross(max);
    }

    /// <summary>e = exp(x - max); returns the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponentials<TLanes>(float* x, float max, float* e, int length) where TLanes : struct, ILanes<TLanes>
    {
        TLanes center = TLanes.Broadcast(max), sum = TLanes.Broadcast(0);
        ExpOperator exp = default;
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            TLanes value = exp.Invoke(TLanes.Load(x + i) - center);
            TLanes.Store(value, e + i);
            sum += value;
        }
        if (i < length)
        {
            int count = length - i;
            TLanes value = TLanes.KeepFirst(exp.Invoke(TLanes.Load(x + i, count) - center), count);
            TLanes.Store(value, e + i, count);
            sum += value;
        }
        return TLanes.Sum(sum);
    }

    /// <summary>The sum of exp(x - max).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumOfExponentials<TLanes>(float* x, float max, int length) where TLanes : struct, ILanes<TLanes>
    {
        TLanes center = TLanes.Broadcast(max), sum = TLanes.Broadcast(0);
        ExpOperator exp = default;
        int i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            sum += exp.Invoke(TLanes.Load(x + i) - center);
        }
        if (i < length)
        {
            sum += TLanes.KeepFirst(exp.Invoke(TLanes.Load(x + i, length - i) - center), length - i);
        }
        return TLanes.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float MaxAcross<TLanes>(TLanes a) where TLanes : struct, ILanes<TLanes>
    {
        if (typeof(TLanes) == typeof(Lanes1))
        {
            return TLanes.Sum(a);
        }
        Vector128<float> four;
        if (typeof(TLanes) == typeof(Lanes16))
        {
            Vector512<float> v = Unsafe.BitCast<TLanes, Vector512<float>>(a);
            Vector256<float> eight = Vector256.Max(v.GetLower(), v.GetUpper());
            four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        }
        else if (typeof(TLanes) == typeof(Lanes8))
        {
            Vector256<float> v = Unsafe.BitCast<TLanes, Vector256<float>>(a);
            four = Vector128.Max(v.GetLower(), v.GetUpper());
        }
        else
        {
            four = Unsafe.BitCast<TLanes, Vector128<float>>(a);
        }
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2)));
        return four.ToScalar();
    }
}
