using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>
/// A layer whose units learn their own convex activation: y_i = max over j of (w_ij x + b_ij), k pieces for each unit (Goodfellow et al. 2013; lecture
/// init, "Maxout", with two pieces).
/// </summary>
/// <remarks>
/// Input [B, inFeatures], output [B, outFeatures]; k outFeatures (inFeatures + 1) parameters. Weights (1) and (0) for one input make ReLU, (1) and (-1) |x|. After a
/// convolution use <see cref="Tensor.Maxout"/> on its channels.
/// </remarks>
public sealed class Maxout : Module
{
    private readonly Linear linear;
    private readonly int pieces;

    /// <param name="inFeatures">Size of each example.</param>
    /// <param name="outFeatures">Number of units.</param>
    /// <param name="pieces">k, the number of linear functions that a unit chooses from.</param>
    /// <param name="initializer">How the weights are drawn; as in <see cref="Linear"/> when null.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Maxout(int inFeatures, int outFeatures, int pieces = 2, Initializer? initializer = null, Generator? generator = null)
    {
        Requires.AtLeast(nameof(Maxout), nameof(inFeatures), inFeatures, 1);
        Requires.AtLeast(nameof(Maxout), nameof(outFeatures), outFeatures, 1);
        Requires.AtLeast(nameof(Maxout), nameof(pieces), pieces, 1);
        this.pieces = pieces;
        linear = Child("linear", new Linear(inFeatures, outFeatures * pieces, initializer: initializer, generator: generator));
    }

    /// <summary>The weights [k outFeatures, inFeatures]; rows k i … k i + k - 1 are the pieces of unit i.</summary>
    public Tensor Weight => linear.Weight;

    /// <summary>The biases [k outFeatures], in the same order.</summary>
    public Tensor Bias => linear.Bias!.Value;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, inFeatures].</exception>
    public override Tensor Forward(Tensor x) => linear.Forward(x).Maxout(pieces);

    /// <inheritdoc/>
    public override long CountMultiplications(Shape output) => Weight.Length;

    /// <inheritdoc/>
    public override string ToString() => $"Maxout({Text(Weight.Shape[1])}, {Text(Weight.Shape[0] / pieces)}, {Text(pieces)} pieces)";
}
