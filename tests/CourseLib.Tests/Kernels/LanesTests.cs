using System.Runtime.Intrinsics;
using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

/// <summary>Operations of registers whose special values the kernels rely on, for each width that this processor has.</summary>
public unsafe class LanesTests
{
    [Fact]
    public void Of_one() => Check<Lanes1>();

    [Fact]
    public void Of_four() => Check<Lanes4>();

    [Fact]
    public void Of_eight()
    {
        if (Vector256.IsHardwareAccelerated)
        {
            Check<Lanes8>();
        }
    }

    [Fact]
    public void Of_sixteen()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Check<Lanes16>();
        }
    }

    private static void Check<TLanes>() where TLanes : struct, ILanes<TLanes>
    {
        // A limit holds what is beyond it, leaves -0 beside 0 as it is, and lets NaN pass.
        AssertBits(float.NaN, First(TLanes.AtMost(TLanes.Broadcast(float.NaN), TLanes.Broadcast(1))));
        AssertBits(float.NaN, First(TLanes.AtLeast(TLanes.Broadcast(float.NaN), TLanes.Broadcast(1))));
        AssertBits(1, First(TLanes.AtMost(TLanes.Broadcast(float.PositiveInfinity), TLanes.Broadcast(1))));
        AssertBits(-3, First(TLanes.AtMost(TLanes.Broadcast(-3), TLanes.Broadcast(1))));
        AssertBits(1, First(TLanes.AtLeast(TLanes.Broadcast(float.NegativeInfinity), TLanes.Broadcast(1))));
        AssertBits(-0f, First(TLanes.AtLeast(TLanes.Broadcast(-0f), TLanes.Broadcast(0))));
        AssertBits(0, First(TLanes.AtLeast(TLanes.Broadcast(0), TLanes.Broadcast(-0f))));

        // One rounding, also where the result is subnormal or infinite.
        foreach (float a in new[] { 1, 1.5f, 0.70710678f, 1.41421356f, -1.2345678f, float.NaN })
        {
            for (int n = -250; n <= 250; n++)
            {
                AssertBits((float)Math.ScaleB(a, n), First(TLanes.Scale(TLanes.Broadcast(a), TLanes.Broadcast(n))));
            }
        }
        for (int n = -126; n <= 127; n++)
        {
            AssertBits(MathF.ScaleB(1, n), First(TLanes.PowerOfTwo(TLanes.Broadcast(n))));
        }

        // The rounding error of a product, which a multiplication and an addition lose.
        float third = 1f / 3;
        AssertBits((float)(((double)third * third) - (third * third)), First(TLanes.FusedMultiplyAdd(TLanes.Broadcast(third), TLanes.Broadcast(third), TLanes.Broadcast(-(third * third)))));
    }

    private static float First<TLanes>(TLanes lanes) where TLanes : struct, ILanes<TLanes>
    {
        float* numbers = stackalloc float[TLanes.Count];
        TLanes.Store(lanes, numbers);
        for (int i = 1; i < TLanes.Count; i++)
        {
            AssertBits(numbers[0], numbers[i]);
        }
        return numbers[0];
    }

    // The sign of a NaN is the processor's affair.
    private static void AssertBits(float expected, float actual) =>
        Assert.True(float.IsNaN(expected) ? float.IsNaN(actual) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual), $"expected {expected:R}, got {actual:R}");
}
