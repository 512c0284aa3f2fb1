using System.Diagnostics;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>
/// Asks everybody in turn, round by round (A B C, A B C, …), so that whatever slows the machine for a while slows them all, and makes the rows: medians
/// over the rounds, and the spread of the rounds' own ratios.
/// </summary>
/// <param name="places">Where things are.</param>
/// <param name="settings">What to do.</param>
/// <param name="done">Told of each work's rows.</param>
internal sealed class Comparison(Places places, Settings settings, Action<IReadOnlyList<Row>> done)
{
    private const double FarBehind = 1.5;

    // Where time is limited, a work that somebody needs long for has fewer rounds instead of leaving none to those after it.
    private const double MostShares = 4;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private TimeSpan until; // when the pass over one number of threads begins no other work
    private readonly List<Row> rows = [];

    /// <summary>What was asked.</summary>
    public Settings Settings => settings;

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<Row> Rows => rows;

    /// <summary>The machine's limits, seen in this run.</summary>
    public Limits Limits { get; } = new();

    /// <summary>What each contender said of itself, or why it is missing.</summary>
    public SortedDictionary<string, string> Versions { get; } = [];

    /// <summary>Whether somebody computed something else than the others.</summary>
    public bool Disagreed { get; private set; }

    /// <summary>Makes all the rows.</summary>
    /// <exception cref="InvalidOperationException">Our own contender does not start.</exception>
    public async Task RunAsync()
    {
        for (int pass = 0; pass < settings.Threads.Count; pass++)
        {
            int threads = settings.Threads[pass], left = settings.Works.Count;
            until = settings.Limit is { } limit ? limit * (pass + 1) / settings.Threads.Count : TimeSpan.MaxValue;
            using Lineup lineup = await Lineup.StartAsync(places, settings, threads);
            foreach (Child child in lineup.Others.Prepend(lineup.Ours))
            {
                Versions[child.Peer.Name] = child.Missing is { } reason ? $"missing: {reason}" : child.Version;
            }

            if (lineup.Ours.Missing is { } fault)
            {
                throw new InvalidOperationException($"compare: our own process does not start: {fault}");
            }

            foreach (Work work in settings.Works)
            {
                IReadOnlyList<Row> some = [.. (await CompareAsync(work, threads, [.. lineup.For(work)], left--)).Select(row => row with { Level = settings.Level })];
                rows.AddRange(some);
                done(some);
            }
        }
    }

    private async Task<IReadOnlyList<Row>> CompareAsync(Work work, int threads, (Child Child, string Variant)[] entrants, int left)
    {
        if ((settings.IsQuick && work.IsLong) || clock.Elapsed > until)
        {
            string reason = settings.IsQuick && work.IsLong ? "left out by --quick: one call takes too long" : "not reached in time";
            return [.. entrants.Skip(1).Select(entrant => Missing(work, threads, entrant, reason))];
        }

        TimeSpan latest = settings.Limit is null ? TimeSpan.MaxValue : clock.Elapsed + ((until - clock.Elapsed) * MostShares / left);
        string?[] reasons = await CheckAsync(work, entrants);
        List<double>[] times = [.. entrants.Select(_ => new List<double>())], fastest = [.. entrants.Select(_ => new List<double>())];
        List<Slice[]> slices = [];
        int timesOfSlice = Slice.Times(threads, work.Flops);
        bool isSliced = work.Group != "limit" && timesOfSlice > 1;
        double seconds = SecondsPerAnswer(left, entrants.Length + (isSliced ? timesOfSlice : 0));
        for (int round = 0; round < settings.Rounds && (round == 0 || clock.Elapsed < latest); round++)
        {
            for (int i = 0; i < entrants.Length; i++)
            {
                if (reasons[i] is null && !(settings.IsQuick && IsFarBehind(times, i)))
                {
                    Answer answer = await entrants[i].Child.AskAsync(new(Request.Run, work.Name, entrants[i].Variant, seconds, work.Calls));
                    if (answer.Kind == Answer.Times)
                    {
                        times[i].Add(Median.Of(answer.Numbers));
                        fastest[i].Add(Median.LowestTenth(answer.Numbers));
                    }
                    else
                    {
                        reasons[i] = answer.Text;
                    }

                    // Whoever was asked may leave threads spinning for a moment.
                    await Task.Delay(threads > 1 ? 10 : 1);
                }
            }

            if (isSliced && reasons[0] is null)
            {
                Answer answer = await entrants[0].Child.AskAsync(new(Request.Beside, work.Name, Request.Plain, seconds * timesOfSlice, work.Calls));
                reasons[0] = answer.Kind == Answer.Times ? null : answer.Text;
                slices.Add(Slice.From(answer));
                await Task.Delay(threads > 1 ? 10 : 1);
            }
        }

        return Row.KeepGoalsThatCount(RowsOf(work, threads, entrants, times, fastest, slices, reasons));
    }

