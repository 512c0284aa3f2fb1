using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>The transform of the output's gradient, A dy A', and that of its products with the pixels to a filter, G' m G; lanes are filters.</summary>
/// <remarks>
/// A takes four numbers of a column to the polynomial's values at 0, ±a, ±b and infinity: y0; (y0 + a² y2) ± a (y1 + a² y3); the same with b; y3. G' is what <see cref="WinogradFilterWork"/> does, turned round.
/// </remarks>
internal static unsafe class WinogradGradient
{
    private const float NearSquare = Winograd.Near * Winograd.Near, FarSquare = Winograd.Far * Winograd.Far;

    /// <summary>Transforms a row of tiles.</summary>
    /// <param name="rows">The four rows of pixels, [pixels, filters] each.</param>
    /// <param name="filters">Elements from one pixel to the next: filters in whole registers.</param>
    /// <param name="tiles">Tiles in the row.</param>
    /// <param name="target">The first tile's row in the first of 36 matrices [tiles, filters].</param>
    /// <param name="matrix">Elements from matrix to matrix.</param>
    public static void Transform<TLanes>(float** rows, nint filters, int tiles, float* target, nint matrix) where TLanes : struct, ILanes<TLanes>
    {
        nint row = Winograd.Window * matrix;
        Ends<TLanes>(rows[0], filters, tiles, target, matrix);
        Pairs<TLanes>(rows, Winograd.Near, filters, tiles, target + row, matrix);
        Pairs<TLanes>(rows, Winograd.Far, filters, tiles, target + (3 * row), matrix);
        Ends<TLanes>(rows[3], filters, tiles, target + (5 * row), matrix);
    }

    /// <summary>The nine taps of some filters in one channel from the sums of products.</summary>
    /// <param name="sums">36 numbers for each filter.</param>
    /// <param name="matrix">Elements from one of the 36 to the next.</param>
    /// <param name="taps">Nine numbers for each filter.</param>
    /// <param name="width">Elements from one of the nine to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Taps<TLanes>(float* sums, nint matrix, float* taps, nint width) where TLanes : struct, ILanes<TLanes>
    {
        nint row = Winograd.Window * matrix;
        Column(sums, row, out TLanes m00, out TLanes m10, out TLanes m20);
        Column(sums + matrix, row, out TLanes m01, out TLanes m11, out TLanes m21);
        Column(sums + (2 * matrix), row, out TLanes m02, out TLanes m12, out TLanes m22);
        Column(sums + (3 * matrix), row, out TLanes m03, out TLanes m13, out TLanes m23);
        Column(sums + (4 * matrix), row, out TLanes m04, out TLanes m14, out TLanes m24);
        Column(sums + (5 * matrix), row, out TLanes m05, out TLanes m15, out TLanes m25);
        Row(m00, m01, m02, m03, m04, m05, taps, width);
        Row(m10, m11, m12, m13, m14, m15, taps + (3 * width), width);
        Row(m20, m21, m22, m23, m24, m25, taps + (6 * width), width);
    }

    // The row of the point 0, or of infinity.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ends<TLanes>(float* y, nint step, int tiles, float* target, nint matrix) where TLanes : struct, ILanes<TLanes>
    {
        for (float* end = target + (tiles * step); target < end; y += (Winograd.Tile - 1) * step)
        {
            for (float* stop = target + step; target < stop; y += TLanes.Count, target += TLanes.Count)
            {
                Values(TLanes.Load(y), TLanes.Load(y + step), TLanes.Load(y + (2 * step)), TLanes.Load(y + (3 * step)), target, matrix);
            }
        }
    }

