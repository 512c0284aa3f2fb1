using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>Cuts a length into parts that differ by at most one, rather than full ones and a small rest.</summary>
internal static class Even
{
    /// <summary>How many parts of at most <paramref name="most"/> a length needs; at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Parts(int length, int most) => length <= most ? 1 : (int)(((uint)length - 1) / (uint)most) + 1;

    /// <summary>Start and length of part <paramref name="index"/> of <paramref name="parts"/>; the part behind the last one starts at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (int Start, int Length) Part(int length, int parts, int index)
    {
        if (parts == 1)
        {
            return (index * length, length); // a division less for the many short ones
        }
        int size = (int)((uint)length / (uint)parts);
        int longer = length - (size * parts); // the first ones get one more
        return ((size * index) + Math.Min(index, longer), size + (index < longer ? 1 : 0));
    }
}
