using System.Diagnostics;
using System.Runtime;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>How many times as long one piece of work takes as another, measured so that a busy machine disturbs both alike.</summary>
/// <remarks>
/// The two take turns, and each round gives one ratio of their fastest calls: what slows the machine down for a while slows down both. The median forgets the rounds
/// in which one of them was interrupted; the quartiles say how much the rounds agree. Ratios are for charts: a verdict that rests on time is none.
/// </remarks>
/// <param name="Median">The middle ratio of all rounds.</param>
/// <param name="Lower">A quarter of the rounds gave less.</param>
/// <param name="Upper">A quarter of the rounds gave more.</param>
public sealed record SpeedRatio(double Median, double Lower, double Upper)
{
    private const int CallsPerTurn = 10;
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150), LongestWarmUp = TimeSpan.FromSeconds(1);

    /// <summary>Measures time of <paramref name="work"/> / time of <paramref name="reference"/>. Both run in a <see cref="Tape"/> of their own.</summary>
    /// <param name="work">What is measured.</param>
    /// <param name="reference">What takes the time 1.</param>
    /// <param name="rounds">How many ratios are taken, after a few rounds that do not count.</param>
    /// <param name="threads">How many threads the library may use meanwhile. One by default: where helpers have to wait for a processor, their waiting is measured.</param>
    /// <param name="gradients">Whether the library records what it would need for gradients, as it must for work that goes backward as well.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not one round, or not one thread.</exception>
    public static SpeedRatio Measure(Action work, Action reference, int rounds = 41, int threads = 1, bool gradients = false)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(reference);
        WarmUp(work, reference, gradients);
        return Measure(work, reference, rounds, threads, gradients, Stopwatch.GetTimestamp);
    }

    internal static SpeedRatio Measure(Action work, Action reference, int rounds, int threads, bool gradients, Func<long> clock)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        int before = Workers.Count;
        Workers.Count = threads;
        try
        {
            const int WarmUp = 3;
            double[] ratios = [.. Enumerable.Range(0, WarmUp + rounds).Select(round => Ratio(work, reference, gradients, clock, round % 2 == 0)).Skip(WarmUp).Order()];
            return new SpeedRatio(ratios[rounds / 2], ratios[rounds / 4], ratios[rounds - 1 - (rounds / 4)]);
        }
        finally
        {
            Workers.Count = before;
        }
    }

    // The runtime compiles a method again when it has been called often, and on the way there it may run slowly for a while, the one before the other. So both
    // run until nothing has been compiled for longer than the runtime waits with it.
    private static void WarmUp(Action work, Action reference, bool gradients)
    {
        long start = Stopwatch.GetTimestamp(), quietSince = start, compiled = JitInfo.GetCompiledMethodCount();
        while (Stopwatch.GetElapsedTime(quietSince) < Quiet && Stopwatch.GetElapsedTime(start) < LongestWarmUp)
        {
            Ratio(work, reference, gradients, Stopwatch.GetTimestamp, workFirst: true);
            if (JitInfo.GetCompiledMethodCount() is long now && now != compiled)
            {
                (compiled, quietSince) = (now, Stopwatch.GetTimestamp());
            }
        }
    }

    // Who goes first changes from round to round, so that neither always finds the other's data in the cache.
    private static double Ratio(Action work, Action reference, bool gradients, Func<long> clock, bool workFirst)
    {
        double first = Turn(workFirst ? work : reference, gradients, clock), second = Turn(workFirst ? reference : work, gradients, clock);
        return workFirst ? first / second : second / first;
    }

    // The fastest call of a turn: one that no other program interrupted, however long a call is.
    private static double Turn(Action action, bool gradients, Func<long> clock)
    {
        using Tape tape = new();
        using IDisposable? noGrad = gradients ? null : new NoGrad();
        long fastest = long.MaxValue;
        for (int call = 0; call < CallsPerTurn; call++)
        {
            long start = clock();
            action();
            fastest = Math.Min(fastest, clock() - start);
        }

        // A clock that did not move would give a ratio of nothing.
        return Math.Max(1, fastest);
    }
}
