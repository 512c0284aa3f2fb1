using System.Diagnostics;

namespace CourseLib.Analysis;

/// <summary>The fastest call of several pieces of work that take turns, so that a busy machine disturbs all of them alike. For charts of ratios: a verdict that rests on time is none.</summary>
public static class FastestCalls
{
    /// <summary>Seconds of the fastest call of each piece of work.</summary>
    /// <param name="rounds">How often each has its turn, after a call that does not count.</param>
    /// <param name="secondsPerTurn">A turn repeats short work for so long, and ends after one call of long work.</param>
    /// <param name="work">What is measured.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not one round.</exception>
    public static double[] Seconds(int rounds, double secondsPerTurn, params Action[] work) => Seconds(rounds, secondsPerTurn, Stopwatch.GetTimestamp, work);

    internal static double[] Seconds(int rounds, double secondsPerTurn, Func<long> clock, params Action[] work)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        ArgumentNullException.ThrowIfNull(work);
        long[] fastest = [.. work.Select(_ => long.MaxValue)];
        long turn = (long)(secondsPerTurn * Stopwatch.Frequency);
        foreach (Action action in work)
        {
            action();
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < work.Length; i++)
            {
                long begin = clock(), start = begin, end;
                do
                {
                    work[i]();
                    end = clock();
                    fastest[i] = Math.Min(fastest[i], end - start);
                    start = end;
                }
                while (end - begin < turn);
            }
        }

        // A clock that did not move would give a rate of infinity.
        return [.. fastest.Select(ticks => Math.Max(1, ticks) / (double)Stopwatch.Frequency)];
    }
}
