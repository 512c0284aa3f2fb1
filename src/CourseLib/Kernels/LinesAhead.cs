using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels;

/// <summary>Cache lines that will be needed soon, asked for a few at a time while something else is computed.</summary>
/// <remarks>
/// A processor follows rows that it has read for a while, and does not guess where the next block of a matrix lies. It waits for some twenty lines at once; after as many prefetches it stands
/// still, so that all lines of a block asked for in one go cost much of what they were to save. A few between multiply-adds cost next to nothing. Any address will do, one outside of an array too.
/// </remarks>
/// <param name="first">Where the first row begins.</param>
/// <param name="elements">Elements of a row: their lines are asked for together.</param>
/// <param name="rows">How many rows.</param>
/// <param name="stride">Elements from one row to the next.</param>
internal unsafe struct LinesAhead(float* first, int elements, int rows, nint stride)
{
    /// <summary>Elements in a cache line.</summary>
    private const int LineLength = 16;

    private float* next = first;
    private int left = rows;

    /// <summary>Asks for one line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(float* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(line);
        }
    }

    /// <summary>Asks for the lines of so many elements that follow each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(float* first, int elements)
    {
        for (int element = 0; element < elements; element += LineLength)
        {
            Ask(first + element);
        }
    }

    /// <summary>Asks for the lines of the next row, if one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AskForNext()
    {
        if (left == 0)
        {
            return;
        }
        left--;
        Ask(next, elements);
        next += stride;
    }
}
