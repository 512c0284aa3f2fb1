using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <summary>
/// The deep Boltzmann machine (Salakhutdinov and Hinton 2009): layers of units v = h0, h1, …, hL with the energy E = -sum_k bk·hk - sum_k hk·Wk hk-1. Undirected throughout: a
/// layer between two others is drawn given both, p(hk | hk-1, hk+1) = sigmoid(bk + Wk hk-1 + Wk+1^T hk+1).
/// </summary>
/// <remarks>
/// Lecture perc, "Предобучение", names it as the result of layer-wise pretraining, which however makes a <see cref="DeepBeliefNet"/>. Its hidden units are not independent
/// given v, so their probabilities are approximated (<see cref="MeanField"/>).
/// </remarks>
public sealed class DeepBoltzmannMachine : Module
{
    private readonly Tensor[] weights;
    private readonly Tensor[] biases;
    private readonly Generator? generator;

    /// <summary>A machine with copies of the weights of a stack: Wk from each, the visible bias of the first, the hidden bias of each.</summary>
    /// <param name="generator">Where samples come from; <see cref="Generator.Default"/> when null.</param>
    /// <param name="machines">From the data upwards; each has as many visible units as the one below has hidden ones.</param>
    /// <exception cref="ArgumentException">There is no machine, or two do not fit.</exception>
    public DeepBoltzmannMachine(Generator? generator, params RestrictedBoltzmannMachine[] machines)
    {
        DeepBeliefNet.Chain(nameof(DeepBoltzmannMachine), machines);
        this.generator = generator;
        weights = [.. machines.Select((machine, k) => Parameter($"weight{Text(k + 1)}", machine.Weight.Clone()))];
        biases = [Parameter("bias0", machines[0].VisibleBias.Clone()), .. machines.Select((machine, k) => Parameter($"bias{Text(k + 1)}", machine.HiddenBias.Clone()))];
    }

    /// <inheritdoc cref="DeepBoltzmannMachine(Generator?, RestrictedBoltzmannMachine[])"/>
    public DeepBoltzmannMachine(params RestrictedBoltzmannMachine[] machines)
        : this(null, machines)
    {
    }

    /// <summary>W1, …, WL, each [units above, units below].</summary>
    public IReadOnlyList<Tensor> Weights => weights;

    /// <summary>b0, …, bL, one for each layer, the visible one first.</summary>
    public IReadOnlyList<Tensor> Biases => biases;

    /// <inheritdoc/>
    protected override Generator? Randomness => generator;

    /// <summary>The mean-field probabilities of the top layer given v.</summary>
    public override Tensor Forward(Tensor x) => MeanField(x)[^1];

    /// <summary>E = -sum_k bk·hk - sum_k hk·Wk hk-1. Given probabilities for some layers, the mean energy if their units were independent.</summary>
    /// <param name="layers">h0 = v, h1, …, hL, each [B, units].</param>
    /// <returns>[B].</returns>
    /// <exception cref="ArgumentException">There is not one tensor for each layer.</exception>
    public Tensor Energy(params ReadOnlySpan<Tensor> layers)
    {
        RequireLayers(layers, nameof(layers));
        Tensor sum = (layers[0] * biases[0]).Sum(1);
        for (int k = 1; k < layers.Length; k++)
        {
            sum += (Functional.Linear(layers[k - 1], weights[k - 1], biases[k]) * layers[k]).Sum(1);
        }

        return -sum;
    }

    /// <summary>
    /// The fully factorised q(h) = product of mu that comes nearest to p(h | v), by going round mu_k = sigmoid(bk + Wk mu_k-1 + Wk+1^T mu_k+1): each update lowers KL(q || p), so it
    /// ends at a fixed point, not always the best one.
    /// </summary>
    /// <param name="v">[B, visible].</param>
    /// <param name="rounds">How often to go round the layers; the first on the way up, with nothing above yet.</param>
    /// <returns>v, mu_1, …, mu_L; no gradient goes through.</returns>
    public Tensor[] MeanField(Tensor v, int rounds = 20)
    {
        Requires.AtLeast(nameof(MeanField), nameof(rounds), rounds, 1);
        using NoGrad off = new();
        Tensor[] layers = new Tensor[biases.Length];
        layers[0] = v;
        for (int k = 1; k < layers.Length; k++)
        {
            layers[k] = Functional.Linear(layers[k - 1], weights[k - 1], biases[k]).Sigmoid();
        }

        for (int round = 1; round < rounds; round++)
        {
            for (int k = 1; k < layers.Length; k++)
            {
                layers[k] = Inputs(layers, k).Sigmoid();
            }
        }

        return layers;
    }

