using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>What a comparison is to do.</summary>
/// <param name="Groups">Beginnings of the names of the works wanted, such as gemm or conv/3x3; all when there are none.</param>
/// <param name="Threads">The numbers of threads, one after the other.</param>
/// <param name="Rounds">How often everybody is asked in turn.</param>
/// <param name="Seconds">How long each answer takes samples.</param>
/// <param name="PeerNames">Beginnings of the names of the peers wanted; all when there are none.</param>
/// <param name="IsNarrow">Whether everybody is held to AVX2.</param>
/// <param name="IsQuick">Whether it is a first look: no work whose calls are long, and whoever is far behind in the first round is not asked again.</param>
/// <param name="Limit">After this no other work is begun, and answers are as short as it takes to reach all of them; null for no limit.</param>
internal sealed record Settings(
    IReadOnlyList<string> Groups, IReadOnlyList<int> Threads, int Rounds, double Seconds, IReadOnlyList<string> PeerNames, bool IsNarrow, bool IsQuick, TimeSpan? Limit)
{
    /// <summary>The limit of a quick comparison, which ends within three minutes.</summary>
    public static readonly TimeSpan QuickLimit = TimeSpan.FromSeconds(160);

    /// <summary>The limit of a comparison whose results are kept, and of that with AVX2 on the same page; what else is there takes some minutes more, and all of it ends within twenty.</summary>
    public static readonly TimeSpan ResultsLimit = TimeSpan.FromMinutes(13), NarrowLimit = TimeSpan.FromMinutes(2);

    /// <summary>What everybody is held to, as the rows say it.</summary>
    public string? Level => IsNarrow ? "AVX2" : null;

    /// <summary>The same with AVX2: the products on one thread against the library that has kernels written for it.</summary>
    public Settings Narrow => this with { Groups = NarrowGroups, Threads = [1], PeerNames = NarrowPeers, IsNarrow = true, Limit = Limit is null ? null : NarrowLimit };

    /// <summary>What is compared with AVX2 when nothing else is asked for.</summary>
    public static readonly IReadOnlyList<string> NarrowGroups = ["gemm"], NarrowPeers = ["OpenBLAS"];

    /// <summary>The works wanted. The machine's limits are always measured: the others are held against them.</summary>
    public IReadOnlyList<Work> Works => [.. WorkCatalog.All.Where(work => work.Group == "limit" || Groups.Count == 0 || Groups.Any(group => Chooses(group, work)))];

    /// <summary>Whether a peer is wanted.</summary>
    public bool Wants(Peer peer) => PeerNames.Count == 0 || PeerNames.Any(name => peer.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase));

    // A network's name chooses everything about it; "optimizers" and "functions" are longer to list than to say.
    private static bool Chooses(string group, Work work) => work.Name.StartsWith(group, StringComparison.Ordinal) || group switch
    {
        "mlp" or "lenet" or "cnn" => work.Name.StartsWith($"train/{group}_", StringComparison.Ordinal) || work.Name.StartsWith($"infer/{group}_", StringComparison.Ordinal),
        "optimizers" => work.Group is "adam" or "adamw" or "sgdm",
        "functions" => work.Group is "exp" or "log" or "tanh" or "sigmoid" or "erf" or "gelu",
        _ => false,
    };
}
