using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// The hinge loss of several classes: the sum over the wrong classes j of max(0, margin - x_t + x_j)^p, over the number of classes C
/// (Crammer and Singer 2001, "On the algorithmic implementation of multiclass kernel-based vector machines", in torch's form; see <see cref="HingeLoss"/> for the two classes of lecture perc).
/// </summary>
public sealed class MultiMarginLoss : Loss
{
    private readonly ClassTargets classes;
    private readonly int p;
    private readonly double margin;

    /// <param name="p">1 or 2.</param>
    /// <param name="margin">By how much the right class's score has to be the largest; at least 0.</param>
    /// <param name="weight">A weight for each class [C], by which an example of that class is multiplied; the mean still divides by B (torch). A copy is kept.</param>
    /// <param name="reduction">Mean or sum over the examples.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not 1 or 2, or the margin is negative.</exception>
    /// <exception cref="ArgumentException">The weights are not a vector of numbers of at least 0.</exception>
    public MultiMarginLoss(int p = 1, double margin = 1, Tensor? weight = null, Reduction reduction = Reduction.Mean)
        : base(reduction)
    {
        if (p is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, $"MultiMarginLoss: expected p 1 or 2, got {p}.");
        }

        if (!(margin >= 0 && double.IsFinite(margin)))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, FormattableString.Invariant($"MultiMarginLoss: expected a margin of at least 0, got {margin}."));
        }

        classes = new ClassTargets(nameof(MultiMarginLoss), weight, ignoreIndex: null);
        (this.p, this.margin) = (p, margin);
    }

    /// <inheritdoc/>
    /// <param name="input">Scores [B, C].</param>
    /// <param name="target">Class indices [B] as floats.</param>
    /// <returns>A scalar, or [B] without a reduction.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a class index is none.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        ClassTargets.CheckShapes(nameof(MultiMarginLoss), input, target);
        (int rows, int columns) = (input.Shape[0], input.Shape[1]);
        Tensor weights = classes.RowWeights(target, columns, out _);
        Tensor right = PickFunction.Apply(input, target).Reshape(rows, 1);
        Tensor violations = (input - right + margin).Relu();

        // The right class competes with itself here and adds margin^p, which is taken off again.
        Tensor losses = ((p == 1 ? violations : violations.Square()).Sum(1) - Math.Pow(margin, p)) / columns;
        return Reduce(losses * weights);
    }
}
