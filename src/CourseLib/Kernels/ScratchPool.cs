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
        int index = Math.Max(MinimumBits, BitOperations.Log2((uint)Math.Max(1, length - 1)) + 1) - MinimumBits;
        Bucket bucket = Buckets[index];
        if (bucket.TryTake(out nint kept)) return new Scratch((float*)kept, index);

        return new Scratch((float*)NativeMemory.AlignedAlloc((nuint)sizeof(float) << (index + MinimumBits), Alignment), index);
    }

    internal static void Return(float* block, int index)
    {
        Bucket bucket = Buckets[index];
        if (!bucket.TryKeep((nint)block)) NativeMemory.AlignedFree(block);
    }

    private static Bucket[] CreateBuckets()
    {
        Bucket[] buckets = new Bucket[31 - MinimumBits];
        for (int i = 0; i < buckets.Length; i++) buckets[i] = new Bucket();
        return buckets;
    }

    /// <summary>The free blocks of one size. A spin lock, because a monitor that two threads want at once allocates, and the few instructions inside never wait.</summary>
    private sealed class Bucket
    {
        private readonly nint[] blocks = new nint[KeptPerSize];
        private int count;
        private SpinLock gate = new(enableThreadOwnerTracking: false);

        public bool TryTake(out nint block)
        {
            bool taken = false;
            gate.Enter(ref taken);
            bool found = count > 0;
            block = found ? blocks[--count] : 0;
            gate.Exit(useMemoryBarrier: false);
            return found;
        }

        public bool TryKeep(nint block)
        {
            bool taken = false;
            gate.Enter(ref taken);
            bool fits = count < KeptPerSize;
            if (fits) blocks[count++] = block;
            gate.Exit(useMemoryBarrier: false);
            return fits;
        }
    }
}
