using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>Reductions at work.</summary>
internal static class ReductionMath
{
    /// <summary>The mean or the sum of the losses, or the losses themselves.</summary>
    internal static Tensor Reduced(this Tensor losses, Reduction reduction) => reduction switch
    {
        Reduction.Mean => losses.Mean(),
        Reduction.Sum => losses.Sum(),
        _ => losses,
    };
}
