using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// sums[t, o] += sum over rows i and columns j of x[offsets[t] + i pitch + j] factors[i, j, o] for nine weights t and one or two registers of channels o; the sum runs over the pixels of an image.
/// </summary>
/// <remarks>
/// The lanes are channels, so nothing is added across them: each (i, j) is one or two aligned loads, each t a broadcast. Nine is the window of a 3x3 filter in one channel, and
/// nine offsets are as many index registers as there are. With two registers that is 11 loads for 18 multiply-adds, with one 10 loads for 9: the two load ports keep up with the two
/// multiply-add units, just.
/// </remarks>
internal unsafe struct TapTile
{
    /// <summary>Sums of each lane.</summary>
    public const int Height = 9;

    public float* X;

    /// <summary>From one row of x to the next.</summary>
    public nint Pitch;

    /// <summary>Nine.</summary>
    public int* Offsets;

    /// <summary>[rows, columns, lanes].</summary>
    public float* Factors;

    public int Rows;
    public int Columns;

    /// <summary>[nine, lanes].</summary>
    public float* Sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<TLanes, TRegisters>()
        where TLanes : struct, ILanes<TLanes>
        where TRegisters : struct, ICount
    {
        TLanes zero = TLanes.Broadcast(0);
        TLanes left0 = zero, left1 = zero, left2 = zero, left3 = zero, left4 = zero, left5 = zero, left6 = zero, left7 = zero, left8 = zero;
        TLanes right0 = zero, right1 = zero, right2 = zero, right3 = zero, right4 = zero, right5 = zero, right6 = zero, right7 = zero, right8 = zero;
        nint o0 = Offsets[0], o1 = Offsets[1], o2 = Offsets[2], o3 = Offsets[3], o4 = Offsets[4], o5 = Offsets[5], o6 = Offsets[6], o7 = Offsets[7], o8 = Offsets[8];
        float* factors = Factors, row = X;
        for (int i = Rows; i > 0; i--, row += Pitch)
        {
            float* x = row, end = row + Columns;
            for (; x < end; x++, factors += TRegisters.Count * TLanes.Count)
            {
                TLanes left = TLanes.Load(factors), right = TRegisters.Count > 1 ? TLanes.Load(factors + TLanes.Count) : zero;
                Add<TLanes, TRegisters>(x[o0], left, right, ref left0, ref right0);
                Add<TLanes, TRegisters>(x[o1], left, right, ref left1, ref right1);
                Add<TLanes, TRegisters>(x[o2], left, right, ref left2, ref right2);
                Add<TLanes, TRegisters>(x[o3], left, right, ref left3, ref right3);
                Add<TLanes, TRegisters>(x[o4], left, right, ref left4, ref right4);
                Add<TLanes, TRegisters>(x[o5], left, right, ref left5, ref right5);
                Add<TLanes, TRegisters>(x[o6], left, right, ref left6, ref right6);
                Add<TLanes, TRegisters>(x[o7], left, right, ref left7, ref right7);
                Add<TLanes, TRegisters>(x[o8], left, right, ref left8, ref right8);
            }
        }

        float* sums = Sums;
        nint step = TRegisters.Count * TLanes.Count;
        AddTo<TLanes, TRegisters>(sums, left0, right0);
        AddTo<TLanes, TRegisters>(sums + step, left1, right1);
        AddTo<TLanes, TRegisters>(sums + (2 * step), left2, right2);
        AddTo<TLanes, TRegisters>(sums + (3 * step), left3, right3);
        AddTo<TLanes, TRegisters>(sums + (4 * step), left4, right4);
        AddTo<TLanes, TRegisters>(sums + (5 * step), left5, right5);
        AddTo<TLanes, TRegisters>(sums + (6 * step), left6, right6);
        AddTo<TLanes, TRegisters>(sums + (7 * step), left7, right7);
        AddTo<TLanes, TRegisters>(sums + (8 * step), left8, right8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes, TRegisters>(float pixel, TLanes left, TLanes right, ref TLanes sumLeft, ref TLanes sumRight)
        where TLanes : struct, ILanes<TLanes>
        where TRegisters : struct, ICount
    {
        TLanes x = TLanes.Broadcast(pixel);
        TLanes.Accumulate(ref sumLeft, left, x);
        if (TRegisters.Count > 1)
        {
            TLanes.Accumulate(ref sumRight, right, x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<TLanes, TRegisters>(float* sums, TLanes left, TLanes right)
        where TLanes : struct, ILanes<TLanes>
        where TRegisters : struct, ICount
    {
        TLanes.Store(TLanes.Load(sums) + left, sums);
        if (TRegisters.Count > 1)
        {
            TLanes.Store(TLanes.Load(sums + TLanes.Count) + right, sums + TLanes.Count);
        }
    }
}
