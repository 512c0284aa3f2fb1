using System.Diagnostics;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>One work, everybody who is asked for it, and their times so far.</summary>
/// <param name="work">The work.</param>
/// <param name="threads">How many threads each has.</param>
/// <param name="entrants">Who is asked, with which setting; ours first.</param>
/// <param name="settings">What to do.</param>
internal sealed class Contest(Work work, int threads, (Child Child, string Variant)[] entrants, Settings settings)
{
    private const double FarBehind = 1.5;

    private readonly List<double>[] times = [.. entrants.Select(_ => new List<double>())], fastest = [.. entrants.Select(_ => new List<double>())];
    private readonly List<Slice[]> slices = [];
    private readonly string?[] reasons = new string?[entrants.Length];
    private readonly int timesOfSlice = work.Group == "limit" ? 1 : Slice.Times(threads, work.Flops);
    private string? leftOut = settings.IsQuick && work.IsLong ? "left out by --quick: one call takes too long" : null;
    private bool isChecked;

    private bool IsSliced => timesOfSlice > 1;

    /// <summary>How many answers' time a round takes; 0 when nobody is asked.</summary>
    public int Answers => leftOut is not null ? 0 : entrants.Length + (IsSliced ? timesOfSlice : 0);

    /// <summary>How long it took so far.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>Whether somebody computed something else than ours.</summary>
    public bool Disagreed { get; private set; }

    /// <summary>Ends it. Without a single round its rows give the reason.</summary>
    public void Leave(string reason) => leftOut ??= isChecked ? null : reason;

    /// <summary>A round: everybody once, before the first one with a look at what they compute.</summary>
    /// <param name="seconds">How long each answer takes samples.</param>
    public async Task AskAsync(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        if (!isChecked)
        {
            await CheckAsync();
            isChecked = true;
        }

        for (int i = 0; i < entrants.Length; i++)
        {
            if (reasons[i] is null && !(settings.IsQuick && IsFarBehind(i)))
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

        if (IsSliced && reasons[0] is null)
        {
            Answer answer = await entrants[0].Child.AskAsync(new(Request.Beside, work.Name, Request.Plain, seconds * timesOfSlice, work.Calls));
            reasons[0] = answer.Kind == Answer.Times ? null : answer.Text;
            slices.Add(Slice.From(answer));
            await Task.Delay(threads > 1 ? 10 : 1);
        }

        Spent += Stopwatch.GetElapsedTime(start);
    }

    /// <summary>The rows of all rounds.</summary>
    /// <param name="limits">What the machine can do: a work that measures it adds to them, the others are held against them.</param>
    public IReadOnlyList<Row> Rows(Limits limits)
    {
        IReadOnlyList<Row> rows = leftOut is { } reason ? [.. entrants.Skip(1).Select(entrant => Missing(entrant, reason))] : Row.KeepGoalsThatCount(RowsOf(limits));
        return [.. rows.Select(row => row with { Level = settings.Level })];
    }

    // A quick comparison looks for the fastest peer: another one, or another setting of it, keeps the time of its first round.
    private bool IsFarBehind(int entrant) =>
        entrant > 0 && times[entrant].Count > 0 && times[entrant][0] > FarBehind * times.Skip(1).Where(list => list.Count > 0).Min(list => list[0]);

    private List<Row> RowsOf(Limits limits)
    {
        List<double> ours = times[0];
        List<Row> result = [];
        if (work.Group == "limit")
        {
            if (reasons[0] is null)
            {
                limits.Add(work, threads, ours);
            }

            return result;
        }

        for (int i = 1; i < entrants.Length; i++)
        {
            (Child child, string variant) = entrants[i];
            result.Add(reasons[0] is { } fault ? Missing(entrants[i], $"ours: {fault}")
                : reasons[i] is { } reason ? Missing(entrants[i], reason) with { OursUs = Median.Of(ours) }
                : WithGoal(Row.Of(work.Name, threads, child.Peer.Label(variant), ours, times[i]) with { BestRatio = fastest[i].Min() / fastest[0].Take(fastest[i].Count).Min() }));
        }

        if (reasons[0] is null)
        {
            result.AddRange(limits.Rows(work, threads, ours).Select(row => WithGoal(row with { BestRatio = row.PeerUs / fastest[0].Min() })));
            if (slices.Count > 0)
            {
                result.AddRange(Slice.Rows(work.Name, threads, slices).Select(WithGoal));
                Slice best = Slice.BestOf([.. slices.SelectMany(round => round)]);
                if (best.Limit > 0)
                {
                    limits.AddArithmetic(threads, work.Flops, best.Limit);
                    limits.AddArithmetic(1, work.Flops, best.LimitOfOne);
                }
            }
        }

        return result;
    }

    // Everybody's result against ours, so that nobody's time is that of another computation.
    private async Task CheckAsync()
    {
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
    }

    private Row WithGoal(Row row) => row with { Goal = Goals.Of(row.Work, row.Threads, row.Peer, settings.IsNarrow) };

    private Row Missing((Child Child, string Variant) entrant, string reason) =>
        WithGoal(new(work.Name, threads, entrant.Child.Peer.Label(entrant.Variant)) { Missing = reason });
}
