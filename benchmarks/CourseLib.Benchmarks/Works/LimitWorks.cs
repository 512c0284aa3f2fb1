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
    private const int Sums = 12, Steps = 4000, ChunksOfCall = 16;
    private const int LongestSlice = 1 << 20, LongestChunk = 1 << 15;

    // Arrays of 64 MB, which no cache of this processor alone holds, and copies in as many bytes as the works move that fit into one.
    private const int InMemory = 1 << 24;
    private static readonly (string Name, int Length)[] InCaches = [("128K", 1 << 14), ("8M", 1 << 20), ("32M", 1 << 22)];

    /// <summary>Multiply-adds in registers as wide as this process has them, then narrower ones; copying; a = b + c s with stores that pass the caches by.</summary>
    public static IEnumerable<Work> All =>
    [
        Arithmetic<Lanes16>(512, Vector512.IsHardwareAccelerated), Arithmetic<Lanes8>(256, Vector256.IsHardwareAccelerated), Arithmetic<Lanes4>(128, Vector128.IsHardwareAccelerated),
        Traffic("copy", InMemory, arrays: 2), Traffic("triad", InMemory, arrays: 3),
        .. InCaches.Select(size => Traffic($"copy_{size.Name}", size.Length, arrays: 2)),
    ];

    /// <summary>The copy whose arrays are as large as what a work moves, or the next larger.</summary>
    public static string CopyOf(double bytes) => InCaches.Where(size => 2.0 * sizeof(float) * size.Length >= bytes).Select(size => $"copy_{size.Name}").FirstOrDefault("copy");

    /// <summary>Operations of <see cref="DoChunk"/>.</summary>
    public static double FlopsOfWidestChunk => FlopsOfChunk(WidestLanes.Count);

    /// <summary>Some microseconds of multiply-adds in the widest registers of this process, on the calling thread.</summary>
    public static void DoChunk()
    {
        float sum;
        WidestLanes.For(1, new MultiplyAdds(&sum));
    }

    /// <summary>The same for all helpers: afterwards they are awake.</summary>
    public static void WakeHelpers()
    {
        float* sums = stackalloc float[ChunksOfCall];
        WidestLanes.For(ChunksOfCall, new MultiplyAdds(sums));
    }

    private static double FlopsOfChunk(int lanes) => 2.0 * Sums * Steps * lanes;

    private static Work Arithmetic<TLanes>(int bits, bool here) where TLanes : struct, ILanes<TLanes> =>
        new($"limit/fma{bits}", () => here ? Arithmetic<TLanes>() : throw new NotSupportedException($"no registers of {bits} bits"))
        {
            Flops = FlopsOfChunk(bits / 32) * ChunksOfCall,
        };

    private static Prepared Arithmetic<TLanes>() where TLanes : struct, ILanes<TLanes>
    {
        Floats sums = new(ChunksOfCall);
        return Prepared.Of(() => Workers.For(ChunksOfCall, new OfWidth<TLanes>(new(sums.Pointer))), sums);
    }

    // A call does a slice of the arrays and the next call the next one: it is short, and yet what it touches has been thrown out of the caches meanwhile.
    private static Work Traffic(string name, int length, int arrays)
    {
        int slice = Math.Min(length, LongestSlice);
        return new($"limit/{name}", () => Traffic(length, slice, triad: arrays == 3)) { Bytes = (double)arrays * sizeof(float) * slice };
    }

    private static Prepared Traffic(int length, int slice, bool triad)
    {
        Floats a = new(length), b = new(length, seed: 1), c = new(triad ? length : 0, seed: 2);
        int chunk = Math.Min(LongestChunk, slice / 2), start = 0;
        return new(() =>
        {
            Workers.For(slice / chunk, new Chunk(a.Pointer + start, b.Pointer + start, triad ? c.Pointer + start : null, chunk));
            start = (start + slice) % length;
            GC.KeepAlive((a, b, c));
        }, () => a.Span[..16].ToArray());
    }

    private readonly struct OfWidth<TLanes>(MultiplyAdds adds) : IWork where TLanes : struct, ILanes<TLanes>
    {
        public void Run(int chunk) => adds.Run<TLanes>(chunk);
    }

    private readonly struct MultiplyAdds(float* sums) : ILaneWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
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

    private readonly struct Chunk(float* a, float* b, float* c, int length) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            nint start = (nint)chunk * length;
            if (c == null)
            {
                new Span<float>(b + start, length).CopyTo(new Span<float>(a + start, length));
                return;
            }

            Vector256<float> factor = Vector256.Create(0.5f);
            for (nint i = start; i < start + length; i += Vector256<float>.Count)
            {
                (Vector256.Load(b + i) + (Vector256.Load(c + i) * factor)).StoreAlignedNonTemporal(a + i);
            }
        }
    }
}
