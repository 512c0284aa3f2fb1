using CourseLib.Benchmarks.Comparing;

namespace CourseLib.Benchmarks.Works;

/// <summary>
/// The numbers that works are done on: a hash of seed and place, because a peer in another language has to make the same ones (peers/torch_peer.py and
/// peers/ort_peer.js hold the same few lines).
/// </summary>
internal static class Numbers
{
    /// <summary>The seed of the vector that a <see cref="Digest"/> projects on.</summary>
    public const int ProjectionSeed = 7;

    /// <summary>Uniform in [-1, 1), a multiple of 2^-23, then scaled and shifted.</summary>
    public static void Fill(Span<float> target, int seed, float scale = 1, float shift = 0)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (((Bits(i, seed) * (1f / (1 << 23))) - 1) * scale) + shift;
        }
    }

    /// <summary>Class indices from 0 on, as floats.</summary>
    public static void FillClasses(Span<float> target, int classes, int seed)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = (Bits(i, seed) * (ulong)classes) >> 24;
        }
    }

    /// <summary>The digest of a result.</summary>
    public static Digest DigestOf(ReadOnlySpan<float> values)
    {
        float[] vector = new float[values.Length];
        Fill(vector, ProjectionSeed);
        return Digest.Of(values, vector);
    }

    // 24 random bits: two multiplications with odd constants, the high bits folded into the low ones between them.
    private static uint Bits(int place, int seed)
    {
        uint h = ((uint)place * 0x9E3779B1u) + ((uint)seed * 0x85EBCA77u) + 1;
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return (h ^ (h >> 15)) >> 8;
    }
}
