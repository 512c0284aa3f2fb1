using System.Diagnostics;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>
/// Takes slices. A shared machine is another one after some tens of milliseconds, so what is to be divided by each other is taken in turns of two: the work,
/// the work on one thread, the machine's multiply-adds on one thread, and on all (<see cref="Processors"/>).
/// </summary>
internal static class Slicer
{
    private const double Turn = 2e-3;
    private const int Short = 4; // a turn of so many calls has one more before it
    private const int LeastChunks = 16;

    /// <summary>Takes slices one after the other, one at the least.</summary>
    /// <param name="call">The work of ours.</param>
    /// <param name="estimate">Seconds per call, roughly.</param>
    /// <param name="flops">Its operations; 0 where arithmetic is not what it costs.</param>
    /// <param name="seconds">How long to go on.</param>
    /// <param name="most">How many calls at the most; 0 for any number.</param>
    public static List<Slice> Take(Action call, double estimate, double flops, double seconds, int most)
    {
        int threads = Workers.Count, calls = Math.Max(1, (int)Math.Min(1e6, Turn / Math.Max(estimate, 1e-9)));
        calls = most > 0 ? Math.Clamp(calls, 1, Math.Max(1, most / Short)) : calls;
        int callsOfSlice = (threads > 1 ? 2 : 1) * (calls + (calls >= Short ? 1 : 0));

        // As many multiply-adds as the work has in its turn.
        int chunks = Math.Max(LeastChunks, (int)Math.Round(Math.Max(flops, 0) * calls / LimitWorks.FlopsOfWidestChunk));
        double share = 1e6 * flops / (chunks * LimitWorks.FlopsOfWidestChunk);
        List<Slice> slices = [];
        long start = Stopwatch.GetTimestamp();
        try
        {
            do
            {
                double ours = Time(threads), one = threads > 1 ? Time(1) : ours;
                double limitOfOne = flops > 0 ? share * Processors.OfOne(chunks) : 0, limit = flops > 0 && threads > 1 ? share * Processors.OfAll(chunks, threads) : limitOfOne;
                slices.Add(new(ours, one, limit, limitOfOne));
            }
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds && (most == 0 || (slices.Count + 1) * callsOfSlice <= most));
        }
        finally
        {
            Workers.Count = threads;
        }

        return slices;

        // Microseconds per call. Helpers fell asleep in the turn before and the data may be in another processor's cache: neither is what a call costs in a row of calls.
        double Time(int workers)
        {
            Workers.Count = workers;
            LimitWorks.WakeHelpers();
            if (calls >= Short)
            {
                call();
            }

            long begun = Stopwatch.GetTimestamp();
            for (int i = 0; i < calls; i++)
            {
                call();
            }

            // A TimeSpan counts tenths of a microsecond, the clock a hundred times as many.
            return 1e6 * (Stopwatch.GetTimestamp() - begun) / Stopwatch.Frequency / calls;
        }
    }
}
