using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>
/// In training sets each activation to zero with probability p (Srivastava et al. 2014). Two conventions keep the mean output of training and evaluation equal: inverted, the
/// default and torch's, multiplies what stays by 1 / (1 - p), so that evaluation is the identity (lecture lbd, "Принцип работы (PyTorch)"); the paper's multiplies by 1 - p
/// in evaluation instead (lecture perc, "Dropout").
/// </summary>
public class Dropout : Module
{
    private readonly double probability;
    private readonly Generator? generator;
    private readonly bool inverted;

    /// <param name="p">Probability of a zero, from 0 to less than 1.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <param name="inverted">True: scale by 1 / (1 - p) in training. False: by 1 - p in evaluation.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is not in [0, 1).</exception>
    public Dropout(double p = 0.5, Generator? generator = null, bool inverted = true)
    {
        if (!(p >= 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, FormattableString.Invariant($"{GetType().Name}: expected a probability from 0 to less than 1, got {p}."));
        }

        probability = p;
        this.generator = generator;
        this.inverted = inverted;
    }

    /// <inheritdoc/>
    protected override Generator? Randomness => generator;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        if (probability == 0)
        {
            return x;
        }

        if (!IsTraining)
        {
            return inverted ? x : x * (1 - probability);
        }

        // The mask holds 0 and 1 / (1 - p), or 0 and 1, so that the product is the whole operation, forward and backward.
        Tensor mask = Tensor.Empty(MaskShape(x.Shape));
        DropoutMask.Fill(mask.Span, (float)probability, generator ?? Generator.Default, inverted);
        return x * mask;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{GetType().Name}({Text(probability)}{(inverted ? "" : ", scaled in evaluation")})";

    /// <summary>What is kept or dropped together: the mask is broadcast over the input.</summary>
    private protected virtual Shape MaskShape(in Shape input) => input;
}

/// <summary>
/// <see cref="Dropout"/> of whole channels (Tompson et al. 2015): neighbouring pixels of a feature map say nearly the same, so that dropping them one by one hides little.
/// Input [B, C, H, W].
/// </summary>
/// <inheritdoc cref="Dropout(double, Generator?, bool)"/>
public sealed class Dropout2d(double p = 0.5, Generator? generator = null, bool inverted = true) : Dropout(p, generator, inverted)
{
    private protected override Shape MaskShape(in Shape input) => input.Rank == 4
        ? [input[0], input[1], 1, 1]
        : throw new ArgumentException($"Dropout2d: expected an input (batch, channels, height, width), got {input}.", nameof(input));
}
