using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>Four floats in a 128-bit register (SSE, NEON): nothing here is tied to one processor.</summary>
/// <param name="value">The register.</param>
public unsafe struct Lanes4(Vector128<float> value) : ILanes<Lanes4>
{
    // The exponent field starts at bit 23. Subtracting the bits of sqrt(1/2) before the shift rounds the exponent so that the
    // mantissa lands in [sqrt(1/2), sqrt(2)), where the logarithm's polynomial is centred.
    private const int SqrtHalfBits = 0x3f3504f3;
    private const int ExponentShift = 23;

    // Adding 2^23 + 127 to an integer n leaves n + 127, the biased exponent, in the low bits of the sum.
    private const float ExponentMagic = 8388608f + ExponentBias;

    private const int ExponentBias = 127;

    private Vector128<float> value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(float* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(float* source, int count)
    {
        float* padded = stackalloc float[4];
        for (int lane = 0; lane < 4; lane++)
        {
            padded[lane] = lane < count ? source[lane] : 0;
        }
        return Load(padded);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 value, float* target) => value.value.Store(target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes4 value, float* target, int count)
    {
        for (int lane = 0; lane < count; lane++)
        {
            target[lane] = value.value[lane];
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 a, Lanes4 b) => new(a.value + b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 a, Lanes4 b) => new(a.value - b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 a, Lanes4 b) => new(a.value * b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator /(Lanes4 a, Lanes4 b) => new(a.value / b.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 a) => new(-a.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAdd(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector128.MultiplyAddEstimate(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(ref Lanes4 sum, Lanes4 a, Lanes4 b) => sum.value = Vector128.MultiplyAddEstimate(a.value, b.value, sum.value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 FusedMultiplyAdd(Lanes4 a, Lanes4 b, Lanes4 c) => new(Vector128.FusedMultiplyAdd(a.value, b.value, c.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Max(Lanes4 a, Lanes4 b) => new(Vector128.Max(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Min(Lanes4 a, Lanes4 b) => new(Vector128.Min(a.value, b.value));

    // Where an operand is NaN, the native instructions give the second one.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AtMost(Lanes4 x, Lanes4 limit) => new(Vector128.MinNative(limit.value, x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 AtLeast(Lanes4 x, Lanes4 limit) => new(Vector128.MaxNative(limit.value, x.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Sqrt(Lanes4 a) => new(Vector128.Sqrt(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Abs(Lanes4 a) => new(Vector128.Abs(a.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Round(Lanes4 a) => new(Vector128.Round(a.value));

    /// <inheritdoc/>
    public static Lanes4 Pow(Lanes4 x, Lanes4 y)
    {
        Vector128<float> power = default;
        for (int lane = 0; lane < Count; lane++)
        {
            power = power.WithElement(lane, MathF.Pow(x.value[lane], y.value[lane]));
        }
        return new(power);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 LessThan(Lanes4 a, Lanes4 b) => new(Vector128.LessThan(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Equal(Lanes4 a, Lanes4 b) => new(Vector128.Equals(a.value, b.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Select(Lanes4 mask, Lanes4 yes, Lanes4 no) => new(Vector128.ConditionalSelect(mask.value, yes.value, no.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 KeepFirst(Lanes4 a, int count) => new(a.value & FirstMask(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 CopySign(Lanes4 a, Lanes4 sign) => new(Vector128.CopySign(a.value, sign.value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 PowerOfTwo(Lanes4 n) =>
        new(((n.value + Vector128.Create(ExponentMagic)).AsInt32() << ExponentShift).AsSingle());

    // In two factors, because one exponent field does not reach; the first product is exact.
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Scale(Lanes4 a, Lanes4 n)
    {
        Vector128<int> power = Vector128.ConvertToInt32Native(n.value);
        Vector128<int> half = power >> 1;
        Vector128<int> bias = Vector128.Create(ExponentBias);
        Vector128<float> first = ((half + bias) << ExponentShift).AsSingle();
        Vector128<float> second = ((power - half + bias) << ExponentShift).AsSingle();
        return new(a.value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 SplitExponent(Lanes4 x, out Lanes4 exponent)
    {
        Vector128<int> bits = x.value.AsInt32();
        Vector128<int> power = (bits - Vector128.Create(SqrtHalfBits)) >> ExponentShift;
        exponent = new(Vector128.ConvertToSingle(power));
        return new((bits - (power << ExponentShift)).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Lanes4 a) => (a.value[0] + a.value[2]) + (a.value[1] + a.value[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FirstMask(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
}
