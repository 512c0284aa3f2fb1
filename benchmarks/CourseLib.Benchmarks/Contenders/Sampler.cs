using System.Diagnostics;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>Takes times. A sample is a group of calls long enough for the clock and short enough that most samples are not disturbed; nobody takes a mean of everything.</summary>
internal static class Sampler
{
    private const double ShortestSample = 20e-6, LongestWarmUp = 0.5, ShortestWarmUp = 0.1, WarmUpPerSampling = 5;
    private const int MostSamples = 200, LeastSamples = 3, LeastCalls = 3;

    // A call that takes so long (seconds) is not repeated for a better look at it.
    private const double Long = 0.5;

    /// <summary>A method that was called thirty times is compiled again, in the background.</summary>
    public const int CallsUntilOptimised = 40;

    private static readonly TimeSpan CompilerTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Calls until caches, pools and the just-in-time compiler have settled.</summary>
    /// <param name="call">What is timed.</param>
    /// <param name="most">How many calls at the most; fewer where they take long.</param>
    /// <param name="seconds">How long samples will be taken: a short look is worth a short warm-up.</param>
    /// <returns>Seconds per call, roughly.</returns>
    public static double WarmUp(Action call, int most, double seconds)
    {
        double longest = Math.Clamp(WarmUpPerSampling * seconds, ShortestWarmUp, LongestWarmUp);
        long start = Stopwatch.GetTimestamp();
        double fastest = double.PositiveInfinity;
        for (int i = 0; i < most && (IsFew(i, LeastCalls, start) || Stopwatch.GetElapsedTime(start).TotalSeconds < longest); i++)
        {
            if (i == CallsUntilOptimised - 1)
            {
                Thread.Sleep(CompilerTime);
            }

            long begun = Stopwatch.GetTimestamp();
            call();
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return fastest;
    }

    /// <summary>Microseconds per call of each sample.</summary>
    /// <param name="call">What is timed.</param>
    /// <param name="estimate">Seconds per call, roughly.</param>
    /// <param name="seconds">How long to go on.</param>
    /// <param name="most">How many calls at the most; 0 for any number.</param>
    public static List<double> Take(Action call, double estimate, double seconds, int most)
    {
        int group = Math.Max(1, (int)Math.Min(1e6, Math.Max(ShortestSample, seconds / MostSamples) / Math.Max(estimate, 1e-9)));
        List<double> samples = [];
        long start = Stopwatch.GetTimestamp();
        while (IsFew(samples.Count, LeastSamples, start) || (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds && (most == 0 || (samples.Count + 1) * group <= most)))
        {
            long begun = Stopwatch.GetTimestamp();
            for (int i = 0; i < group; i++)
            {
                call();
            }

            samples.Add(Stopwatch.GetElapsedTime(begun).TotalMicroseconds / group);
        }

        return samples;
    }

    private static bool IsFew(int count, int least, long start) => count < least && (count == 0 || Stopwatch.GetElapsedTime(start).TotalSeconds < Long);
}
