using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>What was measured: the shortest of the rounds' medians for each work and number of threads. A curve is to show what a work costs, not who else used the machine.</summary>
/// <param name="microseconds">The times.</param>
/// <param name="slices">With several threads, each work beside itself on one and beside the machine's multiply-adds: the shortest of each.</param>
internal sealed class Measurements(IReadOnlyDictionary<(string Work, int Threads), double> microseconds, IReadOnlyDictionary<(string Work, int Threads), Slice> slices)
{
    /// <summary>Microseconds per call.</summary>
    public double Time(string work, int threads = 1) => microseconds[(work, threads)];

    /// <summary>One thread's time / that of more.</summary>
    public double Gain(string work, int threads) => slices[(work, threads)].OneThread / slices[(work, threads)].Ours;

    /// <summary>What the machine gains by as many threads: multiply-adds that touch nothing but registers, taken in turn with the works.</summary>
    public double MachineGain(int threads)
    {
        Slice best = Slice.BestOf(slices.Where(entry => entry.Key.Threads == threads).Select(entry => Rate(entry.Key.Work, entry.Value)));
        return best.LimitOfOne / best.Limit;
    }

    /// <summary>Gigaflops of the widest multiply-adds that use nothing but registers.</summary>
    public double Peak(int threads = 1) => LimitWorks.All.Where(limit => limit.Flops > 0 && microseconds.ContainsKey((limit.Name, threads))).Max(limit => limit.Flops / Time(limit.Name, threads)) / 1e3;

    /// <summary>Gigabytes per second of a copy; the work is one of <see cref="LimitWorks"/>.</summary>
    public double Copy(string limit, int threads = 1) => WorkCatalog.Find(limit).Bytes / Time(limit, threads) / 1e3;

    // Microseconds for one operation, so that works of any size tell about the same machine.
    private static Slice Rate(string work, Slice slice)
    {
        double flops = WorkCatalog.Find(work).Flops;
        return flops > 0 ? new(0, 0, slice.Limit / flops, slice.LimitOfOne / flops) : new(0, 0, double.PositiveInfinity, double.PositiveInfinity);
    }
}
