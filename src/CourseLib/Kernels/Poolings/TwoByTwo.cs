using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Poolings;

/// <summary>
/// Pooling with windows of 2x2 at stride 2: registers from each of two rows, taken apart into the four corners of as many windows as a register
/// has lanes. Strips of so many windows go down the rows, and what depends on the width is worked out once.
/// </summary>
/// <remarks>
/// Masks are half of the instructions of so short a loop. Most strips do without (<see cref="IReach"/>): in wide images the last strip begins among the windows of the one before it, in narrow ones
/// a register runs over into the next row, which is written afterwards. What may not be touched twice, and the last rows, is left to masks.
/// </remarks>
internal static unsafe class TwoByTwo
{
    public static void Max<TLanes>(in PoolShape shape, float* x, float* y) where TLanes : struct, ILanes<TLanes>
    {
        int whole = WholeRows<TLanes>(shape);
        if (IsNarrow<TLanes>(shape))
        {
            Max<TLanes, WholeRegister>(shape, x, y, 0, whole);
        }
        else
        {
            Max<TLanes, WholePair>(shape, x, y, 0, whole);
        }
        Max<TLanes, PartOfPair>(shape, x, y, whole, shape.OutHeight);
    }

    public static void MaxGradient<TLanes>(in PoolShape shape, float* x, float* dx, float* dy, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        ClearBorder(shape, dx, accumulate);
        int whole = accumulate ? 0 : WholeRows<TLanes>(shape);
        if (IsNarrow<TLanes>(shape))
        {
            MaxGradient<TLanes, WholeRegister>(shape, x, dx, dy, 0, whole, accumulate: false);
        }
        else
        {
            MaxGradient<TLanes, WholePair>(shape, x, dx, dy, 0, whole, accumulate: false);
        }
        MaxGradient<TLanes, PartOfPair>(shape, x, dx, dy, whole, shape.OutHeight, accumulate);
    }

    public static void Average<TLanes>(in PoolShape shape, float* x, float* y) where TLanes : struct, ILanes<TLanes>
    {
        int whole = IsNarrow<TLanes>(shape) ? 0 : WholeRows<TLanes>(shape);
        Average<TLanes, WholePair>(shape, x, y, 0, whole);
        Average<TLanes, PartOfPair>(shape, x, y, whole, shape.OutHeight);
    }

    public static void AverageGradient<TLanes>(in PoolShape shape, float* dx, float* dy, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        ClearBorder(shape, dx, accumulate);
        int whole = accumulate || IsNarrow<TLanes>(shape) ? 0 : WholeRows<TLanes>(shape);
        AverageGradient<TLanes, WholePair>(shape, dx, dy, 0, whole, accumulate: false);
        AverageGradient<TLanes, PartOfPair>(shape, dx, dy, whole, shape.OutHeight, accumulate);
    }

