namespace CourseLib.Kernels;

/// <summary>
/// Seeded random numbers. Counter-based: number i of a stream is a function of the seed and i alone (Philox4x32-10; Salmon et al.,
/// "Parallel random numbers: as easy as 1, 2, 3", 2011), so a span can be filled by any number of threads and registers at once, and
/// filling it in pieces gives the same numbers as filling it whole.
/// </summary>
/// <remarks>
/// Same seed, same numbers: integers and uniform numbers on every processor, to the last bit; normal numbers, which go through a
/// logarithm, for one SIMD level at any number of threads. Each element of a fill takes one number of the stream. Not safe for use by
/// several threads at once: give each its own by <see cref="Fork"/>.
/// </remarks>
public sealed unsafe partial class Generator
{
    private ulong key;
    private readonly uint[] buffer = new uint[Philox.GroupLength]; // the group that `position` points into
    private ulong position; // in numbers of 32 bits
    private ulong bufferStart = ulong.MaxValue;

    /// <summary>Starts the stream of a seed at its beginning. Neighbouring seeds give unrelated streams.</summary>
    public Generator(ulong seed) => key = seed;

    /// <summary>The generator that is used where none is given. Its seed is fixed until <see cref="ManualSeed"/> sets another, so a program repeats itself.</summary>
    public static Generator Default { get; private set; } = new(0);

    /// <summary>Restarts <see cref="Default"/> with a seed: whatever is given no generator of its own - weights, the order of the examples, dropout, noise, toy data - repeats itself from here.</summary>
    public static void ManualSeed(ulong seed) => Default = new(seed);

    /// <summary>Where the stream is: to read it off, and to go on from there later, with this generator or another.</summary>
    public GeneratorState State
    {
        get => new(key, position);
        set => (key, position, bufferStart) = (value.Seed, value.Position, ulong.MaxValue);
    }

    /// <summary>A generator of its own for some part of the work: its seed is drawn from this stream.</summary>
    public Generator Fork() => new(((ulong)NextWord() << 32) | NextWord());

    /// <summary>The next 32 random bits.</summary>
    public uint NextWord()
    {
        // Read once: two threads that share a generator against the rule get numbers twice, not an index outside of the buffer.
        ulong at = position;
        ulong start = at & ~(ulong)(Philox.GroupLength - 1);
        if (start != bufferStart)
        {
            fixed (uint* words = buffer)
            {
                Philox.Group(key, start / Philox.GroupLength, words);
            }
            bufferStart = start;
        }
        position = at + 1;
        return buffer[(int)(at - start)];
    }

    /// <summary>Uniform in [0, 1), a multiple of 2^-24.</summary>
    public float NextSingle() => Philox.ToUnit(NextWord());

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public float NextNormal()
    {
        float value = 0;
        Normal(new Span<float>(ref value), 0, 1);
        return value;
    }

    /// <summary>Uniform in 0 … <paramref name="exclusiveMax"/> - 1, without bias (Lemire 2019: a multiplication, and a new draw where the ranges do not come out even).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is less than 1.</exception>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveMax, 1);
        uint range = (uint)exclusiveMax;
        ulong product = (ulong)NextWord() * range;
        if ((uint)product < range)
        {
            uint threshold = (0 - range) % range; // 2^32 mod range
            while ((uint)product < threshold)
            {
                product = (ulong)NextWord() * range;
            }
        }
        return (int)(product >> 32);
    }

    /// <summary>Puts the elements in random order (Fisher and Yates); each order is equally likely.</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>0 … <paramref name="count"/> - 1 in random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }
        Shuffle(order);
        return order;
    }
}