    // The rows of the points p and -p.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pairs<TLanes>(float** rows, float point, nint step, int tiles, float* target, nint matrix) where TLanes : struct, ILanes<TLanes>
    {
        float* y0 = rows[0], y1 = rows[1], y2 = rows[2], y3 = rows[3];
        nint next = (Winograd.Tile - 1) * step;
        TLanes square = TLanes.Broadcast(point * point), plus = TLanes.Broadcast(point), minus = TLanes.Broadcast(-point);
        for (float* end = target + (tiles * step); target < end; y0 += next, y1 += next, y2 += next, y3 += next)
        {
            for (float* stop = target + step; target < stop; y0 += TLanes.Count, y1 += TLanes.Count, y2 += TLanes.Count, y3 += TLanes.Count, target += TLanes.Count)
            {
                TLanes even0 = Part(y0, y2, square), odd0 = Part(y1, y3, square);
                TLanes even1 = Part(y0 + step, y2 + step, square), odd1 = Part(y1 + step, y3 + step, square);
                TLanes even2 = Part(y0 + (2 * step), y2 + (2 * step), square), odd2 = Part(y1 + (2 * step), y3 + (2 * step), square);
                TLanes even3 = Part(y0 + (3 * step), y2 + (3 * step), square), odd3 = Part(y1 + (3 * step), y3 + (3 * step), square);
                Values(
                    TLanes.MultiplyAdd(odd0, plus, even0), TLanes.MultiplyAdd(odd1, plus, even1), TLanes.MultiplyAdd(odd2, plus, even2), TLanes.MultiplyAdd(odd3, plus, even3), target, matrix);
                Values(
                    TLanes.MultiplyAdd(odd0, minus, even0), TLanes.MultiplyAdd(odd1, minus, even1), TLanes.MultiplyAdd(odd2, minus, even2), TLanes.MultiplyAdd(odd3, minus, even3),
                    target + (Winograd.Window * matrix), matrix);
            }
        }
    }

    // Along a row.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Values<TLanes>(TLanes y0, TLanes y1, TLanes y2, TLanes y3, float* target, nint matrix) where TLanes : struct, ILanes<TLanes>
    {
        TLanes near = TLanes.Broadcast(NearSquare), far = TLanes.Broadcast(FarSquare);
        TLanes even = TLanes.MultiplyAdd(y2, near, y0), odd = TLanes.MultiplyAdd(y3, near, y1);
        TLanes.Store(y0, target);
        TLanes.Store(TLanes.MultiplyAdd(odd, TLanes.Broadcast(Winograd.Near), even), target + matrix);
        TLanes.Store(TLanes.MultiplyAdd(odd, TLanes.Broadcast(-Winograd.Near), even), target + (2 * matrix));
        even = TLanes.MultiplyAdd(y2, far, y0);
        odd = TLanes.MultiplyAdd(y3, far, y1);
        TLanes.Store(TLanes.MultiplyAdd(odd, TLanes.Broadcast(Winograd.Far), even), target + (3 * matrix));
        TLanes.Store(TLanes.MultiplyAdd(odd, TLanes.Broadcast(-Winograd.Far), even), target + (4 * matrix));
        TLanes.Store(y3, target + (5 * matrix));
    }

    // The even part of the values at ±p, or the odd part without its factor p.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Part<TLanes>(float* low, float* high, TLanes square) where TLanes : struct, ILanes<TLanes> =>
        TLanes.MultiplyAdd(TLanes.Load(high), square, TLanes.Load(low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Column<TLanes>(float* m, nint row, out TLanes first, out TLanes second, out TLanes third) where TLanes : struct, ILanes<TLanes> =>
        Interpolate(
            TLanes.Load(m), TLanes.Load(m + row), TLanes.Load(m + (2 * row)), TLanes.Load(m + (3 * row)), TLanes.Load(m + (4 * row)), TLanes.Load(m + (5 * row)), out first, out second, out third);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<TLanes>(TLanes m0, TLanes m1, TLanes m2, TLanes m3, TLanes m4, TLanes m5, float* taps, nint width) where TLanes : struct, ILanes<TLanes>
    {
        Interpolate(m0, m1, m2, m3, m4, m5, out TLanes first, out TLanes second, out TLanes third);
        TLanes.Store(first, taps);
        TLanes.Store(second, taps + width);
        TLanes.Store(third, taps + (2 * width));
    }

    // The columns of G.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interpolate<TLanes>(TLanes m0, TLanes m1, TLanes m2, TLanes m3, TLanes m4, TLanes m5, out TLanes first, out TLanes second, out TLanes third)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes near = (m1 + m2) * TLanes.Broadcast((float)Winograd.NearScale), far = (m3 + m4) * TLanes.Broadcast((float)Winograd.FarScale);
        first = TLanes.MultiplyAdd(m0, TLanes.Broadcast((float)Winograd.ZeroScale), near + far);
        third = TLanes.MultiplyAdd(near, TLanes.Broadcast(NearSquare), TLanes.MultiplyAdd(far, TLanes.Broadcast(FarSquare), m5));
        second = TLanes.MultiplyAdd(
            m1 - m2, TLanes.Broadcast((float)(Winograd.NearScale * Winograd.Near)), (m3 - m4) * TLanes.Broadcast((float)(Winograd.FarScale * Winograd.Far)));
    }
}
