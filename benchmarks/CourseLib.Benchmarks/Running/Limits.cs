using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>What the machine was seen to do, by number of threads: operations and bytes per microsecond.</summary>
internal sealed class Limits
{
    private readonly SortedDictionary<(int Threads, string Name), (double Rate, bool IsArithmetic)> rates = [];

    /// <summary>The lines of a table: threads, what, and GFLOP/s or GB/s.</summary>
    public IEnumerable<(int Threads, string Name, double Rate, string Unit)> Lines => rates.Select(entry => (entry.Key.Threads, entry.Key.Name, entry.Value.Rate / 1000, entry.Value.IsArithmetic ? "GFLOP/s" : "GB/s"));

    /// <summary>Notes a limit: the best round, because a limit that was disturbed is none.</summary>
    public void Add(Work work, int threads, IEnumerable<double> rounds)
    {
        bool isArithmetic = work.Flops > 0;
        rates[(threads, work.Name["limit/".Length..])] = ((isArithmetic ? work.Flops : work.Bytes) / rounds.Min(), isArithmetic);
    }

    /// <summary>Notes that multiply-adds went faster beside a work than they were seen to before.</summary>
    /// <param name="threads">On how many threads.</param>
    /// <param name="flops">How many operations.</param>
    /// <param name="microseconds">In how long.</param>
    public void AddArithmetic(int threads, double flops, double microseconds)
    {
        // The widest registers are those of the highest rate.
        if (rates.Where(entry => entry.Key.Threads == threads && entry.Value.IsArithmetic).OrderByDescending(entry => entry.Value.Rate).Select(entry => entry.Key.Name).FirstOrDefault() is { } widest)
        {
            rates[(threads, widest)] = (Math.Max(rates[(threads, widest)].Rate, flops / microseconds), true);
        }
    }

    /// <summary>A work beside the machine: how long its bytes at the speed of a copy would have taken. The ratio is the part of the limit that was reached.</summary>
    public IEnumerable<Row> Rows(Work work, int threads, IReadOnlyList<double> ours)
    {
        double copy = rates.GetValueOrDefault((threads, "copy")).Rate;
        if (work.Bytes > 0 && copy > 0)
        {
            yield return Row.Of(work.Name, threads, Goals.Bandwidth, ours, [.. ours.Select(_ => work.Bytes / copy)]);
            string same = LimitWorks.CopyOf(work.Bytes);
            if (same != "copy" && rates.TryGetValue((threads, same), out (double Rate, bool) cached))
            {
                yield return Row.Of(work.Name, threads, Goals.CacheBandwidth, ours, [.. ours.Select(_ => work.Bytes / cached.Rate)]);
            }
        }
    }
}
