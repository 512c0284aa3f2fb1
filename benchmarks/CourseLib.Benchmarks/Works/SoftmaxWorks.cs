using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Works;

/// <summary>Softmax and cross-entropy, loss and gradient of the logits, <c>softmax_ce/ROWSxCLASSES/both</c>.</summary>
internal static class SoftmaxWorks
{
    private static readonly (int Rows, int Classes)[] Sizes = [(64, 10), (256, 10), (256, 1000)];

    /// <summary>A batch of the course, a larger one, and many classes.</summary>
    public static IEnumerable<Work> All => Sizes.Select(size => new Work($"softmax_ce/{size.Rows}x{size.Classes}/both", () => Prepare(size.Rows, size.Classes)));

    private static Prepared Prepare(int rows, int classes)
    {
        Floats logits = new(rows * classes, seed: 1, scale: 4), targets = new(rows), gradient = new(rows * classes);
        Numbers.FillClasses(targets.Span, classes, seed: 2);
        return Prepared.Of(() => SoftmaxCrossEntropy.Forward(rows, classes, logits.Span, targets.Span, [], [], gradient.Span), gradient);
    }
}
