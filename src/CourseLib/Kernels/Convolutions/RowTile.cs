using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// sums[t, o] = start[o] + sum over k of x[offsets[k] + t] factors[k, o] for a few neighbouring pixels t of a row and one or two registers of channels o; with one register, for a second row of
/// pixels, too.
/// </summary>
/// <remarks>
/// Of a row of ten pixels most of a register's lanes would be gutters, or copies without gutters that cost half as long as the sums. Here the lanes are channels and a pixel is a broadcast: the
/// image is read where it lies, and no lane is wasted. Twelve pixels by two registers are 24 sums, with 14 loads for each k, or 25 with one register: a load and a multiply-add for each sum, two of
/// either in a cycle, so that the loads are the limit, just.
/// </remarks>
internal unsafe struct RowTile
{
    private const int Least = 8, Most = 12;

    public float* X;

    /// <summary>From one row of pixels to the next.</summary>
    public nint Below;

    /// <summary>Where each k's pixel lies.</summary>
    public int* Offsets;

    public int Depth;

    /// <summary>[k, lanes].</summary>
    public float* Factors;

    /// <summary>The first value of each lane's sums.</summary>
    public float* Start;

    /// <summary>[pixels, lanes].</summary>
    public float* Sums;

    /// <summary>From one row's sums to the next row's.</summary>
    public nint SumsBelow;

    /// <summary>Whether rows of so many pixels are cut into tiles with little computed twice: the last tile of a row begins among the pixels of the one before it.</summary>
    public static bool Suits(int width) => width >= Least && 7 * Even.Parts(width, Pixels(width)) * Pixels(width) <= 8 * width;

    /// <summary>Pixels of a tile in rows of so many: 8, 10 or 12.</summary>
    public static int Pixels(int width)
    {
        int best = Least;
        for (int pixels = Least; pixels <= Math.Min(Most, width); pixels += 2)
        {
            best = Even.Parts(width, pixels) * pixels <= Even.Parts(width, best) * best ? pixels : best;
        }
        return best;
    }

    /// <summary>One tile: <paramref name="registers"/> of lanes times <paramref name="rows"/> is at most two.</summary>
    public readonly void Run<TLanes>(int pixels, int registers, int rows) where TLanes : struct, ILanes<TLanes>
    {
        switch (pixels)
        {
            case 8: Run<TLanes, Count8>(registers, rows); break;
            case 10: Run<TLanes, Count10>(registers, rows); break;
            default: Run<TLanes, Count12>(registers, rows); break;
        }
    }

    private readonly void Run<TLanes, TPixels>(int registers, int rows)
        where TLanes : struct, ILanes<TLanes>
        where TPixels : struct, ICount
    {
        switch (registers, rows)
        {
            case (2, 1): Run<TLanes, TPixels, Count2, Count1>(); break;
            case (1, 2): Run<TLanes, TPixels, Count1, Count2>(); break;
            default: Run<TLanes, TPixels, Count1, Count1>(); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Run<TLanes, TPixels, TRegisters, TRows>()
        where TLanes : struct, ILanes<TLanes>
        where TPixels : struct, ICount
        where TRegisters : struct, ICount
        where TRows : struct, ICount
    {
        bool two = TRegisters.Count * TRows.Count > 1;
        TLanes first = TLanes.Load(Start), second = TRegisters.Count > 1 ? TLanes.Load(Start + TLanes.Count) : first;
        TLanes left0 = first, left1 = first, left2 = first, left3 = first, left4 = first, left5 = first, left6 = first, left7 = first, left8 = first, left9 = first, left10 = first, left11 = first;
        TLanes right0 = second, right1 = second, right2 = second, right3 = second, right4 = second, right5 = second, right6 = second, right7 = second, right8 = second, right9 = second, right10 = second, right11 = second;
        float* factors = Factors, x = X;
        nint below = TRows.Count > 1 ? Below : 0;
        for (int* offset = Offsets, end = offset + Depth; offset < end; offset++, factors += TRegisters.Count * TLanes.Count)
        {
            float* pixel = x + *offset, under = pixel + below;
            TLanes left = TLanes.Load(factors), right = TRegisters.Count > 1 ? TLanes.Load(factors + TLanes.Count) : left;
            Add<TLanes, TRegisters, TRows>(pixel, under, 0, left, right, ref left0, ref right0);
            Add<TLanes, TRegisters, TRows>(pixel, under, 1, left, right, ref left1, ref right1);
            Add<TLanes, TRegisters, TRows>(pixel, under, 2, left, right, ref left2, ref right2);
            Add<TLanes, TRegisters, TRows>(pixel, under, 3, left, right, ref left3, ref right3);
            Add<TLanes, TRegisters, TRows>(pixel, under, 4, left, right, ref left4, ref right4);
            Add<TLanes, TRegisters, TRows>(pixel, under, 5, left, right, ref left5, ref right5);
            Add<TLanes, TRegisters, TRows>(pixel, under, 6, left, right, ref left6, ref right6);
            Add<TLanes, TRegisters, TRows>(pixel, under, 7, left, right, ref left7, ref right7);
            if (TPixels.Count > 8) { Add<TLanes, TRegisters, TRows>(pixel, under, 8, left, right, ref left8, ref right8); }
            if (TPixels.Count > 9) { Add<TLanes, TRegisters, TRows>(pixel, under, 9, left, right, ref left9, ref right9); }
            if (TPixels.Count > 10) { Add<TLanes, TRegisters, TRows>(pixel, under, 10, left, right, ref left10, ref right10); }
            if (TPixels.Count > 11) { Add<TLanes, TRegisters, TRows>(pixel, under, 11, left, right, ref left11, ref right11); }
        }

        float* to = Sums;
        nint step = TRegisters.Count * TLanes.Count, other = TRegisters.Count > 1 ? TLanes.Count : SumsBelow;
        Write(left0, right0, to, other, two);
        Write(left1, right1, to + step, other, two);
        Write(left2, right2, to + (2 * step), other, two);
        Write(left3, right3, to + (3 * step), other, two);
        Write(left4, right4, to + (4 * step), other, two);
        Write(left5, right5, to + (5 * step), other, two);
        Write(left6, right6, to + (6 * step), other, two);
        Write(left7, right7, to + (7 * step), other, two);
        if (TPixels.Count > 8) { Write(left8, right8, to + (8 * step), other, two); }
        if (TPixels.Count > 9) { Write(left9, right9, to + (9 * step), other, two); }
        if (TPixels.Count > 10) { Write(left10, right10, to + (10 * step), other, two); }
        if (TPixels.Count > 11) { Write(left11, right11, to + (11 * step), other, two); }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes, TRegisters, TRows>(float* pixel, float* under, int t, TLanes left, TLanes right, ref TLanes sumLeft, ref TLanes sumRight)
        where TLanes : struct, ILanes<TLanes>
        where TRegisters : struct, ICount
        where TRows : struct, ICount
    {
        TLanes x = TLanes.Broadcast(pixel[t]);
        TLanes.Accumulate(ref sumLeft, left, x);
        if (TRegisters.Count > 1)
        {
            TLanes.Accumulate(ref sumRight, right, x);
        }
        if (TRows.Count > 1)
        {
            TLanes.Accumulate(ref sumRight, left, TLanes.Broadcast(under[t]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes>(TLanes left, TLanes right, float* to, nint other, bool two) where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(left, to);
        if (two)
        {
            TLanes.Store(right, to + other);
        }
    }
}
