using CourseLib.Autograd;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <summary>
/// The restricted Boltzmann machine (ограниченная машина Больцмана): visible units v and hidden units h, all 0 or 1, with the energy E(v, h) = -a·v - b·h - h·W v and
/// p(v, h) = e^-E / Z (Smolensky 1986; Hinton 2002). No connection runs within a layer, so given one layer the units of the other are independent. Trained without labels, it
/// models p(x), which is the point of lecture perc, "Предобучение": "учит не только p(y|x), но и p(x)".
/// </summary>
/// <remarks>
/// As a module it maps [B, visible] to the probabilities [B, hidden] of its hidden units, a layer of sigmoids. Grey values from 0 to 1 may stand for visible units: they are then
/// probabilities of being on (Hinton 2010, "A practical guide to training restricted Boltzmann machines").
/// </remarks>
public sealed partial class RestrictedBoltzmannMachine : Module
{
    private readonly Generator? generator;

    /// <param name="visible">Number of visible units.</param>
    /// <param name="hidden">Number of hidden units.</param>
    /// <param name="initializer">How the weights are drawn; N(0, 0.01^2) when null, as Hinton 2010 has it. Biases start at 0.</param>
    /// <param name="generator">Where the randomness comes from, of the weights and of all samples; <see cref="Generator.Default"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive.</exception>
    public RestrictedBoltzmannMachine(int visible, int hidden, Initializer? initializer = null, Generator? generator = null)
    {
        Requires.AtLeast(nameof(RestrictedBoltzmannMachine), nameof(visible), visible, 1);
        Requires.AtLeast(nameof(RestrictedBoltzmannMachine), nameof(hidden), hidden, 1);
        this.generator = generator;
        Weight = Parameter("weight", Tensor.Empty(hidden, visible));
        (initializer ?? new Normal(0, 0.01f)).Fill(Weight, generator);
        VisibleBias = Parameter("visible_bias", Tensor.Zeros(visible));
        HiddenBias = Parameter("hidden_bias", Tensor.Zeros(hidden));
    }

    /// <summary>W, of shape [hidden, visible], as in <see cref="Linear"/>.</summary>
    public Tensor Weight { get; }

    /// <summary>a, of shape [visible].</summary>
    public Tensor VisibleBias { get; }

    /// <summary>b, of shape [hidden].</summary>
    public Tensor HiddenBias { get; }

    /// <summary>The number of visible units.</summary>
    public int Visible => VisibleBias.Length;

    /// <summary>The number of hidden units.</summary>
    public int Hidden => HiddenBias.Length;

    /// <inheritdoc/>
    protected override Generator? Randomness => generator;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The input is not [B, visible].</exception>
    public override Tensor Forward(Tensor x) => HiddenProbabilities(x);

    /// <summary>p(h_j = 1 | v) = sigmoid(b_j + sum_i W_ji v_i).</summary>
    /// <param name="v">[B, visible].</param>
    /// <returns>[B, hidden].</returns>
    public Tensor HiddenProbabilities(Tensor v) => HiddenInputs(v).Sigmoid();

    /// <summary>p(v_i = 1 | h) = sigmoid(a_i + sum_j h_j W_ji).</summary>
    /// <param name="h">[B, hidden].</param>
    /// <returns>[B, visible].</returns>
    public Tensor VisibleProbabilities(Tensor h) => VisibleInputs(h).Sigmoid();

    /// <summary>What the machine makes of its own hidden probabilities: the reconstruction that one looks at.</summary>
    public Tensor Reconstruct(Tensor v) => VisibleProbabilities(HiddenProbabilities(v));

    /// <summary>E(v, h) = -a·v - b·h - h·W v.</summary>
    /// <param name="v">[B, visible].</param>
    /// <param name="h">[B, hidden].</param>
    /// <returns>[B].</returns>
    public Tensor Energy(Tensor v, Tensor h) => -((HiddenInputs(v) * Units(h, Hidden, nameof(h))).Sum(1) + (v * VisibleBias).Sum(1));

    /// <summary>The free energy F(v) = -log sum over h of e^-E(v, h) = -a·v - sum_j log(1 + e^(b_j + W_j·v)), so that p(v) = e^-F(v) / Z.</summary>
    /// <param name="v">[B, visible].</param>
    /// <returns>[B].</returns>
    public Tensor FreeEnergy(Tensor v) => -(HiddenInputs(v).Softplus().Sum(1) + (v * VisibleBias).Sum(1));

    /// <summary>Draws hidden units given visible ones.</summary>
    public Tensor SampleHidden(Tensor v)
    {
        using NoGrad off = new();
        return BinaryStates.Sample(HiddenProbabilities(v), generator);
    }

    /// <summary>Draws visible units given hidden ones.</summary>
    public Tensor SampleVisible(Tensor h)
    {
        using NoGrad off = new();
        return BinaryStates.Sample(VisibleProbabilities(h), generator);
    }

    /// <summary>Runs the Markov chain that alternates between the layers; after many steps v is a sample of p(v), wherever it started.</summary>
    /// <param name="v">Where the chains start, [B, visible].</param>
    /// <param name="steps">How often hidden and then visible units are drawn.</param>
    /// <returns>The visible units at the end.</returns>
    public Tensor Gibbs(Tensor v, int steps = 1)
    {
        Requires.AtLeast(nameof(Gibbs), nameof(steps), steps, 1);
        for (int i = 0; i < steps; i++)
        {
            v = SampleVisible(SampleHidden(v));
        }

        return v;
    }

    /// <summary>A sigmoid layer with copies of W and b: what pretraining hands to a classifier.</summary>
    public Sequential ToEncoder()
    {
        Linear layer = new(Visible, Hidden, initializer: new Constant(0));
        layer.Weight.CopyFrom(Weight);
        layer.Bias!.Value.CopyFrom(HiddenBias);
        return new Sequential(layer, new Activations.Sigmoid());
    }

    /// <inheritdoc/>
    public override long CountMultiplications(Shape output) => Weight.Length;

    /// <inheritdoc/>
    public override string ToString() => $"RestrictedBoltzmannMachine({Text(Visible)}, {Text(Hidden)})";

    internal Tensor VisibleInputs(Tensor h) => Units(h, Hidden, nameof(h)).MatMul(Weight) + VisibleBias;

    private Tensor HiddenInputs(Tensor v) => Functional.Linear(Units(v, Visible, nameof(v)), Weight, HiddenBias);

    private static Tensor Units(Tensor units, int count, string argument) => units.Rank == 2 && units.Shape[1] == count
        ? units
        : throw new ArgumentException($"RestrictedBoltzmannMachine: expected {argument} of shape (batch, {count}), got {units.Shape}.", argument);
}
