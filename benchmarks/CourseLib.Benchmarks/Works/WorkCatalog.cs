namespace CourseLib.Benchmarks.Works;

/// <summary>Every work, in the order of the table.</summary>
internal static class WorkCatalog
{
    private static readonly Dictionary<string, Work> ByName = new[]
    {
        LimitWorks.All, GemmWorks.All, TrainingWorks.All, InferenceWorks.All, ConvolutionWorks.All, NormalizationWorks.All, PoolingWorks.All, SoftmaxWorks.All,
        OptimizerWorks.All, ElementwiseWorks.All,
    }.SelectMany(works => works).ToDictionary(work => work.Name);

    /// <summary>The works.</summary>
    public static IEnumerable<Work> All => ByName.Values;

    /// <summary>The work of a name; products, convolutions and trainings of other sizes than the table's, too.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Work Find(string name) => ByName.TryGetValue(name, out Work? work) ? work
        : GemmWorks.Parse(name)?.ToWork() ?? ConvolutionWorks.Parse(name) ?? TrainingWorks.Parse(name) ?? throw new ArgumentException($"there is no work {name}");
}
