using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// Philox4x32-10 (Salmon et al. 2011, table 2 and figure 3): ten rounds of two 32 x 32 -> 64 bit multiplications turn a 128-bit counter and a 64-bit key into
/// four random words.
/// </summary>
/// <remarks>
/// Lane layout: a group is the 64 words of 16 consecutive counters, word 0 of all sixteen first, then word 1, and so on. A register
/// that holds one word of several counters is then stored without shuffling, and narrower registers produce the same order.
/// </remarks>
internal static unsafe class Philox
{
    /// <summary>Words in a group.</summary>
    public const int GroupLength = 4 * Counters;

    /// <summary>Counters in a group.</summary>
    public const int Counters = 16;

    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9; // golden ratio
    private const uint Weyl1 = 0xBB67AE85; // sqrt(3) - 1

    /// <summary>The words of group <paramref name="group"/>.</summary>
    public static void Group(ulong key, ulong group, uint* words)
    {
        for (int lane = 0; lane < Counters; lane++)
        {
            ulong counter = (group * Counters) + (uint)lane;
            (words[lane], words[lane + Counters], words[lane + (2 * Counters)], words[lane + (3 * Counters)]) =
                Block(key, (uint)counter, (uint)(counter >> 32), 0, 0);
        }
    }

    /// <summary>One counter's four words.</summary>
    public static (uint, uint, uint, uint) Block(ulong key, uint x0, uint x1, uint x2, uint x3)
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
}
