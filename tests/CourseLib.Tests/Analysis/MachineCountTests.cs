using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

/// <summary>What is counted in place of being timed: operations, misses, chains.</summary>
public class MachineCountTests
{
    [Fact]
    [Term("Vectorisation")]
    public unsafe void Lanes_count_what_is_done_with_them()
    {
        float[] x = [1, 4, 9];
        OperationCount count = CountedLanes.In(() =>
        {
            fixed (float* p = x)
            {
                for (int i = 0; i < 3; i++)
                {
                    CountedLanes a = CountedLanes.Load(p + i), two = CountedLanes.Broadcast(2);
                    CountedLanes.Store(CountedLanes.MultiplyAdd(a, two, -CountedLanes.Sqrt(a)) - two, p + i, 1);
                }
            }
        });
        Assert.Equal(new OperationCount(Loads: 3, Broadcasts: 3, Stores: 3, MultiplyAdds: 3, Arithmetic: 6, Others: 3), count);
        Assert.Equal((12, 24), (count.Flops, count.Bytes));
        Assert.Equal([-1f, 4, 13], x); // 2x - sqrt(x) - 2
        Assert.Equal(default, CountedLanes.In(() => { }));
    }

    [Fact]
    public void Counted_lanes_compute_what_single_lanes_compute()
    {
        foreach (float x in new[] { -3.5f, -1, 0.25f, 1, 2, 80 })
        {
            Assert.Equal(Lanes1.Sum(default(ExpOperator).Invoke(new Lanes1(x))), CountedLanes.Sum(default(ExpOperator).Invoke(new CountedLanes(x))));
            Assert.Equal(Lanes1.Sum(default(LogOperator).Invoke(new Lanes1(Math.Abs(x)))), CountedLanes.Sum(default(LogOperator).Invoke(new CountedLanes(Math.Abs(x)))));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(40)]
    public void Misses_are_those_of_a_cache_that_is_played_line_by_line(int size)
    {
        ReuseDistances distances = new(lineLength: 4);
        Generator generator = new(5);
        List<int> cache = [];
        int misses = 0;
        for (int touch = 0; touch < 5000; touch++)
        {
            int address = generator.NextInt(touch % 3 == 0 ? 1300 : 60), line = address / 4;
            distances.Touch(address);
            if (!cache.Remove(line))
            {
                misses++;
                if (cache.Count == size)
                {
                    cache.RemoveAt(size - 1);
                }
            }

            cache.Insert(0, line);
        }

        Assert.Equal(misses, distances.Misses(size));
        Assert.Equal(5000, distances.Touches);
        Assert.Equal(distances.Lines, distances.Misses(int.MaxValue));
    }

    [Fact]
    public void A_cache_without_lines_and_addresses_below_zero_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReuseDistances(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReuseDistances().Misses(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReuseDistances().Touch(-1));
    }

    [Fact]
    public void Every_number_of_chains_does_its_steps()
    {
        double lanes = MultiplyAddChains.Run(1, 1) / 2;
        float value = 0.001f;
        for (int step = 0; step < 5; step++)
        {
            value = (value * 0.999f) + 0.001f;
        }

        for (int chains = 1; chains <= MultiplyAddChains.Most; chains++)
        {
            Assert.Equal(2 * lanes * chains * 5, MultiplyAddChains.Run(chains, 5));
            Assert.Equal(lanes * ((chains * value) + ((MultiplyAddChains.Most - chains) * 0.001)), MultiplyAddChains.Result, 1e-5);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => MultiplyAddChains.Run(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiplyAddChains.Run(MultiplyAddChains.Most + 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MultiplyAddChains.Run(1, -1));
    }

    [Fact]
    public void Work_takes_turns_and_its_fastest_call_counts()
    {
        long now = 0;
        string order = "";
        int calls = 0;
        double[] seconds = FastestCalls.Seconds(2, 25.0 / System.Diagnostics.Stopwatch.Frequency, () => now,
            () => { order += "a"; now += ++calls == 3 ? 1000 : 10; }, () => { order += "b"; now += 40; });
        Assert.Equal([10.0 / System.Diagnostics.Stopwatch.Frequency, 40.0 / System.Diagnostics.Stopwatch.Frequency], seconds);
        Assert.Equal("ab" + "aab" + "aaab", order); // one call each that does not count; a turn ends after 25 ticks
        Assert.Throws<ArgumentOutOfRangeException>(() => FastestCalls.Seconds(0, 1));
    }
}
