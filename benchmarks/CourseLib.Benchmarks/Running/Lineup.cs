using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>All contenders of one number of threads, started and waiting.</summary>
internal sealed class Lineup : IDisposable
{
    // What OpenBLAS takes a processor for that is newer than itself; any of them has kernels without AVX2.
    private static readonly string[] NarrowCores = ["Prescott", "Core2", "Penryn", "Dunnington", "Nehalem", "Atom", "Sandybridge", "Barcelona", "Bobcat", "Bulldozer", "Generic"];

    private Lineup(Child ours, IReadOnlyList<Child> others) => (Ours, Others) = (ours, others);

    /// <summary>This library.</summary>
    public Child Ours { get; }

    /// <summary>The peers, missing ones too.</summary>
    public IReadOnlyList<Child> Others { get; }

    /// <summary>Starts them.</summary>
    public static async Task<Lineup> StartAsync(Places places, Settings settings, int threads)
    {
        string? coreType = await FindCoreTypeAsync(places, threads, settings);
        Dictionary<string, string?> environment = CleanEnvironment.For(threads, settings.IsNarrow, coreType);
        Child ours = await Child.StartAsync(Peers.Ours, environment);
        List<Child> others = [];
        foreach (Peer peer in Peers.Others(places, threads, settings.IsNarrow, settings.IsQuick).Where(peer => settings.Wants(peer)))
        {
            others.Add(await Child.StartAsync(peer, environment));
        }

        return new(ours, others);
    }

    /// <summary>Everybody who is asked for a work, in each of his settings; ours first.</summary>
    public IEnumerable<(Child Child, string Variant)> For(Work work) => Others.SelectMany(child => child.Peer.Variants(work).Select(variant => (child, variant))).Prepend((Ours, Request.Plain));

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Child child in Others.Prepend(Ours))
        {
            child.Dispose();
        }
    }

    // An OpenBLAS older than the processor falls back to kernels of twenty years ago, and PyTorch with it. To beat that would be no feat: it is told.
    private static async Task<string?> FindCoreTypeAsync(Places places, int threads, Settings settings)
    {
        if (settings.IsNarrow || !Avx2.IsSupported)
        {
            return null;
        }

        using Child probe = await Child.StartAsync(Peers.OpenBlas, CleanEnvironment.For(threads, narrow: false, null));
        return !NarrowCores.Any(core => probe.Version.Contains($"core {core},", StringComparison.OrdinalIgnoreCase)) ? null
            : !Vector512.IsHardwareAccelerated ? "Haswell"
            : Processor.HasBrainFloats ? "Cooperlake"
            : "SkylakeX";
    }
}
