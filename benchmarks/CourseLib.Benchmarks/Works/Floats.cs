using System.Runtime.InteropServices;

namespace CourseLib.Benchmarks.Works;

/// <summary>Floats at an address that is a multiple of 64, as a tensor inside a Tape has them: arrays of the heap are not, and a library in C expects it.</summary>
internal sealed unsafe class Floats
{
    private readonly float* start;

    /// <summary>Zeros.</summary>
    public Floats(long length)
    {
        Length = checked((int)length);
        start = (float*)NativeMemory.AlignedAlloc(checked((nuint)length * sizeof(float)), 64);
        Span.Clear();
    }

    /// <summary>Filled with <see cref="Numbers"/>, scaled and shifted.</summary>
    public Floats(long length, int seed, float scale = 1, float shift = 0)
        : this(length) => Numbers.Fill(Span, seed, scale, shift);

    /// <summary>Gives the memory back.</summary>
    ~Floats() => NativeMemory.AlignedFree(start);

    /// <summary>How many floats.</summary>
    public int Length { get; }

    /// <summary>The floats.</summary>
    public Span<float> Span => new(start, Length);

    /// <summary>Their address; good as long as this object is reachable.</summary>
    public float* Pointer => start;
}
