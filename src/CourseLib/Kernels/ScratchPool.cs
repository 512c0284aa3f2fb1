using System.Numerics;
using System.Runtime.InteropServices;

namespace CourseLib.Kernels;

/// <summary>
/// Working memory of the kernels: native blocks in sizes of powers of two, kept for the next call. In steady state neither the garbage collector
/// nor the operating system hears of it. Any thread may rent and return.
/// </summary>
internal static unsafe class ScratchPool
{
    private const int MinimumBits = 8;
    private const int Alignment = 64;
    private const int KeptPerSize = 32;

    private static readonly Bucket[] Buckets = CreateBuckets();

    /// <summary>Lends at least <paramref name="length"/> floats.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or more than 2^30.</exception>
    public static Scratch Rent(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 1L << 30);
        var index = Math.Max(MinimumBits, BitOperations.Log2((uint)Math.Max(1, length - 1)) + 1) - MinimumBits;
        var bucket = Buckets[index];
        lock (bucket)
        {
            if (bucket.Count > 0) return new Scratch((float*)bucket.Blocks[--bucket.Count], index);
        }

        return new Scratch((float*)NativeMemory.AlignedAlloc((nuint)sizeof(float) << (index + MinimumBits), Alignment), index);
    }

    internal static void Return(float* block, int index)
    {
        var bucket = Buckets[index];
        lock (bucket)
        {
            if (bucket.Count < KeptPerSize)
            {
                bucket.Blocks[bucket.Count++] = (nint)block;
                return;
            }
        }

        NativeMemory.AlignedFree(block);
    }

    private static Bucket[] CreateBuckets()
    {
        var buckets = new Bucket[31 - MinimumBits];
        for (var i = 0; i < buckets.Length; i++) buckets[i] = new Bucket();
        return buckets;
    }

    private sealed class Bucket
    {
        public readonly nint[] Blocks = new nint[KeptPerSize];
        public int Count;
    }
}
