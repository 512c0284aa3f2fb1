using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Poolings;

/// <summary>
/// Pooling with windows of 2x2 at stride 2: two registers from each of two rows, taken apart into the four corners of as many windows as a register
/// has lanes. Strips of so many windows go down the rows, and what depends on the width is worked out once.
/// </summary>
internal static unsafe class TwoByTwo
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max<TLanes>(in PoolShape shape, float* x, float* y) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth, rows = shape.OutHeight;
        for (int j = 0; j < columns; j += TLanes.Count)
        {
            (int count, int low, int high) = Counts<TLanes>(columns - j);
            float* source = x + (2 * j), target = y + j;
            for (int row = 0; row < rows; row++, source += 2 * width, target += columns)
            {
                Load(source, low, high, out TLanes a, out TLanes b);
                Load(source + width, low, high, out TLanes c, out TLanes d);
                TLanes.Store(TLanes.Max(TLanes.Max(a, b), TLanes.Max(c, d)), target, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxGradient<TLanes>(in PoolShape shape, float* x, float* dx, float* dy, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth, rows = shape.OutHeight;
        ClearBorder(shape, dx, accumulate);
        TLanes zero = TLanes.Broadcast(0);
        for (int j = 0; j < columns; j += TLanes.Count)
        {
            (int count, int low, int high) = Counts<TLanes>(columns - j);
            float* source = x + (2 * j), target = dx + (2 * j), gradients = dy + j;
            for (int row = 0; row < rows; row++, source += 2 * width, target += 2 * width, gradients += columns)
            {
                Load(source, low, high, out TLanes a, out TLanes b);
                Load(source + width, low, high, out TLanes c, out TLanes d);
                TLanes right = Wins(a, b), rightBelow = Wins(c, d);
                TLanes below = Wins(TLanes.Select(right, b, a), TLanes.Select(rightBelow, d, c));

                TLanes gradient = TLanes.Load(gradients, count);
                TLanes top = TLanes.Select(below, zero, gradient), bottom = TLanes.Select(below, gradient, zero);
                Store(target, TLanes.Select(right, zero, top), TLanes.Select(right, top, zero), low, high, accumulate);
                Store(target + width, TLanes.Select(rightBelow, zero, bottom), TLanes.Select(rightBelow, bottom, zero), low, high, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average<TLanes>(in PoolShape shape, float* x, float* y) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth, rows = shape.OutHeight;
        TLanes quarter = TLanes.Broadcast(0.25f);
        for (int j = 0; j < columns; j += TLanes.Count)
        {
            (int count, int low, int high) = Counts<TLanes>(columns - j);
            float* source = x + (2 * j), target = y + j;
            for (int row = 0; row < rows; row++, source += 2 * width, target += columns)
            {
                Load(source, low, high, out TLanes a, out TLanes b);
                Load(source + width, low, high, out TLanes c, out TLanes d);
                TLanes.Store((a + b + c + d) * quarter, target, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageGradient<TLanes>(in PoolShape shape, float* dx, float* dy, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth, rows = shape.OutHeight;
        ClearBorder(shape, dx, accumulate);
        TLanes quarter = TLanes.Broadcast(0.25f);
        for (int j = 0; j < columns; j += TLanes.Count)
        {
            (int count, int low, int high) = Counts<TLanes>(columns - j);
            float* target = dx + (2 * j), gradients = dy + j;
            for (int row = 0; row < rows; row++, target += 2 * width, gradients += columns)
            {
                TLanes share = TLanes.Load(gradients, count) * quarter;
                Store(target, share, share, low, high, accumulate);
                Store(target + width, share, share, low, high, accumulate);
            }
        }
    }

    // How many windows a register has, and how many of their pixels are in the first and in the second register of a row.
    private static (int Windows, int Low, int High) Counts<TLanes>(int columns) where TLanes : struct, ILanes<TLanes>
    {
        int windows = Math.Min(TLanes.Count, columns);
        return (windows, Math.Min(2 * windows, TLanes.Count), Math.Max(0, (2 * windows) - TLanes.Count));
    }

    // With an odd size the last row or column is in no window.
    private static void ClearBorder(in PoolShape shape, float* dx, bool accumulate)
    {
        if (!accumulate && ((shape.InHeight | shape.InWidth) & 1) != 0)
        {
            new Span<float>(dx, shape.InHeight * shape.InWidth).Clear();
        }
    }

    // Whether b takes the place of a, which came before it: the first of equals stays, and the last NaN wins.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Wins<TLanes>(TLanes a, TLanes b) where TLanes : struct, ILanes<TLanes>
    {
        TLanes zero = TLanes.Broadcast(0);
        return TLanes.Select(TLanes.Equal(b, b), TLanes.LessThan(a, b), TLanes.Equal(zero, zero));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes>(float* x, int low, int high, out TLanes even, out TLanes odd) where TLanes : struct, ILanes<TLanes> =>
        Pairs.Split(TLanes.Load(x, low), TLanes.Load(x + TLanes.Count, high), out even, out odd);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(float* dx, TLanes even, TLanes odd, int low, int high, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        Pairs.Join(even, odd, out TLanes first, out TLanes second);
        if (accumulate)
        {
            first += TLanes.Load(dx, low);
            second += TLanes.Load(dx + TLanes.Count, high);
        }
        TLanes.Store(first, dx, low);
        TLanes.Store(second, dx + TLanes.Count, high);
    }
}
