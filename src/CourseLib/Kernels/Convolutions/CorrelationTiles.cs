using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>What a tile kernel works on: a panel of weights, the pixels under it and the place of its results.</summary>
internal unsafe struct CorrelationTile
{
    /// <summary>[depth, rows of the tile].</summary>
    public float* Weights;

    /// <summary>First value of each row.</summary>
    public float* Bias;

    /// <summary>For each k, how far its pixels lie from <see cref="Planes"/>.</summary>
    public int* Offsets;

    public int Depth;
    public float* Planes;
    public float* Output;

    /// <summary>From one output row to the next.</summary>
    public nint Pitch;
}

/// <summary>
/// output[r][q] = bias[r] + sum over k of weights[k][r] planes[offsets[k] + q] for a few rows (output channels) and one strip of flattened pixels q.
/// The accumulators stay in registers for the whole sum; each pixel register loaded serves all rows, each weight broadcast all registers of the strip.
/// </summary>
internal static unsafe class CorrelationTiles
{
    /// <summary>Eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows8<TStrip, TLanes>(in CorrelationTile t)
        where TStrip : struct, IStrip<TStrip, TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        float* w = t.Weights, x = t.Planes;
        int* offset = t.Offsets, end = offset + t.Depth;
        TStrip r0 = TStrip.Broadcast(t.Bias[0]), r1 = TStrip.Broadcast(t.Bias[1]), r2 = TStrip.Broadcast(t.Bias[2]), r3 = TStrip.Broadcast(t.Bias[3]), r4 = TStrip.Broadcast(t.Bias[4]), r5 = TStrip.Broadcast(t.Bias[5]), r6 = TStrip.Broadcast(t.Bias[6]), r7 = TStrip.Broadcast(t.Bias[7]);
        for (; offset < end; offset++, w += 8)
        {
            TStrip pixels = TStrip.Load(x + *offset);
            TStrip.MultiplyAdd(ref r0, pixels, TLanes.Broadcast(w[0]));
            TStrip.MultiplyAdd(ref r1, pixels, TLanes.Broadcast(w[1]));
            TStrip.MultiplyAdd(ref r2, pixels, TLanes.Broadcast(w[2]));
            TStrip.MultiplyAdd(ref r3, pixels, TLanes.Broadcast(w[3]));
            TStrip.MultiplyAdd(ref r4, pixels, TLanes.Broadcast(w[4]));
            TStrip.MultiplyAdd(ref r5, pixels, TLanes.Broadcast(w[5]));
            TStrip.MultiplyAdd(ref r6, pixels, TLanes.Broadcast(w[6]));
            TStrip.MultiplyAdd(ref r7, pixels, TLanes.Broadcast(w[7]));
        }
        TStrip.Store(r0, t.Output);
        TStrip.Store(r1, t.Output + t.Pitch);
        TStrip.Store(r2, t.Output + (2 * t.Pitch));
        TStrip.Store(r3, t.Output + (3 * t.Pitch));
        TStrip.Store(r4, t.Output + (4 * t.Pitch));
        TStrip.Store(r5, t.Output + (5 * t.Pitch));
        TStrip.Store(r6, t.Output + (6 * t.Pitch));
        TStrip.Store(r7, t.Output + (7 * t.Pitch));
    }

    /// <summary>Six rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows6<TStrip, TLanes>(in CorrelationTile t)
        where TStrip : struct, IStrip<TStrip, TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        float* w = t.Weights, x = t.Planes;
        int* offset = t.Offsets, end = offset + t.Depth;
        TStrip r0 = TStrip.Broadcast(t.Bias[0]), r1 = TStrip.Broadcast(t.Bias[1]), r2 = TStrip.Broadcast(t.Bias[2]), r3 = TStrip.Broadcast(t.Bias[3]), r4 = TStrip.Broadcast(t.Bias[4]), r5 = TStrip.Broadcast(t.Bias[5]);
        for (; offset < end; offset++, w += 6)
        {
            TStrip pixels = TStrip.Load(x + *offset);
            TStrip.MultiplyAdd(ref r0, pixels, TLanes.Broadcast(w[0]));
            TStrip.MultiplyAdd(ref r1, pixels, TLanes.Broadcast(w[1]));
            TStrip.MultiplyAdd(ref r2, pixels, TLanes.Broadcast(w[2]));
            TStrip.MultiplyAdd(ref r3, pixels, TLanes.Broadcast(w[3]));
            TStrip.MultiplyAdd(ref r4, pixels, TLanes.Broadcast(w[4]));
            TStrip.MultiplyAdd(ref r5, pixels, TLanes.Broadcast(w[5]));
        }
        TStrip.Store(r0, t.Output);
        TStrip.Store(r1, t.Output + t.Pitch);
        TStrip.Store(r2, t.Output + (2 * t.Pitch));
        TStrip.Store(r3, t.Output + (3 * t.Pitch));
        TStrip.Store(r4, t.Output + (4 * t.Pitch));
        TStrip.Store(r5, t.Output + (5 * t.Pitch));
    }

    /// <summary>Four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows4<TStrip, TLanes>(in CorrelationTile t)
        where TStrip : struct, IStrip<TStrip, TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        float* w = t.Weights, x = t.Planes;
        int* offset = t.Offsets, end = offset + t.Depth;
        TStrip r0 = TStrip.Broadcast(t.Bias[0]), r1 = TStrip.Broadcast(t.Bias[1]), r2 = TStrip.Broadcast(t.Bias[2]), r3 = TStrip.Broadcast(t.Bias[3]);
        for (; offset < end; offset++, w += 4)
        {
            TStrip pixels = TStrip.Load(x + *offset);
            TStrip.MultiplyAdd(ref r0, pixels, TLanes.Broadcast(w[0]));
            TStrip.MultiplyAdd(ref r1, pixels, TLanes.Broadcast(w[1]));
            TStrip.MultiplyAdd(ref r2, pixels, TLanes.Broadcast(w[2]));
            TStrip.MultiplyAdd(ref r3, pixels, TLanes.Broadcast(w[3]));
        }
        TStrip.Store(r0, t.Output);
        TStrip.Store(r1, t.Output + t.Pitch);
        TStrip.Store(r2, t.Output + (2 * t.Pitch));
        TStrip.Store(r3, t.Output + (3 * t.Pitch));
    }

    /// <summary>Two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows2<TStrip, TLanes>(in CorrelationTile t)
        where TStrip : struct, IStrip<TStrip, TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        float* w = t.Weights, x = t.Planes;
        int* offset = t.Offsets, end = offset + t.Depth;
        TStrip r0 = TStrip.Broadcast(t.Bias[0]), r1 = TStrip.Broadcast(t.Bias[1]);
        for (; offset < end; offset++, w += 2)
        {
            TStrip pixels = TStrip.Load(x + *offset);
            TStrip.MultiplyAdd(ref r0, pixels, TLanes.Broadcast(w[0]));
            TStrip.MultiplyAdd(ref r1, pixels, TLanes.Broadcast(w[1]));
        }
        TStrip.Store(r0, t.Output);
        TStrip.Store(r1, t.Output + t.Pitch);
    }
}
