namespace CourseLib.Tests.Architecture;

/// <summary>What work takes from the garbage-collected heap on its thread.</summary>
internal static class Heap
{
    /// <summary>Fails if each of two runs of some work, done before at least once, takes something.</summary>
    /// <remarks>Two, because now and then, once in a process, the runtime itself takes a few kilobytes on the thread; what the work itself takes, it takes in both.</remarks>
    internal static void AssertNothingTakenBy(Action work, int times = 1)
    {
        long first = TakenBy(work, times);
        Assert.True(first == 0 || TakenBy(work, times) == 0, $"{first} bytes taken by the first of two runs, and some by the second");
    }

    /// <summary>Bytes taken by work done some times, each time right after a collection: what the runtime keeps only until then, as the name of a type, counts.</summary>
    internal static long TakenBy(Action work, int times = 1)
    {
        long taken = 0;
        for (int i = 0; i < times; i++)
        {
            GC.Collect();
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            taken += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return taken;
    }
}
