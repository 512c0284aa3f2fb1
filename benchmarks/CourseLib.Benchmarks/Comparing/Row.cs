namespace CourseLib.Benchmarks.Comparing;

/// <summary>One line of the table: a work of ours beside that of a peer, or beside what the machine can do.</summary>
/// <param name="Work">The work.</param>
/// <param name="Threads">How many threads each had.</param>
/// <param name="Peer">The peer and its setting.</param>
internal sealed record Row(string Work, int Threads, string Peer)
{
    /// <summary>Our median, in microseconds; null when ours is missing.</summary>
    public double? OursUs { get; init; }

    /// <summary>The peer's median, in microseconds; null when it is missing.</summary>
    public double? PeerUs { get; init; }

    /// <summary>Peer's time / ours: above 1 ours is ahead.</summary>
    public double? Ratio => SliceRatio ?? PeerUs / OursUs;

    /// <summary>The median of the ratios of single slices (<see cref="Slice"/>); null where medians are divided.</summary>
    public double? SliceRatio { get; init; }

    /// <summary>The smallest ratio of a single round.</summary>
    public double? Low { get; init; }

    /// <summary>The largest.</summary>
    public double? High { get; init; }

    /// <summary>The ratio of the shortest times seen.</summary>
    public double? BestRatio { get; init; }

    /// <summary>What the machine itself gained by these threads in the same slices: multiply-adds that touch nothing but registers, one thread's time / that of all.</summary>
    public double? MachineGain { get; init; }

    /// <summary>The same of the shortest times seen.</summary>
    public double? BestMachineGain { get; init; }

    /// <summary>How much of the machine's gain ours is: 1 when nothing of it is lost.</summary>
    public double? Used => Ratio / MachineGain;

    /// <summary>The same of the shortest times seen.</summary>
    public double? BestUsed => BestRatio / BestMachineGain;

    /// <summary>Why there is no ratio.</summary>
    public string? Missing { get; init; }

    /// <summary>The ratio that the project wants; null where it wants none.</summary>
    public double? Goal { get; init; }

    /// <summary>What everybody was held to, AVX2; null for nothing.</summary>
    public string? Level { get; init; }

    /// <summary>The goal in parts of the machine's gain: a ratio is wanted of a machine whose n threads do n times as much.</summary>
    public double? GoalOfMachine => MachineGain is null ? null : Goal / Threads;

    /// <summary>
    /// The rows of one work with the goals that count: a peer's settings are its own business, so a goal that several of them share is held against the fastest alone; and where one of
    /// several goals is enough (<see cref="Goals.AreAlternatives"/>), the others are none once it is met.
    /// </summary>
    public static IReadOnlyList<Row> KeepGoalsThatCount(IReadOnlyList<Row> rows)
    {
        static string Name(Row row) => row.Peer.Split(',')[0];
        Row[] best = [.. rows.Select(row => rows.Any(other => Name(other) == Name(row) && other.Goal == row.Goal && other.PeerUs < (row.PeerUs ?? double.PositiveInfinity)) ? row with { Goal = null } : row)];
        bool isEnough = best.Any(row => Goals.AreAlternatives(row.Work) && row.Ratio >= row.Goal);
        return isEnough ? [.. best.Select(row => row.Ratio >= row.Goal ? row : row with { Goal = null })] : best;
    }

    /// <summary>A row of measurements: medians over the rounds, and how far the rounds' own ratios lie apart.</summary>
    /// <param name="work">The work.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="ours">Our median of each round.</param>
    /// <param name="theirs">The peer's median of each round, taken in turn with ours; of the first rounds alone when it was not asked in all. Ours is then of the same rounds.</param>
    public static Row Of(string work, int threads, string peer, IReadOnlyList<double> ours, IReadOnlyList<double> theirs)
    {
        double[] ratios = [.. ours.Zip(theirs, (a, b) => b / a)];
        return new(work, threads, peer) { OursUs = Median.Of(ours.Take(theirs.Count)), PeerUs = Median.Of(theirs), Low = ratios.Min(), High = ratios.Max(), BestRatio = theirs.Min() / ours.Take(theirs.Count).Min() };
    }
}
