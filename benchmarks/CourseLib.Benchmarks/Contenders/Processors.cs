using System.Diagnostics;
using System.Runtime.InteropServices;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>
/// What the machine's processors do at this moment, by multiply-adds that touch nothing but registers. Several are asked by threads of their own, each bound to its
/// processor (on Linux): neither the library's way of handing out work nor the place where the system lets a helper run is in the answer.
/// </summary>
internal static class Processors
{
    /// <summary>Seconds for a number of chunks (<see cref="LimitWorks.DoChunk"/>) on the calling thread.</summary>
    public static double OfOne(int chunks)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < chunks; i++)
        {
            LimitWorks.DoChunk();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Seconds for as many chunks on a number of threads, from when all of them are there to when the last is done; who is faster takes more.</summary>
    public static double OfAll(int chunks, int threads)
    {
        int left = chunks, absent = threads;
        long[] begun = new long[threads], done = new long[threads];
        Thread[] all = [.. Enumerable.Range(0, threads).Select(place => new Thread(() => Work(place)))];
        Array.ForEach(all, thread => thread.Start());
        Array.ForEach(all, thread => thread.Join());
        return Stopwatch.GetElapsedTime(begun.Min(), done.Max()).TotalSeconds;

        void Work(int place)
        {
            BindTo(place);
            Interlocked.Decrement(ref absent);
            while (Volatile.Read(ref absent) > 0)
            {
                Thread.SpinWait(1);
            }

            begun[place] = Stopwatch.GetTimestamp();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                LimitWorks.DoChunk();
            }

            done[place] = Stopwatch.GetTimestamp();
        }
    }

    // A processor that this process may not use is refused, and the thread stays where it is.
    private static void BindTo(int processor)
    {
        if (OperatingSystem.IsLinux() && processor < 64)
        {
            ulong mask = 1UL << processor;
            _ = SetAffinity(0, sizeof(ulong), ref mask);
        }
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetAffinity(int thread, nint size, ref ulong mask);
}
