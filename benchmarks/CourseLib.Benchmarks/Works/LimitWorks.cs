using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Works;

/// <summary>
/// What the machine can do at all, <c>limit/…</c>: multiply-adds that depend on nothing but registers, at each width, and memory traffic on arrays that no cache holds.
/// Taken by the same clock, in the same run and by the same threads as the works that are held against it.
/// </summary>
internal static unsafe class LimitWorks
{
    private const int Sums = 12, Steps = 4000, Chunks = 16;

    // Two or three arrays of 64 MB, of which a call does a sixteenth: a call is short, and yet what it touches was thrown out of the caches meanwhile.
    private const int Length = 1 << 24, Slices = 16, SliceLength = Length / Slices, ChunkLength = 1 << 15;

    /// <summary>Multiply-adds in registers as wide as this process has them, then narrower ones; copying; a = b + c s with stores that pass the caches by.</summary>
    public static IEnumerable<Work> All =>
    [
        Arithmetic<Lanes16>(512, Vector512.IsHardwareAccelerated), Arithmetic<Lanes8>(256, Vector256.IsHardwareAccelerated), Arithmetic<Lanes4>(128, Vector128.IsHardwareAccelerated),
        new("limit/copy", () => Traffic(triad: false)) { Bytes = 2.0 * sizeof(float) * SliceLength },
        new("limit/triad", () => Traffic(triad: true)) { Bytes = 3.0 * sizeof(float) * SliceLength },
    ];

    private static Work Arithmetic<TLanes>(int bits, bool here) where TLanes : struct, ILanes<TLanes> =>
        new($"limit/fma{bits}", () => here ? Arithmetic<TLanes>() : throw new NotSupportedException($"no registers of {bits} bits"))
        {
            Flops = 2.0 * Sums * Steps * (bits / 32) * Chunks,
        };

    private static Prepared Arithmetic<TLanes>() where TLanes : struct, ILanes<TLanes>
    {
        Floats sums = new(Chunks);
        return Prepared.Of(() => Workers.For(Chunks, new MultiplyAdds<TLanes>(sums.Pointer)), sums);
    }

    private static Prepared Traffic(bool triad)
    {
        Floats a = new(Length), b = new(Length, seed: 1), c = new(Length, seed: 2);
        int slice = 0;
        return new(() =>
        {
            nint start = (nint)slice * SliceLength;
            Workers.For(SliceLength / ChunkLength, new Chunk(a.Pointer + start, b.Pointer + start, triad ? c.Pointer + start : null));
            slice = (slice + 1) % Slices;
            GC.KeepAlive((a, b, c));
        }, () => a.Span[..16].ToArray());
    }

    private readonly struct MultiplyAdds<TLanes>(float* sums) : IWork where TLanes : struct, ILanes<TLanes>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            // As many sums as hide the latency of a multiply-add, and few enough for sixteen registers.
            TLanes factor = TLanes.Broadcast(0.999f), term = TLanes.Broadcast(0.001f);
            TLanes a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term, i = term, j = term, k = term, l = term;
            for (int step = 0; step < Steps; step++)
            {
                a = TLanes.MultiplyAdd(a, factor, term);
                b = TLanes.MultiplyAdd(b, factor, term);
                c = TLanes.MultiplyAdd(c, factor, term);
                d = TLanes.MultiplyAdd(d, factor, term);
                e = TLanes.MultiplyAdd(e, factor, term);
                f = TLanes.MultiplyAdd(f, factor, term);
                g = TLanes.MultiplyAdd(g, factor, term);
                h = TLanes.MultiplyAdd(h, factor, term);
                i = TLanes.MultiplyAdd(i, factor, term);
                j = TLanes.MultiplyAdd(j, factor, term);
                k = TLanes.MultiplyAdd(k, factor, term);
                l = TLanes.MultiplyAdd(l, factor, term);
            }

            sums[chunk] = TLanes.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        }
    }

    private readonly struct Chunk(float* a, float* b, float* c) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            nint start = (nint)chunk * ChunkLength;
            if (c == null)
            {
                new Span<float>(b + start, ChunkLength).CopyTo(new Span<float>(a + start, ChunkLength));
                return;
            }

            Vector256<float> factor = Vector256.Create(0.5f);
            for (nint i = start; i < start + ChunkLength; i += Vector256<float>.Count)
            {
                (Vector256.Load(b + i) + (Vector256.Load(c + i) * factor)).StoreAlignedNonTemporal(a + i);
            }
        }
    }
}
