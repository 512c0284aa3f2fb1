using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Layers;

/// <summary>The fully connected layer (полносвязный слой) y = x W^T + b: z_j = sum_i w_ji x_i + b_j (lecture lbd, "Что там на самом деле?").</summary>
/// <remarks>Input [B, inFeatures], output [B, outFeatures]; outFeatures (inFeatures + 1) parameters.</remarks>
public sealed class Linear : Module, IJetModule
{
    /// <param name="inFeatures">Size of each example.</param>
    /// <param name="outFeatures">Number of neurons.</param>
    /// <param name="bias">Whether b is there.</param>
    /// <param name="initializer">How W is drawn; torch's default when null. With it b starts at 0, else at torch's default U[-1/sqrt(n), 1/sqrt(n)].</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Linear(int inFeatures, int outFeatures, bool bias = true, Initializer? initializer = null, Generator? generator = null)
    {
        Requires.AtLeast(nameof(Linear), nameof(inFeatures), inFeatures, 1);
        Requires.AtLeast(nameof(Linear), nameof(outFeatures), outFeatures, 1);
        Weight = Parameter("weight", Tensor.Empty(outFeatures, inFeatures));
        (initializer ?? LinearDefault.Instance).Fill(Weight, generator);
        if (bias)
        {
            Bias = Parameter("bias", Tensor.Zeros(outFeatures));
            if (initializer is null)
            {
                LinearDefault.FillBias(Bias.Value, inFeatures, generator);
            }
        }
    }

    /// <summary>A layer whose weights are chosen by hand.</summary>
    /// <param name="weight">W: a row for each neuron.</param>
    /// <param name="bias">b, one number for each neuron; none for a layer without bias.</param>
    /// <exception cref="ArgumentException">b has another length than W has rows.</exception>
    public static Linear From(float[,] weight, params ReadOnlySpan<float> bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        (int neurons, int inputs) = (weight.GetLength(0), weight.GetLength(1));
        if (bias.Length > 0 && bias.Length != neurons)
        {
            throw new ArgumentException($"Linear.From: expected no bias or one for each of {neurons} neurons, got {bias.Length}.", nameof(bias));
        }

        Linear layer = new(inputs, neurons, bias: bias.Length > 0, new Zeros());
        Tensor.From(weight).Span.CopyTo(layer.Weight.Span);
        bias.CopyTo(layer.Bias is { } b ? b.Span : default);
        return layer;
    }

    /// <summary>W, of shape [outFeatures, inFeatures].</summary>
    public Tensor Weight { get; }

    /// <summary>b, of shape [outFeatures]; null without one.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, inFeatures].</exception>
    public override Tensor Forward(Tensor x) => LinearFunction.Apply(x, Weight, Bias);

    /// <summary>This layer with the ReLU behind it, with nothing recorded; see <see cref="Fusion"/>.</summary>
    internal Tensor ForwardRectified(Tensor x) => LinearFunction.Apply(x, Weight, Bias, rectify: true);

    /// <inheritdoc/>
    public Jet Forward(Jet x) => x.Linear(Weight, Bias);

    /// <inheritdoc/>
    public override long CountMultiplications(Shape output) => Weight.Length;

    /// <inheritdoc/>
    public override string ToString() => $"Linear({Text(Weight.Shape[1])}, {Text(Weight.Shape[0])}{(Bias is null ? ", no bias" : "")})";
}
