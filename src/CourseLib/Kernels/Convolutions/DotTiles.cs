using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>What a dot tile works on: rows of output gradients, planes of input pixels, a few offsets, and the sums to add to.</summary>
internal unsafe struct DotTile
{
    public float* Gradient;

    /// <summary>From one row (output channel) of the gradient to the next.</summary>
    public nint Pitch;

    /// <summary>From one image's gradient to the next image's.</summary>
    public nint GradientImage;

    public float* Planes;

    /// <summary>From one image's planes to the next image's.</summary>
    public nint PlanesImage;

    public int* Offsets;
    public int Images;

    /// <summary>Flattened pixels, a multiple of the register.</summary>
    public int Length;

    public float* Sums;
    public nint SumsPitch;
}

/// <summary>
/// sums[r][k] += sum over images and flattened pixels q of gradient[r][q] planes[offsets[k] + q] for a few rows r and the k of one strip: the tile of
/// <see cref="CorrelationTiles"/> turned round. The lanes are added up once, after all images. For few output channels, which would leave most lanes of a <see cref="TapTile"/>
/// empty.
/// </summary>
internal static unsafe class DotTiles
{
    /// <summary>Six rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows6<TStrip, TLanes>(in DotTile t)
        where TStrip : struct, IStrip<TStrip, TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        nint pitch = t.Pitch;
        TStrip r0 = TStrip.Broadcast(0), r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0;
        for (int image = 0; image < t.Images; image++)
        {
            float* dy = t.Gradient + (image * t.GradientImage), x = t.Planes + (image * t.PlanesImage), end = dy + t.Length;
            for (; dy < end; dy += TLanes.Count, x += TLanes.Count)
            {
                TStrip pixels = TStrip.Gather(x, t.Offsets);
                TStrip.MultiplyAdd(ref r0, pixels, TLanes.Load(dy));
                TStrip.MultiplyAdd(ref r1, pixels, TLanes.Load(dy + pitch));
                TStrip.MultiplyAdd(ref r2, pixels, TLanes.Load(dy + (2 * pitch)));
                TStrip.MultiplyAdd(ref r3, pixels, TLanes.Load(dy + (3 * pitch)));
                TStrip.MultiplyAdd(ref r4, pixels, TLanes.Load(dy + (4 * pitch)));
                TStrip.MultiplyAdd(ref r5, pixels, TLanes.Load(dy + (5 * pitch)));
            }
        }
        TStrip.AddSums(r0, t.Sums);
        TStrip.AddSums(r1, t.Sums + t.SumsPitch);
        TStrip.AddSums(r2, t.Sums + (2 * t.SumsPitch));
        TStrip.AddSums(r3, t.Sums + (3 * t.SumsPitch));
        TStrip.AddSums(r4, t.Sums + (4 * t.SumsPitch));
        TStrip.AddSums(r5, t.Sums + (5 * t.SumsPitch));
    }

    /// <summary>Four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows4<TStrip, TLanes>(in DotTile t)
        where TStrip : struct, IStrip<TStrip, TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        nint pitch = t.Pitch;
        TStrip r0 = TStrip.Broadcast(0), r1 = r0, r2 = r0, r3 = r0;
        for (int image = 0; image < t.Images; image++)
        {
            float* dy = t.Gradient + (image * t.GradientImage), x = t.Planes + (image * t.PlanesImage), end = dy + t.Length;
            for (; dy < end; dy += TLanes.Count, x += TLanes.Count)
            {
                TStrip pixels = TStrip.Gather(x, t.Offsets);
                TStrip.MultiplyAdd(ref r0, pixels, TLanes.Load(dy));
                TStrip.MultiplyAdd(ref r1, pixels, TLanes.Load(dy + pitch));
                TStrip.MultiplyAdd(ref r2, pixels, TLanes.Load(dy + (2 * pitch)));
                TStrip.MultiplyAdd(ref r3, pixels, TLanes.Load(dy + (3 * pitch)));
            }
        }
        TStrip.AddSums(r0, t.Sums);
        TStrip.AddSums(r1, t.Sums + t.SumsPitch);
        TStrip.AddSums(r2, t.Sums + (2 * t.SumsPitch));
        TStrip.AddSums(r3, t.Sums + (3 * t.SumsPitch));
    }

    /// <summary>Two rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows2<TStrip, TLanes>(in DotTile t)
        where TStrip : struct, IStrip<TStrip, TLanes>
        where TLanes : struct, ILanes<TLanes>
    {
        nint pitch = t.Pitch;
        TStrip r0 = TStrip.Broadcast(0), r1 = r0;
        for (int image = 0; image < t.Images; image++)
        {
            float* dy = t.Gradient + (image * t.GradientImage), x = t.Planes + (image * t.PlanesImage), end = dy + t.Length;
            for (; dy < end; dy += TLanes.Count, x += TLanes.Count)
            {
                TStrip pixels = TStrip.Gather(x, t.Offsets);
                TStrip.MultiplyAdd(ref r0, pixels, TLanes.Load(dy));
                TStrip.MultiplyAdd(ref r1, pixels, TLanes.Load(dy + pitch));
            }
        }
        TStrip.AddSums(r0, t.Sums);
        TStrip.AddSums(r1, t.Sums + t.SumsPitch);
    }
}
