namespace CourseLib.Kernels;

public sealed unsafe partial class Generator
{
    /// <summary>Uniform in [low, high): low + (high - low) u with u a multiple of 2^-24.</summary>
    /// <exception cref="ArgumentException">The ends are not finite or not in order.</exception>
    public void Uniform(Span<float> values, float low = 0, float high = 1)
    {
        float range = high - low;
        if (!(range >= 0) || !float.IsFinite(range))
        {
            throw new ArgumentException(FormattableString.Invariant($"Generator.Uniform: [{low}, {high}) is not a finite range."), nameof(high));
        }
        float last = range > 0 ? MathF.BitDecrement(high) : low; // the sum may round up to high
        Fill(values, new UniformNumbers(low, range, last));
    }

    /// <summary>Normal with a mean and a standard deviation (Box and Muller 1958); single numbers reach out to 6.7 standard deviations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or NaN.</exception>
    public void Normal(Span<float> values, float mean = 0, float std = 1)
    {
        if (!(std >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(std), std, "Generator.Normal: the standard deviation must not be negative.");
        }
        Fill(values, new NormalNumbers(mean, std));
    }

    private void Fill<TNumbers>(Span<float> values, TNumbers numbers) where TNumbers : struct, INumbers
    {
        fixed (float* p = values)
        {
            RandomFill<TNumbers> fill = new(key, position, p, values.Length, numbers);
            Workers.For(fill.Chunks, fill);
        }
        position += (ulong)values.Length;
    }
}
