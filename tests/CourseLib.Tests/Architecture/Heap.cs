namespace CourseLib.Tests.Architecture;

/// <summary>What work takes from the garbage-collected heap on its thread.</summary>
internal static class Heap
{
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
