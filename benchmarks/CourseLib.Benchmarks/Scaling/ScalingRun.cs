using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Running;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>Asks this library, in a process for each number of threads, for every point of the charts.</summary>
internal static class ScalingRun
{
    /// <summary>Measures everything that the charts need.</summary>
    /// <param name="rounds">How often each point is asked for, one after the other.</param>
    /// <param name="seconds">How long each answer takes samples.</param>
    /// <param name="done">Told how far it is.</param>
    public static async Task<Measurements> MeasureAsync(int rounds, double seconds, Action<string> done)
    {
        Dictionary<(string Work, int Threads), double> best = [];
        Dictionary<(string Work, int Threads), Slice> slices = [];
        foreach (int threads in Enumerable.Range(1, Environment.ProcessorCount))
        {
            string[] works = [.. Sweeps.Works(threads)];
            using Child child = await Child.StartAsync(Peers.Ours, CleanEnvironment.For(threads, narrow: false, coreType: null));
            for (int round = 0; round < rounds; round++)
            {
                foreach (string work in works)
                {
                    Work asked = WorkCatalog.Find(work);
                    int times = threads > 1 ? Slice.Times(threads, asked.Flops) : 1;
                    Answer answer = await child.AskAsync(new(threads > 1 ? Request.Beside : Request.Run, work, Request.Plain, seconds * times, asked.Calls));
                    if (answer.Kind == Answer.Times && threads > 1)
                    {
                        Slice seen = Slice.BestOf(Slice.From(answer));
                        slices[(work, threads)] = slices.TryGetValue((work, threads), out Slice before) ? Slice.BestOf([before, seen]) : seen;
                    }
                    else if (answer.Kind == Answer.Times)
                    {
                        best[(work, threads)] = Math.Min(Median.Of(answer.Numbers), best.GetValueOrDefault((work, threads), double.PositiveInfinity));
                    }
                    else if (!work.StartsWith("limit/", StringComparison.Ordinal))
                    {
                        throw new InvalidOperationException($"scaling: {work} with {threads} thread(s): {answer.Text}"); // a limit may lack its registers
                    }
                }

                done(FormattableString.Invariant($"{threads} thread(s), round {round + 1} of {rounds}: {works.Length} works"));
            }
        }

        return new(best, slices);
    }
}
