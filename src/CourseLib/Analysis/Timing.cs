using System.Diagnostics;

namespace CourseLib.Analysis;

/// <summary>How long a call takes, for charts of ratios: machines differ, and so does one machine from second to second.</summary>
public static class Timing
{
    /// <summary>Seconds per call: the median of several groups of calls, after some that warm up caches and the compiler.</summary>
    /// <param name="call">What is timed.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="callsPerGroup">Calls in a group; enough that the clock's steps do not matter.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public static double Median(Action call, int groups = 15, int callsPerGroup = 10)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(callsPerGroup, 1);
        Repeat(2 * callsPerGroup);
        double[] seconds = new double[groups];
        for (int group = 0; group < groups; group++)
        {
            long start = Stopwatch.GetTimestamp();
            Repeat(callsPerGroup);
            seconds[group] = Stopwatch.GetElapsedTime(start).TotalSeconds / callsPerGroup;
        }

        Array.Sort(seconds);
        return seconds[groups / 2];

        void Repeat(int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                call();
            }
        }
    }
}
