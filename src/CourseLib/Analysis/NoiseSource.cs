using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// The randomness of one simulated run, in double precision: a run that has its own source gives the same numbers whatever runs beside it.
/// </summary>
/// <remarks>Normal numbers come from <see cref="Generator"/> and carry the resolution of a float, which is enough for noise: sums and products with them are double.</remarks>
public sealed class NoiseSource
{
    private readonly Generator generator;
    private readonly float[] normals = new float[256];
    private int used;
    private int[] deck = [];

    /// <summary>The stream of a seed.</summary>
    public NoiseSource(ulong seed)
        : this(new Generator(seed))
    {
    }

    internal NoiseSource(Generator generator)
    {
        this.generator = generator;
        used = normals.Length;
    }

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public double Normal()
    {
        if (used == normals.Length)
        {
            generator.Normal(normals);
            used = 0;
        }

        return normals[used++];
    }

    /// <summary>Uniform in 0 … <paramref name="exclusiveMax"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is less than 1.</exception>
    public int Index(int exclusiveMax) => generator.NextInt(exclusiveMax);

    /// <summary>Different indices out of 0 … <paramref name="count"/> - 1, each set equally likely. The span is valid until the next call.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More are wanted than there are.</exception>
    public ReadOnlySpan<int> Choose(int wanted, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wanted, count);
        if (deck.Length != count)
        {
            deck = [.. Enumerable.Range(0, count)];
        }

        // The first steps of Fisher and Yates' shuffle; any order of the deck is as good a start as any other.
        for (int i = 0; i < wanted; i++)
        {
            int j = i + generator.NextInt(count - i);
            (deck[i], deck[j]) = (deck[j], deck[i]);
        }

        return deck.AsSpan(0, wanted);
    }
}
