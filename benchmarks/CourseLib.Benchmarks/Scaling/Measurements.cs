using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>What was measured: the shortest of the rounds' medians for each work and number of threads. A curve is to show what a work costs, not who else used the machine.</summary>
/// <param name="microseconds">The times.</param>
internal sealed class Measurements(IReadOnlyDictionary<(string Work, int Threads), double> microseconds)
{
    /// <summary>Microseconds per call.</summary>
    public double Time(string work, int threads = 1) => microseconds[(work, threads)];

    /// <summary>Gigaflops of the widest multiply-adds that use nothing but registers.</summary>
    public double Peak(int threads = 1) => LimitWorks.All.Where(limit => limit.Flops > 0 && microseconds.ContainsKey((limit.Name, threads))).Max(limit => limit.Flops / Time(limit.Name, threads)) / 1e3;

    /// <summary>Gigabytes per second of a copy; the work is one of <see cref="LimitWorks"/>.</summary>
    public double Copy(string limit, int threads = 1) => WorkCatalog.Find(limit).Bytes / Time(limit, threads) / 1e3;
}