    /// <summary>One round of the Markov chain: the even layers, which are independent given the odd ones, and then the odd layers.</summary>
    /// <param name="layers">The states of all layers, the visible one first; replaced by the new ones.</param>
    /// <param name="steps">How many rounds.</param>
    public void Gibbs(Tensor[] layers, int steps = 1)
    {
        ArgumentNullException.ThrowIfNull(layers);
        RequireLayers(layers, nameof(layers));
        using NoGrad off = new();
        for (int step = 0; step < steps; step++)
        {
            for (int parity = 0; parity < 2; parity++)
            {
                for (int k = parity; k < layers.Length; k += 2)
                {
                    layers[k] = BinaryStates.Sample(Inputs(layers, k).Sigmoid(), generator);
                }
            }
        }
    }

    /// <summary>
    /// The loss of Salakhutdinov and Hinton 2009: mean energy of the data with their mean-field units less that of persistent chains. Its gradient estimates that of a lower
    /// bound on log p(v), negated.
    /// </summary>
    /// <param name="v">A batch of data, [B, visible].</param>
    /// <param name="particles">The chains' states, layer by layer, which this moves on.</param>
    /// <param name="steps">Rounds of the chains.</param>
    /// <returns>A scalar to call <see cref="Tensor.Backward()"/> on.</returns>
    public Tensor VariationalLoss(Tensor v, Tensor[] particles, int steps = 1)
    {
        ArgumentNullException.ThrowIfNull(particles);
        RequireLayers(particles, nameof(particles));
        Tensor[] moved = [.. particles];
        Gibbs(moved, steps);
        for (int k = 0; k < moved.Length; k++)
        {
            particles[k].CopyFrom(moved[k]);
        }

        return Energy(MeanField(v)).Mean() - Energy(moved).Mean();
    }

    /// <summary>log p(v) in nats, exact, by going through all states of all units; for tiny machines.</summary>
    /// <param name="v">[B, visible].</param>
    /// <returns>[B].</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too many units to enumerate.</exception>
    public Tensor LogProbability(Tensor v) => LogUnnormalized(v) - BinaryStates.LogSumExp(LogUnnormalized(BinaryStates.All(biases[0].Length)));

    /// <inheritdoc/>
    public override string ToString() => $"DeepBoltzmannMachine({string.Join(", ", biases.Select(bias => Text(bias.Length)))})";

    /// <summary>Throws unless there is a batch of states for each layer.</summary>
    private void RequireLayers(ReadOnlySpan<Tensor> layers, string argument)
    {
        if (layers.Length != biases.Length)
        {
            throw new ArgumentException($"DeepBoltzmannMachine: expected {argument} to be the states of {biases.Length} layers, the visible one first, got {layers.Length}.", argument);
        }

        for (int k = 0; k < layers.Length; k++)
        {
            if (layers[k].Rank != 2 || layers[k].Shape[1] != biases[k].Length)
            {
                throw new ArgumentException($"DeepBoltzmannMachine: expected {argument}[{k}] of shape (batch, {biases[k].Length}), got {layers[k].Shape}.", argument);
            }
        }
    }

    /// <summary>What the units of a layer hear from their neighbours below and above.</summary>
    private Tensor Inputs(ReadOnlySpan<Tensor> layers, int k)
    {
        Tensor above = k + 1 < layers.Length ? layers[k + 1].MatMul(weights[k]) + biases[k] : biases[k];
        return k > 0 ? layers[k - 1].MatMul(weights[k - 1].Transpose()) + above : above;
    }

    /// <summary>log sum over h of e^-E(v, h): only h1 meets v, what the others add is the same for all v.</summary>
    private Tensor LogUnnormalized(Tensor v)
    {
        Tensor states = BinaryStates.All(biases.Skip(1).Sum(bias => bias.Length));
        Tensor[] layers = new Tensor[biases.Length];
        layers[0] = Tensor.Zeros(states.Shape[0], biases[0].Length);
        for (int k = 1, start = 0; k < layers.Length; start += biases[k].Length, k++)
        {
            layers[k] = states.Slice(1, start, biases[k].Length);
        }

        Tensor meeting = v.MatMul(weights[0].Transpose()).MatMul(layers[1].Transpose());
        return BinaryStates.LogSumExp(meeting - Energy(layers)) + (v * biases[0]).Sum(1);
    }
}
