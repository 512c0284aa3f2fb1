using CourseLib.Kernels;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Kernels;

[Collection(nameof(ProcessState))]
public class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryChunkRunsOnce(int threads) => WithThreads(threads, () =>
    {
        for (int round = 0; round < 2000; round++)
        {
            int[] counts = new int[round % 40];
            Workers.For(counts.Length, new Count(counts));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    });

    [Fact]
    public void NestedCallsRunWhereTheyAre() => WithThreads(3, () =>
    {
        int[] counts = new int[100];
        Workers.For(10, new Nested(counts));
        Assert.All(counts, count => Assert.Equal(1, count));
    });

    /// <summary>The caller's chunks are the first, whatever the helper's share: what it wrote in one job it reads in the next.</summary>
    [Fact]
    public void TheCallerTakesFromTheFrontAndTheHelperFromTheBack() => WithThreads(2, () =>
    {
        for (int round = 0; round < 200; round++)
        {
            int[] threads = new int[16];
            Workers.For(threads.Length, new WhoRuns(threads));
            int caller = threads.TakeWhile(thread => thread == Environment.CurrentManagedThreadId).Count();
            Assert.DoesNotContain(Environment.CurrentManagedThreadId, threads[caller..]);
            Assert.DoesNotContain(0, threads);
        }
    });

    [Fact]
    public void CallsFromSeveralThreadsDoNotDisturbEachOther() => WithThreads(2, () =>
    {
        int[][] counts = [new int[300], new int[300], new int[300]];
        Thread[] threads = [.. counts.Select(c => new Thread(() =>
        {
            for (int round = 0; round < 300; round++)
            {
                Workers.For(c.Length, new Count(c));
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.All(counts, c => Assert.All(c, count => Assert.Equal(300, count)));
    });

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnExceptionReachesTheCallerAndTheNextJobRuns(int threads) => WithThreads(threads, () =>
    {
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => Workers.For(50, new Fail()));
        Assert.Equal("chunk 7", thrown.Message);
        int[] counts = new int[20];
        Workers.For(20, new Count(counts));
        Assert.All(counts, count => Assert.Equal(1, count));
    });

    [Fact]
    public void WakesUpAfterSleeping() => WithThreads(2, () =>
    {
        int[] counts = new int[64];
        for (int round = 0; round < 5; round++)
        {
            Thread.Sleep(20); // longer than helpers spin
            Workers.For(64, new Count(counts));
        }
        Assert.All(counts, count => Assert.Equal(5, count));
    });

    [Fact]
    public void AllocatesNothingInSteadyState() => WithThreads(2, () =>
    {
        int[] counts = new int[64];
        Workers.For(64, new Count(counts));
        Assert.Equal(0, Heap.TakenBy(() =>
        {
            for (int round = 0; round < 100; round++)
            {
                Workers.For(64, new Count(counts));
            }
        }));
    });

    [Fact]
    public void CountBelowOneIsAnError() => Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Count = 0);

    [Fact]
    public void NegativeChunksAreAnError() => Assert.Throws<ArgumentOutOfRangeException>(() => Workers.For(-1, new Fail()));

    internal static void WithThreads(int threads, Action action)
    {
        int before = Workers.Count;
        Workers.Count = threads;
        try
        {
            action();
        }
        finally
        {
            Workers.Count = before;
        }
    }

    private readonly struct Count(int[] counts) : IWork
    {
        public void Run(int chunk) => Interlocked.Increment(ref counts[chunk]);
    }

    private readonly struct WhoRuns(int[] threads) : IWork
    {
        public void Run(int chunk) => threads[chunk] = Environment.CurrentManagedThreadId;
    }

    private readonly struct Nested(int[] counts) : IWork
    {
        public void Run(int chunk) => Workers.For(10, new Inner(counts, chunk * 10));
    }

    private readonly struct Inner(int[] counts, int offset) : IWork
    {
        public void Run(int chunk) => Interlocked.Increment(ref counts[offset + chunk]);
    }

    private readonly struct Fail : IWork
    {
        public void Run(int chunk)
        {
            if (chunk == 7)
            {
                throw new InvalidOperationException("chunk 7");
            }
        }
    }
}
