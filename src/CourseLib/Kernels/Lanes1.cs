using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>One float in the role of a register: the fallback where no SIMD is available, and the scalar definition of every operation.</summary>
/// <param name="value">The number.</param>
public unsafe struct Lanes1(float value) : ILanes<Lanes1>
{
    private const int SqrtHalfBits = 0x3f3504f3; // see Lanes16
    private const int ExponentShift = 23;
    private const int ExponentBias = 127;
    private const float ExponentMagic = 8388608f + ExponentBias;

    private float value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    public static Lanes1 Load(float* source) => new(*source);

    /// <inheritdoc/>
    public static Lanes1 Load(float* source, int count) => new(count > 0 ? *source : 0);

    /// <inheritdoc/>
    public static void Store(Lanes1 value, float* target) => *target = value.value;

    /// <inheritdoc/>
    public static void Store(Lanes1 value, float* target, int count)
    {
        if (count > 0)
        {
            *target = value.value;
        }
    }

    /// <inheritdoc/>
    public static Lanes1 Broadcast(float value) => new(value);

    /// <inheritdoc/>
    public static Lanes1 operator +(Lanes1 a, Lanes1 b) => new(a.value + b.value);

    /// <inheritdoc/>
    public static Lanes1 operator -(Lanes1 a, Lanes1 b) => new(a.value - b.value);

    /// <inheritdoc/>
    public static Lanes1 operator *(Lanes1 a, Lanes1 b) => new(a.value * b.value);

    /// <inheritdoc/>
    public static Lanes1 operator /(Lanes1 a, Lanes1 b) => new(a.value / b.value);

    /// <inheritdoc/>
    public static Lanes1 operator -(Lanes1 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 MultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(float.MultiplyAddEstimate(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(ref Lanes1 sum, Lanes1 a, Lanes1 b) => sum.value = float.MultiplyAddEstimate(a.value, b.value, sum.value);

    /// <inheritdoc/>
    public static Lanes1 FusedMultiplyAdd(Lanes1 a, Lanes1 b, Lanes1 c) => new(MathF.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    public static Lanes1 Max(Lanes1 a, Lanes1 b) => new(MathF.Max(a.value, b.value));

    /// <inheritdoc/>
    public static Lanes1 Min(Lanes1 a, Lanes1 b) => new(MathF.Min(a.value, b.value));

    /// <inheritdoc/>
    public static Lanes1 AtMost(Lanes1 x, Lanes1 limit) => limit.value < x.value ? limit : x;

    /// <inheritdoc/>
    public static Lanes1 AtLeast(Lanes1 x, Lanes1 limit) => limit.value > x.value ? limit : x;

    /// <inheritdoc/>
    public static Lanes1 Sqrt(Lanes1 a) => new(MathF.Sqrt(a.value));

    /// <inheritdoc/>
    public static Lanes1 Abs(Lanes1 a) => new(MathF.Abs(a.value));

    /// <inheritdoc/>
    public static Lanes1 Round(Lanes1 a) => new(MathF.Round(a.value));

    /// <inheritdoc/>
    public static Lanes1 Pow(Lanes1 x, Lanes1 y) => new(MathF.Pow(x.value, y.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 LessThan(Lanes1 a, Lanes1 b) => Mask(a.value < b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Equal(Lanes1 a, Lanes1 b) => Mask(a.value == b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Select(Lanes1 mask, Lanes1 yes, Lanes1 no) => BitConverter.SingleToInt32Bits(mask.value) != 0 ? yes : no;

    /// <inheritdoc/>
    public static Lanes1 KeepFirst(Lanes1 a, int count) => count > 0 ? a : default;

    /// <inheritdoc/>
    public static Lanes1 CopySign(Lanes1 a, Lanes1 sign) => new(MathF.CopySign(a.value, sign.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 PowerOfTwo(Lanes1 n) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(n.value + ExponentMagic) << ExponentShift));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 Scale(Lanes1 a, Lanes1 n)
    {
        int power = (int)n.value, half = power >> 1;
        float first = BitConverter.Int32BitsToSingle((half + ExponentBias) << ExponentShift);
        float second = BitConverter.Int32BitsToSingle((power - half + ExponentBias) << ExponentShift);
        return new(a.value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes1 SplitExponent(Lanes1 x, out Lanes1 exponent)
    {
        int bits = BitConverter.SingleToInt32Bits(x.value);
        int power = (bits - SqrtHalfBits) >> ExponentShift;
        exponent = new(power);
        return new(BitConverter.Int32BitsToSingle(bits - (power << ExponentShift)));
    }

    /// <inheritdoc/>
    public static float Sum(Lanes1 a) => a.value;

    private static Lanes1 Mask(bool condition) => new(BitConverter.Int32BitsToSingle(condition ? -1 : 0));
}
