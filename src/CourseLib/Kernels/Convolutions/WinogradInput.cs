using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>The transform of the pixels, B' d B; lanes are channels.</summary>
/// <remarks>
/// B' takes the six numbers of a column to the values at 0, ±a, ±b and infinity (of the polynomials that the transposed algorithm multiplies):
/// a²b² d0 - (a²+b²) d2 + d4; (d4 - b² d2) ± a (d3 - b² d1); (d4 - a² d2) ± b (d3 - a² d1); a²b² d1 - (a²+b²) d3 + d5. That is twelve multiply-adds.
/// A 6x6 transform does not fit into registers, but one row of it after B', or a ± pair, does: the column step makes it from pixels in the first-level cache,
/// the row step writes it. Nothing is stored between; 144 multiply-adds, 84 loads and 36 stores for each register of channels.
/// </remarks>
internal static unsafe class WinogradInput
{
    private const float NearSquare = Winograd.Near * Winograd.Near, FarSquare = Winograd.Far * Winograd.Far;

    /// <summary>Transforms a row of tiles.</summary>
    /// <param name="rows">The six rows of pixels, [pixels, channels] each.</param>
    /// <param name="channels">Elements from one pixel to the next: channels in whole registers.</param>
    /// <param name="tiles">Tiles in the row.</param>
    /// <param name="target">The first tile's row in the first of 36 matrices [tiles, channels].</param>
    /// <param name="matrix">Elements from matrix to matrix.</param>
    public static void Transform<TLanes>(float** rows, nint channels, int tiles, float* target, nint matrix) where TLanes : struct, ILanes<TLanes>
    {
        nint row = Winograd.Window * matrix;
        Ends<TLanes>(rows[0], rows[2], rows[4], channels, tiles, target, matrix);
        Pairs<TLanes>(rows, FarSquare, Winograd.Near, channels, tiles, target + row, matrix);
        Pairs<TLanes>(rows, NearSquare, Winograd.Far, channels, tiles, target + (3 * row), matrix);
        Ends<TLanes>(rows[1], rows[3], rows[5], channels, tiles, target + (5 * row), matrix);
    }

    // The row of the point 0, or of infinity.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ends<TLanes>(float* first, float* middle, float* last, nint step, int tiles, float* target, nint matrix) where TLanes : struct, ILanes<TLanes>
    {
        nint window = Winograd.Tile * step;
        for (float* end = target + (tiles * step); target < end; first += window - step, middle += window - step, last += window - step)
        {
            for (float* stop = target + step; target < stop; first += TLanes.Count, middle += TLanes.Count, last += TLanes.Count, target += TLanes.Count)
            {
                Row(
                    End(TLanes.Load(first), TLanes.Load(middle), TLanes.Load(last)),
                    End(TLanes.Load(first + step), TLanes.Load(middle + step), TLanes.Load(last + step)),
                    End(TLanes.Load(first + (2 * step)), TLanes.Load(middle + (2 * step)), TLanes.Load(last + (2 * step))),
                    End(TLanes.Load(first + (3 * step)), TLanes.Load(middle + (3 * step)), TLanes.Load(last + (3 * step))),
                    End(TLanes.Load(first + (4 * step)), TLanes.Load(middle + (4 * step)), TLanes.Load(last + (4 * step))),
                    End(TLanes.Load(first + (5 * step)), TLanes.Load(middle + (5 * step)), TLanes.Load(last + (5 * step))),
                    target,
                    matrix);
            }
        }
    }

