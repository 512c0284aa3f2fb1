using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CourseLib.Kernels;

/// <summary>
/// Philox4x32-10 (Salmon et al. 2011, section 3 and table 2): ten rounds of two 32 x 32 -> 64 bit multiplications turn a 128-bit
/// counter and a 64-bit key into four random words.
/// </summary>
/// <remarks>
/// Lane layout: a group is the 64 words of 16 consecutive counters, word 0 of all sixteen first, then word 1, and so on. Registers
/// that hold one word of several counters are then stored without shuffling, and every register width produces the same order.
/// </remarks>
internal static unsafe class Philox
{
    /// <summary>Counters in a group.</summary>
    public const int Counters = 16;

    /// <summary>Words in a group.</summary>
    public const int GroupLength = 4 * Counters;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9; // golden ratio
    private const uint Weyl1 = 0xBB67AE85; // sqrt(3) - 1

    /// <summary>The words of group <paramref name="group"/>.</summary>
    public static void Group(ulong key, ulong group, uint* words)
    {
        ulong counter = group * Counters;
        if (Avx512F.IsSupported)
        {
            Half(key, counter, words);
            Half(key, counter + 8, words + 8);
            return;
        }
        for (int lane = 0; lane < Counters; lane++)
        {
            uint* word = words + lane;
            (word[0], word[Counters], word[2 * Counters], word[3 * Counters]) =
                Block(key, (uint)(counter + (uint)lane), (uint)((counter + (uint)lane) >> 32), 0, 0);
        }
    }

    /// <summary>One counter's four words.</summary>
    public static (uint X0, uint X1, uint X2, uint X3) Block(ulong key, uint x0, uint x1, uint x2, uint x3)
    {
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * x0;
            ulong product1 = (ulong)Multiplier1 * x2;
            x0 = (uint)(product1 >> 32) ^ x1 ^ key0;
            x1 = (uint)product1;
            x2 = (uint)(product0 >> 32) ^ x3 ^ key1;
            x3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        return (x0, x1, x2, x3);
    }

    /// <summary>The upper 24 bits as a number in [0, 1): exact, and so the same everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToUnit(uint word) => (word >> 8) * (1f / (1 << 24));

    // Eight counters, each word in the lower half of a 64-bit lane: the multiplication reads lower halves and fills whole lanes.
    // What a product leaves in an upper half is garbage to the next round, which never looks at it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Half(ulong key, ulong counter, uint* words)
    {
        Vector512<ulong> multiplier0 = Vector512.Create((ulong)Multiplier0), multiplier1 = Vector512.Create((ulong)Multiplier1);
        Vector512<ulong> x0 = Vector512.Create(counter) + Vector512<ulong>.Indices;
        Vector512<ulong> x1 = x0 >>> 32, x2 = default, x3 = default;
        uint key0 = (uint)key, key1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            Vector512<ulong> product0 = Avx512F.Multiply(x0.AsUInt32(), multiplier0.AsUInt32());
            Vector512<ulong> product1 = Avx512F.Multiply(x2.AsUInt32(), multiplier1.AsUInt32());
            x0 = (product1 >>> 32) ^ x1 ^ Vector512.Create((ulong)key0);
            x1 = product1;
            x2 = (product0 >>> 32) ^ x3 ^ Vector512.Create((ulong)key1);
            x3 = product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }
        Avx512F.ConvertToVector256UInt32(x0).Store(words);
        Avx512F.ConvertToVector256UInt32(x1).Store(words + Counters);
        Avx512F.ConvertToVector256UInt32(x2).Store(words + (2 * Counters));
        Avx512F.ConvertToVector256UInt32(x3).Store(words + (3 * Counters));
    }
}
