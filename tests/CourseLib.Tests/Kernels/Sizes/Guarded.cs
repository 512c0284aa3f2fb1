using System.Runtime.InteropServices;

namespace CourseLib.Tests.Kernels.Sizes;

/// <summary>
/// An operand that begins anywhere in memory, between NaNs: an input whose kernel uses a neighbour gives NaN, an output whose kernel writes beyond its ends changes one.
/// </summary>
internal sealed class Guarded
{
    // Wider than a register tile; further out nobody writes by a wrong tail.
    private const int Margin = 80;

    private static readonly float Guard = BitConverter.UInt32BitsToSingle(0x7FC0_5AFE);

    private readonly float[] memory;
    private readonly int start;

    /// <param name="values">What the operand holds.</param>
    /// <param name="offset">Floats by which it begins later than an array would.</param>
    public Guarded(ReadOnlySpan<float> values, int offset)
    {
        (start, Length) = (Margin + offset, values.Length);
        memory = new float[start + Length + Margin];
        Array.Fill(memory, Guard);
        values.CopyTo(Span);
    }

    /// <summary>How many elements it has.</summary>
    public int Length { get; }

    /// <summary>The operand.</summary>
    public Span<float> Span => memory.AsSpan(start, Length);

    public float this[int index] => Span[index];

    public static implicit operator Span<float>(Guarded operand) => operand.Span;

    public static implicit operator ReadOnlySpan<float>(Guarded operand) => operand.Span;

    /// <summary>An operand of normal numbers; its place follows from the seed.</summary>
    public static Guarded Normal(long length, int seed) => new(KernelData.Normal(length, seed), seed & 3);

    /// <summary>An output: what it held before must not matter.</summary>
    public static Guarded Output(long length, int seed) => new(Enumerable.Repeat(float.NaN, (int)length).ToArray(), seed & 3);

    /// <summary>Fails when a guard was written to.</summary>
    public void Verify(string what)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(memory.AsSpan());
        uint guard = BitConverter.SingleToUInt32Bits(Guard);
        int before = bits[..start].IndexOfAnyExcept(guard), after = bits[(start + Length)..].IndexOfAnyExcept(guard);
        Assert.True(before < 0 && after < 0, FormattableString.Invariant($"{what}: written outside, {(before >= 0 ? start - before : after + 1)} elements {(before >= 0 ? "before" : "after")} its {Length}"));
    }
}
