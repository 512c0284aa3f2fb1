namespace CourseLib.Benchmarks.Comparing;

/// <summary>
/// A slice of time, some milliseconds long: a work of ours, and beside it, one right after the other, the same work on one thread and what the machine's
/// multiply-adds took at that moment. All in microseconds for the work.
/// </summary>
/// <param name="Ours">On all threads asked for.</param>
/// <param name="OneThread">On one thread; the same number as <paramref name="Ours"/> where one was asked for.</param>
/// <param name="Limit">As many operations in multiply-adds that touch nothing but registers, on all threads; 0 for a work whose cost is not arithmetic.</param>
/// <param name="LimitOfOne">The same on one thread.</param>
internal readonly record struct Slice(double Ours, double OneThread, double Limit, double LimitOfOne)
{
    private const int Numbers = 4;

    /// <summary>How many different times there are in a slice: what it costs to take one.</summary>
    /// <param name="threads">How many threads were asked for.</param>
    /// <param name="flops">The work's operations; 0 where arithmetic is not what it costs.</param>
    public static int Times(int threads, double flops) => (threads > 1 ? 2 : 1) * (flops > 0 ? 2 : 1);

    /// <summary>The slices in an answer.</summary>
    public static Slice[] From(Answer answer) => [.. answer.Numbers.Chunk(Numbers).Select(four => new Slice(four[0], four[1], four[2], four[3]))];

    /// <summary>The answer that carries slices.</summary>
    public static Answer ToAnswer(IEnumerable<Slice> slices) => new(Answer.Times, [.. slices.SelectMany(slice => new[] { slice.Ours, slice.OneThread, slice.Limit, slice.LimitOfOne })], "");

    /// <summary>The shortest of each time: what was seen when nobody disturbed.</summary>
    public static Slice BestOf(IEnumerable<Slice> slices) => slices.Aggregate((a, b) =>
        new(Math.Min(a.Ours, b.Ours), Math.Min(a.OneThread, b.OneThread), Math.Min(a.Limit, b.Limit), Math.Min(a.LimitOfOne, b.LimitOfOne)));

    /// <summary>The rows that a work's slices make: <see cref="Goals.Arithmetic"/>, and with several threads <see cref="Goals.OneThread"/>.</summary>
    /// <param name="work">The work.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="rounds">The slices of each round.</param>
    public static IEnumerable<Row> Rows(string work, int threads, IReadOnlyList<IReadOnlyCollection<Slice>> rounds)
    {
        Slice[] all = [.. rounds.SelectMany(round => round)];
        bool isArithmetic = all[0].Limit > 0;
        if (isArithmetic)
        {
            yield return RowOf(Goals.Arithmetic, slice => slice.Limit);
        }

        if (threads > 1)
        {
            yield return RowOf(Goals.OneThread, slice => slice.OneThread) with
            {
                MachineGain = isArithmetic ? Median.Of(all.Select(MachineGain)) : null,
                BestMachineGain = isArithmetic ? MachineGain(BestOf(all)) : null,
            };
        }

        // What belongs together is divided first: medians of the slices' ratios, not ratios of medians.
        Row RowOf(string peer, Func<Slice, double> theirs)
        {
            double[] ofRounds = [.. rounds.Select(round => Median.Of(round.Select(Ratio)))];
            Slice best = BestOf(all);
            return new(work, threads, peer)
            {
                OursUs = Median.Of(all.Select(slice => slice.Ours)), PeerUs = Median.Of(all.Select(theirs)), SliceRatio = Median.Of(all.Select(Ratio)), BestRatio = Ratio(best),
                Low = ofRounds.Min(), High = ofRounds.Max(),
            };

            double Ratio(Slice slice) => theirs(slice) / slice.Ours;
        }
    }

    private static double MachineGain(Slice slice) => slice.LimitOfOne / slice.Limit;
}
