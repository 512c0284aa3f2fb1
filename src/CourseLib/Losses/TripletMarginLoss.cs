using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// max(0, d(a, p) - d(a, n) + margin): an anchor a has to be nearer to a positive p (same class) than to a negative n (another class), by a margin
/// (Schroff et al. 2015, "FaceNet"; lecture init, "Задачи и функции потерь": metric tasks).
/// </summary>
/// <remarks>
/// It compares three outputs of the network with each other and none with a target, so it is no <see cref="Loss"/> of (input, target): call the network
/// three times, or once on the three batches joined, and give the parts to <see cref="Forward"/>.
/// <code>loss = triplet.Forward(net.Forward(anchors), net.Forward(positives), net.Forward(negatives));</code>
/// </remarks>
public sealed class TripletMarginLoss
{
    private readonly double margin;
    private readonly double p;
    private readonly double eps;
    private readonly bool swap;

    /// <param name="margin">By how much the negative has to be farther; with 0 a network that maps everything to one point is nearly perfect.</param>
    /// <param name="p">The norm of the distance, at least 1; 2 is Euclid's, <see cref="double.PositiveInfinity"/> the largest difference.</param>
    /// <param name="eps">Added to every difference (as torch), which keeps the distance of equal points from 0, where it has no gradient.</param>
    /// <param name="swap">Takes the negative's distance to the anchor or to the positive, whichever is smaller: the harder one (Balntas et al. 2016, "Learning local feature descriptors with triplets").</param>
    /// <param name="reduction">Mean or sum over the triplets.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is negative, p is below 1, or eps is negative.</exception>
    public TripletMarginLoss(double margin = 1, double p = 2, double eps = 1e-6, bool swap = false, Reduction reduction = Reduction.Mean)
    {
        if (!(margin >= 0 && double.IsFinite(margin)))
        {
            throw new ArgumentOutOfRangeException(nameof(margin), margin, FormattableString.Invariant($"TripletMarginLoss: expected a margin of at least 0, got {margin}."));
        }

        PairwiseDistanceFunction.Check(nameof(TripletMarginLoss), p, eps);
        (this.margin, this.p, this.eps, this.swap, Reduction) = (margin, p, eps, swap, reduction);
    }

    /// <summary>How the losses of the triplets become one number.</summary>
    public Reduction Reduction { get; }

    /// <summary>Computes the loss.</summary>
    /// <param name="anchor">Embeddings [B, D].</param>
    /// <param name="positive">Embeddings of the anchors' classes, [B, D].</param>
    /// <param name="negative">Embeddings of other classes, [B, D].</param>
    /// <returns>A scalar, or [B] without a reduction.</returns>
    /// <exception cref="ArgumentException">The three are not of one shape [B, D].</exception>
    public Tensor Forward(Tensor anchor, Tensor positive, Tensor negative)
    {
        if (anchor.Rank != 2 || positive.Shape != anchor.Shape || negative.Shape != anchor.Shape)
        {
            throw new ArgumentException($"TripletMarginLoss: expected three tensors of one shape (batch, features), got {anchor.Shape}, {positive.Shape} and {negative.Shape}.", nameof(anchor));
        }

        Tensor near = Functional.PairwiseDistance(anchor, positive, p, eps);
        Tensor far = Functional.PairwiseDistance(anchor, negative, p, eps);
        if (swap)
        {
            far = -(-far).Maximum(-Functional.PairwiseDistance(positive, negative, p, eps));
        }

        return (near - far + margin).Relu().Reduced(Reduction);
    }
}
