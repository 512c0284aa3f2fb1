namespace CourseLib.Data;

/// <summary>
/// The random numbers of <see cref="DigitGenerator"/>: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
/// Integer arithmetic and exact conversions only, so that a drawn digit has the same bytes on every machine; it is separate from the
/// library's generator, whose vectorised stream may be improved without redrawing the shipped files.
/// </summary>
internal struct DigitRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>An integer in [0, <paramref name="exclusiveMax"/>), by the high half of a product: no division, bias below 2^-32.</summary>
    public int NextInt(int exclusiveMax) => (int)(((NextBits() >> 32) * (ulong)exclusiveMax) >> 32);

    /// <summary>A number in [0, 1): 53 bits times 2^-53, which is exact.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Next(double low, double high) => low + (high - low) * NextUnit();

    /// <summary>
    /// A bell-shaped number with mean 0 and standard deviation 1: the sum of four uniform numbers, centred and scaled by sqrt(3).
    /// (Box-Muller needs a logarithm, whose last bit differs between machines.)
    /// </summary>
    public double NextBell() => (NextUnit() + NextUnit() + NextUnit() + NextUnit() - 2.0) * 1.7320508075688772;

    /// <summary>The generator of item <paramref name="index"/> of the set with this <paramref name="seed"/>: items do not depend on each other.</summary>
    public static DigitRandom ForItem(ulong seed, long index)
    {
        DigitRandom mixer = new(seed);
        ulong first = mixer.NextBits();
        return new DigitRandom(first ^ new DigitRandom((ulong)index).NextBits());
    }
}
