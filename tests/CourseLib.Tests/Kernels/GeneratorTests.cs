using CourseLib.Kernels;

namespace CourseLib.Tests.Kernels;

public class GeneratorTests
{
    private const int Many = 200_000;

    [Fact]
    public void PhiloxGivesItsPublishedWords()
    {
        // Known answers of Philox4x32-10 for a counter and key of zeros, and of ones.
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Block(0, 0, 0, 0, 0));
        Assert.Equal((0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu), Philox.Block(ulong.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue));
    }

    [Theory]
    [InlineData(0UL, 0UL)]
    [InlineData(0x123456789abcdef0UL, 77UL)]
    [InlineData(ulong.MaxValue, 0x0fffffffUL)] // the counter's lower word overflows in the next group
    [InlineData(5UL, 0x10000000UL)]
    public unsafe void AGroupIsItsBlocksInWordOrder(ulong key, ulong group)
    {
        uint* words = stackalloc uint[Philox.GroupLength];
        Philox.Group(key, group, words);
        for (int lane = 0; lane < Philox.Counters; lane++)
        {
            ulong counter = (group * Philox.Counters) + (ulong)lane;
            (uint, uint, uint, uint) expected = Philox.Block(key, (uint)counter, (uint)(counter >> 32), 0, 0);
            Assert.Equal(expected, (words[lane], words[16 + lane], words[32 + lane], words[48 + lane]));
        }
    }

    [Fact]
    public void SeedOneStartsWithTheseNumbers()
    {
        // Fixed here so that no change of the code, register width or processor changes what a seed means.
        Generator generator = new(1);
        float[] uniform = new float[3];
        generator.Uniform(uniform, -1, 1);
        Assert.Equal(ExpectedUniform, uniform);
        Assert.Equal(ExpectedInts, new[] { generator.NextInt(1000), generator.NextInt(1000), generator.NextInt(1000) });
    }

    private static readonly float[] ExpectedUniform = [0.780518293f, 0.343996525f, -0.505197167f];
    private static readonly int[] ExpectedInts = [757, 247, 160];

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void FillingInPiecesGivesTheSameNumbers(int piece)
    {
        foreach (bool normal in new[] { false, true })
        {
            float[] whole = new float[20_011], pieces = new float[20_011];
            Fill(new Generator(5), whole, normal);
            Generator generator = new(5);
            for (int start = 0; start < pieces.Length; start += piece)
            {
                Fill(generator, pieces.AsSpan(start, Math.Min(piece, pieces.Length - start)), normal);
            }
            Assert.Equal(whole, pieces);
        }

        static void Fill(Generator generator, Span<float> span, bool normal)
        {
            if (normal)
            {
                generator.Normal(span, 1, 2);
            }
            else
            {
                generator.Uniform(span, -3, 4);
            }
        }
    }

    [Fact]
    public void SingleNumbersContinueTheStream()
    {
        float[] filled = new float[200];
        new Generator(6).Uniform(filled);
        Generator single = new(6);
        Assert.All(filled, x => Assert.Equal(x, single.NextSingle()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1000)]
    public void AStateIsWhereTheStreamGoesOn(int taken)
    {
        Generator first = new(11);
        first.Uniform(new float[taken]);
        GeneratorState state = first.State;
        Assert.Equal(new GeneratorState(11, (ulong)taken), state);
        float[] expected = new float[200];
        first.Normal(expected);

        // The other is in the middle of another stream, whose words it has at hand.
        Generator second = new(12);
        second.NextWord();
        second.State = state;
        float[] actual = new float[200];
        second.Normal(actual);
        Assert.Equal(expected, actual);
        Assert.Equal(first.State, second.State);
        Assert.Equal(first.NextWord(), second.NextWord());
    }

    [Fact]
    public void UniformMomentsAndDistribution()
    {
        float[] x = new float[Many];
        new Generator(7).Uniform(x);
        Assert.All(x, value => Assert.InRange(value, 0, 0.99999994f));
        Assert.Equal(0.5, x.Average(), 4 / Math.Sqrt(12.0 * Many));
        Assert.True(KolmogorovSmirnov(x, p => p) < 1.95); // exceeded once in a thousand seeds
        Assert.True(ChiSquare(x.Select(value => (int)(value * 100)), 100) < 149); // 99 degrees of freedom, once in a thousand
        Assert.True(Math.Abs(Correlation(x, 1)) < 4 / Math.Sqrt(Many));
        Assert.True(Math.Abs(Correlation(x, 16)) < 4 / Math.Sqrt(Many));
    }

    [Fact]
    public void UniformNeverReachesItsUpperEnd()
    {
        float[] x = new float[Many];
        float high = MathF.BitIncrement(1);
        new Generator(8).Uniform(x, 1, high);
        Assert.All(x, value => Assert.Equal(1, value));
        new Generator(8).Uniform(x, 2, 2);
        Assert.All(x, value => Assert.Equal(2, value));
    }

    [Fact]
    public void NormalMomentsAndDistribution()
    {
        float[] x = new float[Many];
        new Generator(9).Normal(x);
        Assert.Equal(0, x.Average(), 4 / Math.Sqrt(Many));
        Assert.Equal(1, x.Average(v => (double)v * v), 4 * Math.Sqrt(2.0 / Many));
        Assert.Equal(0, x.Average(v => (double)v * v * v), 4 * Math.Sqrt(15.0 / Many));
        Assert.Equal(3, x.Average(v => (double)v * v * v * v), 4 * Math.Sqrt(96.0 / Many));
        Assert.True(KolmogorovSmirnov(x, z => MathNet.Numerics.Distributions.Normal.CDF(0, 1, z)) < 1.95);
        Assert.True(Math.Abs(Correlation(x, 16)) < 4 / Math.Sqrt(Many)); // the two halves of Box and Muller's pairs

        new Generator(9).Normal(x, 5, 0.5f);
        Assert.Equal(5, x.Average(), 2 / Math.Sqrt(Many));
        Assert.Equal(new Generator(9).NextNormal(), (x[0] - 5) / 0.5f, 1e-5f);
    }

    [Fact]
    public void IntegersAreUnbiased()
    {
        Generator generator = new(10);
        foreach (int range in new[] { 1, 2, 7, 10, 97 })
        {
            double limit = range == 1 ? 1e-9 : range - 1 + (3.5 * Math.Sqrt(2.0 * range)) + 8;
            Assert.True(ChiSquare(Enumerable.Range(0, Many).Select(_ => generator.NextInt(range)), range) < limit, $"range {range}");
        }
        // With 3 * 2^29 a plain remainder, or a multiplication without a new draw, would prefer some numbers two to one.
        const int Third = 1 << 29;
        Assert.True(ChiSquare(Enumerable.Range(0, Many).Select(_ => generator.NextInt(3 * Third) / Third), 3) < 13.8);
        Assert.True(ChiSquare(Enumerable.Range(0, Many).Select(_ => generator.NextInt(3 * Third) % 3), 3) < 13.8);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.NextInt(0));
    }

    [Fact]
    public void AllOrdersAreEquallyLikely()
    {
        Generator generator = new(11);
        int[] counts = new int[24];
        for (int round = 0; round < 24_000; round++)
        {
            int[] p = generator.Permutation(4);
            Assert.Equal(6, p.Sum());
            int rank = (p[0] * 6) + (p.Skip(1).Count(v => v < p[1]) * 2) + (p[3] < p[2] ? 1 : 0);
            counts[rank]++;
        }
        Assert.True(counts.Sum(c => (c - 1000.0) * (c - 1000.0) / 1000) < 49.7); // 23 degrees of freedom, once in a thousand
    }

    [Fact]
    public void ForksAndSeedsGoTheirOwnWays()
    {
        Generator parent = new(12);
        float[] a = new float[Many], b = new float[Many], c = new float[Many];
        parent.Fork().Normal(a);
        parent.Fork().Normal(b);
        new Generator(13).Normal(c);
        Assert.True(Math.Abs(a.Zip(b, (x, y) => x * y).Average()) < 4 / Math.Sqrt(Many));
        Assert.True(Math.Abs(a.Zip(c, (x, y) => x * y).Average()) < 4 / Math.Sqrt(Many));
        Assert.Equal(new Generator(12).Fork().NextWord(), new Generator(12).Fork().NextWord());
    }

    [Fact]
    public void ErrorsNameTheArgument()
    {
        Generator generator = new(1);
        Assert.Contains("[1, 0)", Assert.Throws<ArgumentException>(() => generator.Uniform(new float[1], 1, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => generator.Uniform(new float[1], 0, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Normal(new float[1], 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Permutation(-1));
    }

    private static double KolmogorovSmirnov(float[] sample, Func<double, double> distribution)
    {
        float[] sorted = [.. sample.Order()];
        double largest = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double p = distribution(sorted[i]);
            largest = Math.Max(largest, Math.Max(Math.Abs(p - ((double)i / sorted.Length)), Math.Abs(((i + 1.0) / sorted.Length) - p)));
        }
        return largest * Math.Sqrt(sorted.Length);
    }

    private static double ChiSquare(IEnumerable<int> values, int cells)
    {
        int[] counts = new int[cells];
        int total = 0;
        foreach (int value in values)
        {
            counts[value]++;
            total++;
        }
        double expected = (double)total / cells;
        return counts.Sum(c => (c - expected) * (c - expected) / expected);
    }

    private static double Correlation(float[] x, int lag)
    {
        double mean = x.Average(), covariance = 0, variance = 0;
        for (int i = 0; i < x.Length; i++)
        {
            variance += (x[i] - mean) * (x[i] - mean);
            covariance += i + lag < x.Length ? (x[i] - mean) * (x[i + lag] - mean) : 0;
        }
        return covariance / variance;
    }
}
