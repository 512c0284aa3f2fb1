using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Poolings;

/// <summary>
/// Pooling with windows of 2x2 at stride 2: two registers from each of two rows, taken apart into the four corners of as many windows as a register
/// has lanes.
/// </summary>
internal static unsafe class TwoByTwo
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Max<TLanes>(in PoolShape shape, float* x, float* y) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        for (int row = 0; row < shape.OutHeight; row++, x += 2 * width, y += columns)
        {
            for (int j = 0; j < columns; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, columns - j);
                Load(x + (2 * j), count, out TLanes a, out TLanes b);
                Load(x + (2 * j) + width, count, out TLanes c, out TLanes d);
                TLanes.Store(TLanes.Max(TLanes.Max(a, b), TLanes.Max(c, d)), y + j, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MaxGradient<TLanes>(in PoolShape shape, float* x, float* dx, float* dy, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        ClearBorder(shape, dx, accumulate);
        TLanes zero = TLanes.Broadcast(0);
        for (int row = 0; row < shape.OutHeight; row++, x += 2 * width, dx += 2 * width, dy += columns)
        {
            for (int j = 0; j < columns; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, columns - j);
                Load(x + (2 * j), count, out TLanes a, out TLanes b);
                Load(x + (2 * j) + width, count, out TLanes c, out TLanes d);
                TLanes max = TLanes.Max(TLanes.Max(a, b), TLanes.Max(c, d));
                TLanes number = TLanes.Equal(max, max);

                // Corner by corner the gradient goes to the first that is the maximum. A NaN equals nothing; there it is the last one that is NaN, which
                // the corners after it decide.
                TLanes left = TLanes.Load(dy + j, count);
                TLanes laterD = TLanes.Equal(d, d), laterC = TLanes.Select(laterD, TLanes.Equal(c, c), zero), laterB = TLanes.Select(laterC, TLanes.Equal(b, b), zero);
                TLanes toA = Take(TLanes.Select(number, TLanes.Equal(a, max), laterB), ref left);
                TLanes toB = Take(TLanes.Select(number, TLanes.Equal(b, max), laterC), ref left);
                TLanes toC = Take(TLanes.Select(number, TLanes.Equal(c, max), laterD), ref left);
                Add(dx + (2 * j), toA, toB, count, accumulate);
                Add(dx + (2 * j) + width, toC, left, count, accumulate);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Average<TLanes>(in PoolShape shape, float* x, float* y) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        TLanes quarter = TLanes.Broadcast(0.25f);
        for (int row = 0; row < shape.OutHeight; row++, x += 2 * width, y += columns)
        {
            for (int j = 0; j < columns; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, columns - j);
                Load(x + (2 * j), count, out TLanes a, out TLanes b);
                Load(x + (2 * j) + width, count, out TLanes c, out TLanes d);
                TLanes.Store((a + b + c + d) * quarter, y + j, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AverageGradient<TLanes>(in PoolShape shape, float* dx, float* dy, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        int width = shape.InWidth, columns = shape.OutWidth;
        ClearBorder(shape, dx, accumulate);
        TLanes quarter = TLanes.Broadcast(0.25f);
        for (int row = 0; row < shape.OutHeight; row++, dx += 2 * width, dy += columns)
        {
            for (int j = 0; j < columns; j += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, columns - j);
                TLanes share = TLanes.Load(dy + j, count) * quarter;
                Add(dx + (2 * j), share, share, count, accumulate);
                Add(dx + (2 * j) + width, share, share, count, accumulate);
            }
        }
    }

    // With an odd size the last row or column is in no window.
    private static void ClearBorder(in PoolShape shape, float* dx, bool accumulate)
    {
        if (!accumulate && ((shape.InHeight | shape.InWidth) & 1) != 0)
        {
            new Span<float>(dx, shape.InHeight * shape.InWidth).Clear();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Take<TLanes>(TLanes mask, ref TLanes left) where TLanes : struct, ILanes<TLanes>
    {
        TLanes taken = TLanes.Select(mask, left, TLanes.Broadcast(0));
        left = TLanes.Select(mask, TLanes.Broadcast(0), left);
        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TLanes>(float* x, int count, out TLanes even, out TLanes odd) where TLanes : struct, ILanes<TLanes>
    {
        TLanes low = TLanes.Load(x, Math.Min(2 * count, TLanes.Count));
        TLanes high = TLanes.Load(x + TLanes.Count, Math.Max(0, (2 * count) - TLanes.Count));
        Pairs.Split(low, high, out even, out odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes>(float* dx, TLanes even, TLanes odd, int count, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        int first = Math.Min(2 * count, TLanes.Count), second = Math.Max(0, (2 * count) - TLanes.Count);
        Pairs.Join(even, odd, out TLanes low, out TLanes high);
        if (accumulate)
        {
            low += TLanes.Load(dx, first);
            high += TLanes.Load(dx + TLanes.Count, second);
        }
        TLanes.Store(low, dx, first);
        TLanes.Store(high, dx + TLanes.Count, second);
    }
}
