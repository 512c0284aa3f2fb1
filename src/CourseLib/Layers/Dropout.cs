using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// In training sets each activation to zero with probability p and multiplies the others by 1 / (1 - p), so that evaluation is the identity
/// (lecture lbd, "Принцип работы (PyTorch)"; lecture perc, "Dropout", multiplies by 1 - p at inference instead; Srivastava et al. 2014).
/// </summary>
public sealed class Dropout : Module
{
    private readonly double probability;
    private readonly Generator? generator;

    /// <param name="p">Probability of a zero, from 0 to less than 1.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not in [0, 1).</exception>
    public Dropout(double p = 0.5, Generator? generator = null)
    {
        if (!(p >= 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, FormattableString.Invariant($"Dropout: expected a probability from 0 to less than 1, got {p}."));
        }

        probability = p;
        this.generator = generator;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        if (!IsTraining || probability == 0)
        {
            return x;
        }

        // The mask holds 0 and 1 / (1 - p), so that the product is the whole operation, forward and backward.
        Tensor mask = Tensor.Empty(x.Shape);
        DropoutMask.Fill(mask.Span, (float)probability, generator ?? Generator.Default);
        return x * mask;
    }

    /// <inheritdoc/>
    public override string ToString() => $"Dropout({Text(probability)})";
}
