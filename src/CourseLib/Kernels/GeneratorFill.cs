namespace CourseLib.Kernels;

public sealed unsafe partial class Generator
{
    /// <summary>Uniform in [low, high).</summary>
    /// <exception cref="ArgumentException">The ends are not finite or not in order.</exception>
    public void Uniform(Span<float> values, float low = 0, float high = 1)
    {
        float range = high - low;
        if (!(range >= 0) || !float.IsFinite(range))
        {
            throw new ArgumentException(FormattableString.Invariant($"Generator.Uniform: [{low}, {high}) is not a finite range."), nameof(high));
        }
        float last = range > 0 ? MathF.BitDecrement(high) : low; // low + range * u may round up to high
        for (int i = 0; i < values.Length; i++)
        {
            float scaled = range * NextSingle();
            values[i] = MathF.Min(low + scaled, last);
        }
    }

    /// <summary>Normal with a mean and a standard deviation (Box and Muller 1958).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or NaN.</exception>
    public void Normal(Span<float> values, float mean = 0, float std = 1)
    {
        if (!(std >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(std), std, "Generator.Normal: the standard deviation must not be negative.");
        }
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = mean + (std * Gaussian(position));
            position++;
        }
    }

    private float Gaussian(ulong at)
    {
        uint* words = stackalloc uint[Philox.GroupLength];
        Philox.Group(key, at / Philox.GroupLength, words);
        int index = (int)(at % Philox.GroupLength);
        bool sine = (index & Philox.Counters) != 0;
        double u = (words[index & ~Philox.Counters] + 0.5) / 4294967296.0;
        double angle = 2 * Math.PI * words[index | Philox.Counters] / 4294967296.0;
        return (float)(Math.Sqrt(-2 * Math.Log(u)) * (sine ? Math.Sin(angle) : Math.Cos(angle)));
    }
}