    // The larger of two rows first: that leaves one pair of registers to take apart.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Max<TLanes, TReach>(in PoolShape shape, float* x, float* y, int start, int end)
        where TLanes : struct, ILanes<TLanes>
        where TReach : struct, IReach
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        for (int strip = 0; start < end && strip < columns; strip += TLanes.Count)
        {
            (int j, int count, int low, int high) = Counts<TLanes, TReach>(strip, columns);
            float* source = x + ((nint)start * 2 * width) + (2 * j), target = y + ((nint)start * columns) + j;
            for (int row = start; row < end; row++, source += 2 * width, target += columns)
            {
                TLanes first = TLanes.Max(TReach.Load<TLanes>(source, low), TReach.Load<TLanes>(source + width, low)), second = first;
                if (TReach.Registers > 1)
                {
                    second = TLanes.Max(TReach.Load<TLanes>(source + TLanes.Count, high), TReach.Load<TLanes>(source + width + TLanes.Count, high));
                }
                Pairs.Split(first, second, out TLanes even, out TLanes odd);
                TReach.Store(TLanes.Max(even, odd), target, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MaxGradient<TLanes, TReach>(in PoolShape shape, float* x, float* dx, float* dy, int start, int end, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
        where TReach : struct, IReach
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        TLanes zero = TLanes.Broadcast(0);
        for (int strip = 0; start < end && strip < columns; strip += TLanes.Count)
        {
            (int j, int count, int low, int high) = Counts<TLanes, TReach>(strip, columns);
            nint pixel = ((nint)start * 2 * width) + (2 * j);
            float* source = x + pixel, target = dx + pixel, gradients = dy + ((nint)start * columns) + j;
            for (int row = start; row < end; row++, source += 2 * width, target += 2 * width, gradients += columns)
            {
                Load<TLanes, TReach>(source, low, high, out TLanes a, out TLanes b);
                Load<TLanes, TReach>(source + width, low, high, out TLanes c, out TLanes d);
                TLanes right = Wins(a, b), rightBelow = Wins(c, d);
                TLanes below = Wins(TLanes.Select(right, b, a), TLanes.Select(rightBelow, d, c));

                TLanes gradient = TReach.Load<TLanes>(gradients, count);
                TLanes top = TLanes.Select(below, zero, gradient), bottom = TLanes.Select(below, gradient, zero);
                Store<TLanes, TReach>(target, TLanes.Select(right, zero, top), TLanes.Select(right, top, zero), low, high, accumulate);
                Store<TLanes, TReach>(target + width, TLanes.Select(rightBelow, zero, bottom), TLanes.Select(rightBelow, bottom, zero), low, high, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Average<TLanes, TReach>(in PoolShape shape, float* x, float* y, int start, int end)
        where TLanes : struct, ILanes<TLanes>
        where TReach : struct, IReach
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        TLanes quarter = TLanes.Broadcast(0.25f);
        for (int strip = 0; start < end && strip < columns; strip += TLanes.Count)
        {
            (int j, int count, int low, int high) = Counts<TLanes, TReach>(strip, columns);
            float* source = x + ((nint)start * 2 * width) + (2 * j), target = y + ((nint)start * columns) + j;
            for (int row = start; row < end; row++, source += 2 * width, target += columns)
            {
                Load<TLanes, TReach>(source, low, high, out TLanes a, out TLanes b);
                Load<TLanes, TReach>(source + width, low, high, out TLanes c, out TLanes d);
                TReach.Store((a + b + c + d) * quarter, target, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AverageGradient<TLanes, TReach>(in PoolShape shape, float* dx, float* dy, int start, int end, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
        where TReach : struct, IReach
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        TLanes quarter = TLanes.Broadcast(0.25f);
        for (int strip = 0; start < end && strip < columns; strip += TLanes.Count)
        {
            (int j, int count, int low, int high) = Counts<TLanes, TReach>(strip, columns);
            float* target = dx + ((nint)start * 2 * width) + (2 * j), gradients = dy + ((nint)start * columns) + j;
            for (int row = start; row < end; row++, target += 2 * width, gradients += columns)
            {
                TLanes share = TReach.Load<TLanes>(gradients, count) * quarter;
                Store<TLanes, TReach>(target, share, share, low, high, accumulate);
                Store<TLanes, TReach>(target + width, share, share, low, high, accumulate);
            }
        }
    }

    // A row of pixels fits into a register.
    private static bool IsNarrow<TLanes>(in PoolShape shape) where TLanes : struct, ILanes<TLanes> => shape.InWidth <= TLanes.Count;

    // So many rows of windows can be done in whole registers: all where a row of windows fills one; else those after which the plane goes on for a register. None where a row or
    // a column of pixels is in no window, which a register would run over.
    private static int WholeRows<TLanes>(in PoolShape shape) where TLanes : struct, ILanes<TLanes>
    {
        int rows = shape.OutHeight, columns = shape.OutWidth;
        return ((shape.InHeight | shape.InWidth) & 1) != 0 ? 0 : columns >= TLanes.Count ? rows : Math.Max(0, rows + 1 - Even.Parts(TLanes.Count, columns));
    }

    // Where a strip begins, how many windows it has, and how many of their pixels are in the first and in the second register of a row.
    private static (int Start, int Windows, int Low, int High) Counts<TLanes, TReach>(int strip, int columns)
        where TLanes : struct, ILanes<TLanes>
        where TReach : struct, IReach
    {
        int start = TReach.IsWhole ? Math.Max(0, Math.Min(strip, columns - TLanes.Count)) : strip;
        int windows = Math.Min(TLanes.Count, columns - start);
        return (start, windows, Math.Min(2 * windows, TLanes.Count), Math.Max(0, (2 * windows) - TLanes.Count));
    }

    // With an odd size the last row or column is in no window.
    private static void ClearBorder(in PoolShape shape, float* dx, bool accumulate)
    {
        if (!accumulate && ((shape.InHeight | shape.InWidth) & 1) != 0)
        {
            new Span<float>(dx, shape.InHeight * shape.InWidth).Clear();
        }
    }

    /// <summary>Whether b takes the place of a, which came before it: the first of equals stays, and the last NaN wins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TLanes Wins<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        return TLanes.Select(TLanes.Equal(b, b), TLanes.LessThan(a, b), TLanes.Equal(zero, zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes, TReach>(float* x, int low, int high, out TLanes even, out TLanes odd)
        where TLanes : struct, ILanes<TLanes>
        where TReach : struct, IReach
    {
        TLanes first = TReach.Load<TLanes>(x, low);
        Pairs.Split(first, TReach.Registers > 1 ? TReach.Load<TLanes>(x + TLanes.Count, high) : first, out even, out odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TReach>(float* dx, TLanes even, TLanes odd, int low, int high, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
        where TReach : struct, IReach
    {
        Pairs.Join(even, odd, out TLanes first, out TLanes second);
        if (!TReach.IsWhole && accumulate)
        {
            first += TReach.Load<TLanes>(dx, low);
            second += TReach.Load<TLanes>(dx + TLanes.Count, high);
        }
        TReach.Store(first, dx, low);
        if (TReach.Registers > 1)
        {
            TReach.Store(second, dx + TLanes.Count, high);
        }
    }
}