    // The rows of the points p and -p; `square` is that of the other pair.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs<TLanes>(float** rows, float square, float point, nint step, int tiles, float* target, nint matrix)
        where TLanes : struct, ILanes<TLanes>
    {
        float* d1 = rows[1], d2 = rows[2], d3 = rows[3], d4 = rows[4];
        nint window = Winograd.Tile * step;
        TLanes factor = TLanes.Broadcast(-square), plus = TLanes.Broadcast(point), minus = TLanes.Broadcast(-point);
        for (float* end = target + (tiles * step); target < end; d1 += window - step, d2 += window - step, d3 += window - step, d4 += window - step)
        {
            for (float* stop = target + step; target < stop; d1 += TLanes.Count, d2 += TLanes.Count, d3 += TLanes.Count, d4 += TLanes.Count, target += TLanes.Count)
            {
                TLanes even0 = Part(d2, d4, factor), odd0 = Part(d1, d3, factor);
                TLanes even1 = Part(d2 + step, d4 + step, factor), odd1 = Part(d1 + step, d3 + step, factor);
                TLanes even2 = Part(d2 + (2 * step), d4 + (2 * step), factor), odd2 = Part(d1 + (2 * step), d3 + (2 * step), factor);
                TLanes even3 = Part(d2 + (3 * step), d4 + (3 * step), factor), odd3 = Part(d1 + (3 * step), d3 + (3 * step), factor);
                TLanes even4 = Part(d2 + (4 * step), d4 + (4 * step), factor), odd4 = Part(d1 + (4 * step), d3 + (4 * step), factor);
                TLanes even5 = Part(d2 + (5 * step), d4 + (5 * step), factor), odd5 = Part(d1 + (5 * step), d3 + (5 * step), factor);
                Row(
                    TLanes.MultiplyAdd(odd0, plus, even0), TLanes.MultiplyAdd(odd1, plus, even1), TLanes.MultiplyAdd(odd2, plus, even2),
                    TLanes.MultiplyAdd(odd3, plus, even3), TLanes.MultiplyAdd(odd4, plus, even4), TLanes.MultiplyAdd(odd5, plus, even5), target, matrix);
                Row(
                    TLanes.MultiplyAdd(odd0, minus, even0), TLanes.MultiplyAdd(odd1, minus, even1), TLanes.MultiplyAdd(odd2, minus, even2),
                    TLanes.MultiplyAdd(odd3, minus, even3), TLanes.MultiplyAdd(odd4, minus, even4), TLanes.MultiplyAdd(odd5, minus, even5),
                    target + (Winograd.Window * matrix), matrix);
            }
        }
    }

    // Along a row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TLanes>(TLanes d0, TLanes d1, TLanes d2, TLanes d3, TLanes d4, TLanes d5, float* target, nint matrix)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes near = TLanes.Broadcast(Winograd.Near), minusNear = TLanes.Broadcast(-Winograd.Near), farSquare = TLanes.Broadcast(-FarSquare);
        TLanes even = TLanes.MultiplyAdd(d2, farSquare, d4), odd = TLanes.MultiplyAdd(d1, farSquare, d3);
        TLanes.Store(End(d0, d2, d4), target);
        TLanes.Store(TLanes.MultiplyAdd(odd, near, even), target + matrix);
        TLanes.Store(TLanes.MultiplyAdd(odd, minusNear, even), target + (2 * matrix));
        TLanes far = TLanes.Broadcast(Winograd.Far), minusFar = TLanes.Broadcast(-Winograd.Far), nearSquare = TLanes.Broadcast(-NearSquare);
        even = TLanes.MultiplyAdd(d2, nearSquare, d4);
        odd = TLanes.MultiplyAdd(d1, nearSquare, d3);
        TLanes.Store(TLanes.MultiplyAdd(odd, far, even), target + (3 * matrix));
        TLanes.Store(TLanes.MultiplyAdd(odd, minusFar, even), target + (4 * matrix));
        TLanes.Store(End(d1, d3, d5), target + (5 * matrix));
    }

    // The values at 0 and at infinity.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes End<TLanes>(TLanes first, TLanes middle, TLanes last) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(first, TLanes.Broadcast(NearSquare * FarSquare), TLanes.MultiplyAdd(middle, TLanes.Broadcast(-NearSquare - FarSquare), last));

    // The even part of the values at ±p, or the odd part without its factor p.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Part<TLanes>(float* low, float* high, TLanes factor) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(TLanes.Load(low), factor, TLanes.Load(high));
}
