using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>The values that a loop writes: element i onwards, in a register of any width.</summary>
internal interface IElements
{
    /// <summary>As <see cref="IOperator.Cost"/>.</summary>
    static virtual int Cost => 1;

    /// <summary>Values for positions i … i + <c>TLanes.Count</c> - 1.</summary>
    TLanes At<TLanes>(nint i) where TLanes : struct, ILanes<TLanes>;

    /// <summary>Values for positions i … i + count - 1; memory beyond is not touched.</summary>
    TLanes At<TLanes>(nint i, int count) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>The one loop behind all elementwise kernels.</summary>
/// <remarks>
/// Arrays that the second-level cache does not hold are read and written at the rate of a copy, and up to the cost of exp nothing is left to gain in the arithmetic: of a million numbers, log takes
/// the time of the system's own copy and exp a twentieth more. Stores that go round the caches make such a loop up to a fifth faster, and the next one, which reads what it wrote, slower by more than that.
/// </remarks>
internal static unsafe class ElementLoop
{
    /// <summary>Elements per chunk of a function such as exp: a microsecond of work, which is more than handing it out costs.</summary>
    public const int ChunkLength = 4096;

    // The same time in additions.
    private const int ChunkOfAdditions = 4 * ChunkLength;

    // Below this a second thread does not repay its start, nor that it first fetches its part from the other one's cache.
    private const int FewestChunks = 4;

    /// <summary>Writes (or adds) elements 0 … length - 1 to y.</summary>
    public static void Run<TElements>(TElements elements, float* y, int length, bool accumulate) where TElements : struct, IElements
    {
        if (accumulate)
        {
            Split(new SumWithOutput<TElements>(elements, y), y, length);
        }
        else
        {
            Split(elements, y, length);
        }
    }

    /// <summary>Into how many chunks so many elements are cut.</summary>
    public static int Chunks<TElements>(int length) where TElements : struct, IElements
    {
        int most = ChunkOfAdditions / TElements.Cost;
        return length < FewestChunks * most ? 1 : Even.Parts(length, most);
    }

    private static void Split<TElements>(TElements elements, float* y, int length) where TElements : struct, IElements
    {
        int chunks = Chunks<TElements>(length);
        if (chunks == 1)
        {
            Range(elements, y, 0, length);
        }
        else
        {
            Workers.For(chunks, new Work<TElements>(elements, y, length));
        }
    }

    private static void Range<TElements>(TElements elements, float* y, nint start, nint end) where TElements : struct, IElements
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Loop<Lanes16, TElements>(elements, y, start, end);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Loop<Lanes8, TElements>(elements, y, start, end);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Loop<Lanes4, TElements>(elements, y, start, end);
        }
        else
        {
            Loop<Lanes1, TElements>(elements, y, start, end);
        }
    }

    // Two registers per turn: half the loop overhead. Not inlined: when the runtime compiled a caller again, with the loop in it, sigmoid ran
    // up to a hundred times slower for some seconds. The end is a method of its own: with it in here, the compiler stopped inlining long operators.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Loop<TLanes, TElements>(TElements elements, float* y, nint start, nint end)
        where TLanes : struct, ILanes<TLanes>
        where TElements : struct, IElements
    {
        nint i = start;
        for (; i <= end - (2 * TLanes.Count); i += 2 * TLanes.Count)
        {
            TLanes first = elements.At<TLanes>(i);
            TLanes second = elements.At<TLanes>(i + TLanes.Count);
            TLanes.Store(first, y + i);
            TLanes.Store(second, y + i + TLanes.Count);
        }
        if (i < end)
        {
            End<TLanes, TElements>(elements, y, i, end);
        }
    }

    // Fewer than two registers, with the same operator on partial ones, so that every element sees the same arithmetic.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void End<TLanes, TElements>(TElements elements, float* y, nint i, nint end)
        where TLanes : struct, ILanes<TLanes>
        where TElements : struct, IElements
    {
        for (; i < end; i += TLanes.Count)
        {
            int count = (int)Math.Min(TLanes.Count, end - i);
            TLanes.Store(elements.At<TLanes>(i, count), y + i, count);
        }
    }

    private readonly struct Work<TElements>(TElements elements, float* y, int length) : IWork where TElements : struct, IElements
    {
        public void Run(int chunk)
        {
            int most = ChunkOfAdditions / TElements.Cost;
            nint start = (nint)chunk * most;
            Range(elements, y, start, Math.Min(start + most, length));
        }
    }
}
