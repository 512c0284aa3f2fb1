using System.Diagnostics;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>
/// Asks everybody in turn (A B C), for one work after the other, and then all of it again, round by round, so that whatever slows the machine for a while slows them all, and for
/// a round. The rows are medians over the rounds, and the spread of the rounds' own ratios.
/// </summary>
/// <param name="places">Where things are.</param>
/// <param name="settings">What to do.</param>
/// <param name="progress">Told of each round.</param>
/// <param name="done">Told of each work's rows.</param>
internal sealed class Comparison(Places places, Settings settings, Action<string> progress, Action<IReadOnlyList<Row>> done)
{
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
            int threads = settings.Threads[pass];
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

            Contest[] contests = [.. settings.Works.Select(work => new Contest(work, threads, [.. lineup.For(work)], settings))];
            await AskAsync(contests, threads);
            foreach (Contest contest in contests)
            {
                IReadOnlyList<Row> some = contest.Rows(Limits);
                Disagreed |= contest.Disagreed;
                rows.AddRange(some);
                done(some);
            }
        }
    }

    // All works once, then all of them again: a bad minute is one round of many works, and not all rounds of one.
    private async Task AskAsync(Contest[] contests, int threads)
    {
        TimeSpan most = settings.Limit is null ? TimeSpan.MaxValue : (until - clock.Elapsed) * MostShares / contests.Length;
        for (int round = 0; round < settings.Rounds; round++)
        {
            progress(FormattableString.Invariant($"{threads} thread(s), round {round + 1} of {settings.Rounds}: {contests.Length} works"));
            for (int i = 0; i < contests.Length; i++)
            {
                if (clock.Elapsed > until)
                {
                    contests[i].Leave("not reached in time");
                }
                else if (contests[i].Answers > 0 && contests[i].Spent < most)
                {
                    int left = contests.Length - i + ((settings.Rounds - round - 1) * contests.Length);
                    await contests[i].AskAsync(SecondsPerAnswer(left, contests[i].Answers));
                }
            }
        }
    }

    // What is left of the time is spent evenly; half of it goes into operands, checks and warming up, of short looks more.
    private double SecondsPerAnswer(int left, int answers) => settings.Limit is not null
        ? Math.Clamp((until - clock.Elapsed).TotalSeconds / (settings.IsQuick ? 3 : 2) / left / answers, 0.001, settings.Seconds)
        : settings.Seconds;
}
