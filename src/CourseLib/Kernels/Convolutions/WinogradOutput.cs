using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>The transform of the products back to pixels, A' m A + bias; lanes are channels.</summary>
/// <remarks>
/// A' takes the six products of a column to four pixels: with s = m1 + m2, t = m1 - m2 at the points ±a, u = m3 + m4, v = m3 - m4 at ±b they are
/// m0 + s + u, a t + b v, a² s + b² u, a³ t + b³ v + m5. Sums make the rows 0 and 2 of a tile, differences the rows 1 and 3: two rows at a time stay in registers.
/// </remarks>
internal static unsafe class WinogradOutput
{
    private const float NearSquare = Winograd.Near * Winograd.Near, FarSquare = Winograd.Far * Winograd.Far;

    /// <summary>
    /// Transforms a row of tiles, from right to left: what a tile at the right edge writes too much, past the end of its rows, is the beginning of the next row,
    /// which the tiles at the left write afterwards.
    /// </summary>
    /// <param name="products">The first tile's row in the first of 36 matrices [tiles, channels].</param>
    /// <param name="matrix">Elements from matrix to matrix.</param>
    /// <param name="channels">Channels in whole registers.</param>
    /// <param name="bias">A number for each channel.</param>
    /// <param name="tiles">Tiles in the row.</param>
    /// <param name="pixels">Pixels [rows, columns, channels].</param>
    /// <param name="columns">Columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transform<TLanes>(float* products, nint matrix, nint channels, float* bias, int tiles, float* pixels, nint columns)
        where TLanes : struct, ILanes<TLanes>
    {
        nint row = Winograd.Window * matrix, line = columns * channels;
        for (int tile = tiles - 1; tile >= 0; tile--)
        {
            for (nint lane = 0; lane < channels; lane += TLanes.Count)
            {
                float* m = products + (tile * channels) + lane, y = pixels + (tile * Winograd.Tile * channels) + lane;
                Sums<TLanes>(m, row, matrix, bias + lane, y, line, channels);
                Differences<TLanes>(m + row, row, matrix, bias + lane, y + line, line, channels);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sums<TLanes>(float* m, nint row, nint matrix, float* bias, float* y, nint line, nint step) where TLanes : struct, ILanes<TLanes>
    {
        Sums(m, row, out TLanes first0, out TLanes third0);
        Sums(m + matrix, row, out TLanes first1, out TLanes third1);
        Sums(m + (2 * matrix), row, out TLanes first2, out TLanes third2);
        Sums(m + (3 * matrix), row, out TLanes first3, out TLanes third3);
        Sums(m + (4 * matrix), row, out TLanes first4, out TLanes third4);
        Sums(m + (5 * matrix), row, out TLanes first5, out TLanes third5);
        Row(first0, first1, first2, first3, first4, first5, TLanes.Load(bias), y, step);
        Row(third0, third1, third2, third3, third4, third5, TLanes.Load(bias), y + (2 * line), step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Differences<TLanes>(float* m, nint row, nint matrix, float* bias, float* y, nint line, nint step) where TLanes : struct, ILanes<TLanes>
    {
        Differences(m, row, out TLanes second0, out TLanes fourth0);
        Differences(m + matrix, row, out TLanes second1, out TLanes fourth1);
        Differences(m + (2 * matrix), row, out TLanes second2, out TLanes fourth2);
        Differences(m + (3 * matrix), row, out TLanes second3, out TLanes fourth3);
        Differences(m + (4 * matrix), row, out TLanes second4, out TLanes fourth4);
        Differences(m + (5 * matrix), row, out TLanes second5, out TLanes fourth5);
        Row(second0, second1, second2, second3, second4, second5, TLanes.Load(bias), y, step);
        Row(fourth0, fourth1, fourth2, fourth3, fourth4, fourth5, TLanes.Load(bias), y + (2 * line), step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums<TLanes>(float* m, nint row, out TLanes first, out TLanes third) where TLanes : struct, ILanes<TLanes>
    {
        TLanes near = TLanes.Load(m + row) + TLanes.Load(m + (2 * row)), far = TLanes.Load(m + (3 * row)) + TLanes.Load(m + (4 * row));
        first = TLanes.Load(m) + near + far;
        third = Third(near, far);
    }

    // Beginning at the row of the point a.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Differences<TLanes>(float* m, nint row, out TLanes second, out TLanes fourth) where TLanes : struct, ILanes<TLanes>
    {
        TLanes near = TLanes.Load(m) - TLanes.Load(m + row), far = TLanes.Load(m + (2 * row)) - TLanes.Load(m + (3 * row));
        second = Second(near, far);
        fourth = Fourth(near, far, TLanes.Load(m + (4 * row)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TLanes>(TLanes m0, TLanes m1, TLanes m2, TLanes m3, TLanes m4, TLanes m5, TLanes bias, float* y, nint step)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes near = m1 + m2, far = m3 + m4;
        TLanes.Store(m0 + near + far + bias, y);
        TLanes.Store(Third(near, far) + bias, y + (2 * step));
        near = m1 - m2;
        far = m3 - m4;
        TLanes.Store(Second(near, far) + bias, y + step);
        TLanes.Store(Fourth(near, far, m5) + bias, y + (3 * step));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Second<TLanes>(TLanes near, TLanes far) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(near, TLanes.Broadcast(Winograd.Near), far * TLanes.Broadcast(Winograd.Far));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Third<TLanes>(TLanes near, TLanes far) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(near, TLanes.Broadcast(NearSquare), far * TLanes.Broadcast(FarSquare));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Fourth<TLanes>(TLanes near, TLanes far, TLanes last) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(near, TLanes.Broadcast(NearSquare * Winograd.Near), TLanes.MultiplyAdd(far, TLanes.Broadcast(FarSquare * Winograd.Far), last));
}