    // A quick comparison looks for the fastest peer: another one, or another setting of it, keeps the time of its first round.
    private static bool IsFarBehind(List<double>[] times, int entrant) =>
        entrant > 0 && times[entrant].Count > 0 && times[entrant][0] > FarBehind * times.Skip(1).Where(list => list.Count > 0).Min(list => list[0]);

    private List<Row> RowsOf(Work work, int threads, (Child Child, string Variant)[] entrants, List<double>[] times, List<double>[] fastest, List<Slice[]> slices, string?[] reasons)
    {
        List<double> ours = times[0];
        List<Row> result = [];
        if (work.Group == "limit")
        {
            if (reasons[0] is null)
            {
                Limits.Add(work, threads, ours);
            }

            return result;
        }

        for (int i = 1; i < entrants.Length; i++)
        {
            (Child child, string variant) = entrants[i];
            result.Add(reasons[0] is { } fault ? Missing(work, threads, entrants[i], $"ours: {fault}")
                : reasons[i] is { } reason ? Missing(work, threads, entrants[i], reason) with { OursUs = Median.Of(ours) }
                : WithGoal(Row.Of(work.Name, threads, child.Peer.Label(variant), ours, times[i]) with { BestRatio = fastest[i].Min() / fastest[0].Take(fastest[i].Count).Min() }));
        }

        if (reasons[0] is null)
        {
            result.AddRange(Limits.Rows(work, threads, ours).Select(row => WithGoal(row with { BestRatio = row.PeerUs / fastest[0].Min() })));
            if (slices.Count > 0)
            {
                result.AddRange(Slice.Rows(work.Name, threads, slices).Select(WithGoal));
                Slice best = Slice.BestOf([.. slices.SelectMany(round => round)]);
                if (best.Limit > 0)
                {
                    Limits.AddArithmetic(threads, work.Flops, best.Limit);
                    Limits.AddArithmetic(1, work.Flops, best.LimitOfOne);
                }
            }
        }

        return result;
    }

    // Everybody's result against ours, so that nobody's time is that of another computation.
    private async Task<string?[]> CheckAsync(Work work, (Child Child, string Variant)[] entrants)
    {
        string?[] reasons = new string?[entrants.Length];
        Digest? ours = null;
        for (int i = 0; i < entrants.Length; i++)
        {
            Answer answer = await entrants[i].Child.AskAsync(new(Request.Check, work.Name, entrants[i].Variant));
            if (answer.Kind != Answer.Digest)
            {
                reasons[i] = answer.Text;
            }
            else if (i == 0)
            {
                ours = Digest.From(answer);
            }
            else if (ours is { } expected && !expected.Agrees(Digest.From(answer)))
            {
                Disagreed = true;
                reasons[i] = FormattableString.Invariant($"computes something else than ours: {Digest.From(answer)}, ours {expected}");
            }
        }

        return reasons;
    }

    private Row WithGoal(Row row) => row with { Goal = Goals.Of(row.Work, row.Threads, row.Peer, settings.IsNarrow) };

    private Row Missing(Work work, int threads, (Child Child, string Variant) entrant, string reason) =>
        WithGoal(new(work.Name, threads, entrant.Child.Peer.Label(entrant.Variant)) { Missing = reason });

    // What is left of the time is spent evenly; half of it goes into operands, checks and warming up, of short looks more.
    private double SecondsPerAnswer(int left, int entrants) => settings.Limit is not null
        ? Math.Clamp((until - clock.Elapsed).TotalSeconds / (settings.IsQuick ? 3 : 2) / left / entrants / settings.Rounds, 0.001, settings.Seconds)
        : settings.Seconds;
}
