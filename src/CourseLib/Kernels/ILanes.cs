namespace CourseLib.Kernels;

/// <summary>
/// A register of <see cref="Count"/> floats. Kernels are written once against this interface; the JIT compiles them for
/// <see cref="Lanes16"/> (AVX-512), <see cref="Lanes8"/> (AVX2), <see cref="Lanes4"/> (SSE, NEON) or <see cref="Lanes1"/> (plain
/// float) into straight-line code, because the type argument is a struct and every member is inlined.
/// </summary>
/// <remarks>
/// All members are the exact IEEE operation in each lane, so a kernel gives the same number whichever lane computes an element;
/// between widths only <see cref="MultiplyAdd"/> may differ (fused where the processor fuses). A mask is a register whose lanes
/// are all ones or all zeros.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public unsafe interface ILanes<TSelf> where TSelf : struct, ILanes<TSelf>
{
    /// <summary>Number of floats in the register.</summary>
    static abstract int Count { get; }

    /// <summary>Reads <see cref="Count"/> floats; no alignment needed.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Reads only the first <paramref name="count"/> floats (0 to <see cref="Count"/>); the other lanes are zero and their memory is not touched.</summary>
    static abstract TSelf Load(float* source, int count);

    /// <summary>Writes <see cref="Count"/> floats.</summary>
    static abstract void Store(TSelf value, float* target);

    /// <summary>Writes only the first <paramref name="count"/> lanes.</summary>
    static abstract void Store(TSelf value, float* target, int count);

    /// <summary>The same number in every lane.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>a + b.</summary>
    static abstract TSelf operator +(TSelf a, TSelf b);

    /// <summary>a - b.</summary>
    static abstract TSelf operator -(TSelf a, TSelf b);

    /// <summary>a * b.</summary>
    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a / b.</summary>
    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>Flips the sign, also that of zero.</summary>
    static abstract TSelf operator -(TSelf a);

    /// <summary>a * b + c, rounded once where the processor has a fused multiply-add, else twice.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>sum = a * b + sum, as <see cref="MultiplyAdd"/>, but in place: of <c>sum = MultiplyAdd(a, b, sum)</c> the JIT makes a multiply-add into b's register and a move.</summary>
    static abstract void Accumulate(ref TSelf sum, TSelf a, TSelf b);

    /// <summary>a * b + c, rounded once on every processor; slow where it is not one instruction.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>The larger one; NaN when either is NaN.</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The smaller one; NaN when either is NaN.</summary>
    static abstract TSelf Min(TSelf a, TSelf b);

    /// <summary>x, but not more than <paramref name="limit"/>; NaN stays NaN. One instruction, where <see cref="Min"/> takes several.</summary>
    static abstract TSelf AtMost(TSelf x, TSelf limit);

    /// <summary>x, but not less than <paramref name="limit"/>; NaN stays NaN.</summary>
    static abstract TSelf AtLeast(TSelf x, TSelf limit);

    /// <summary>Square root; NaN below zero.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>Clears the sign.</summary>
    static abstract TSelf Abs(TSelf a);

    /// <summary>Nearest integer, halves to the even one.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>x to the power y, lane by lane with <see cref="MathF.Pow"/>: accurate, and slow.</summary>
    static abstract TSelf Pow(TSelf x, TSelf y);

    /// <summary>Mask of a &lt; b; false when either is NaN.</summary>
    static abstract TSelf LessThan(TSelf a, TSelf b);

    /// <summary>Mask of a == b; false when either is NaN.</summary>
    static abstract TSelf Equal(TSelf a, TSelf b);

    /// <summary><paramref name="yes"/> where the mask is set, else <paramref name="no"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    /// <summary>The first <paramref name="count"/> lanes of a, zero in the others.</summary>
    static abstract TSelf KeepFirst(TSelf a, int count);

    /// <summary>The magnitude of a with the sign of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf a, TSelf sign);

    /// <summary>2^n for an integer n in [-126, 127], by writing the exponent field.</summary>
    static abstract TSelf PowerOfTwo(TSelf n);

    /// <summary>a 2^n for an integer n in [-250, 250] and a near 1, rounded once: infinite above the largest number, subnormal or 0 below the normal ones. With AVX-512 for any n, rounded down to an integer.</summary>
    static abstract TSelf Scale(TSelf a, TSelf n);

    /// <summary>Splits a positive normal x into mantissa (returned, in [sqrt(1/2), sqrt(2))) and exponent: x = mantissa * 2^exponent.</summary>
    static abstract TSelf SplitExponent(TSelf x, out TSelf exponent);

    /// <summary>Sum over the lanes, in one fixed tree order.</summary>
    static abstract float Sum(TSelf a);
}
