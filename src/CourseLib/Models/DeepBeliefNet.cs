using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <summary>
/// What a stack of restricted Boltzmann machines, trained one on the hidden units of the other, makes: a deep belief net (глубокая сеть доверия; Hinton, Osindero and Teh 2006).
/// p(v, h1, …, hL) = p(v | h1) p(h1 | h2) … p(hL-1, hL): directed downwards, only the top pair is a Boltzmann machine.
/// </summary>
/// <remarks>
/// Lecture perc, "Предобучение", says of this scheme "получаем Deep Boltzmann machine". That is another model of the same weights, <see cref="DeepBoltzmannMachine"/>: there h1
/// feels v and h2 at once.
/// </remarks>
public sealed class DeepBeliefNet : Module
{
    private readonly RestrictedBoltzmannMachine[] machines;

    /// <param name="machines">From the data upwards; each has as many visible units as the one below has hidden ones.</param>
    /// <exception cref="ArgumentException">There is no machine, or two do not fit.</exception>
    public DeepBeliefNet(params RestrictedBoltzmannMachine[] machines)
    {
        this.machines = Chain(nameof(DeepBeliefNet), machines);
        for (int i = 0; i < machines.Length; i++)
        {
            Child(Text(i), machines[i]);
        }
    }

    /// <summary>The machines, from the data upwards.</summary>
    public IReadOnlyList<RestrictedBoltzmannMachine> Machines => machines;

    /// <summary>The probabilities of the top hidden units, layer by layer from the data.</summary>
    public override Tensor Forward(Tensor x)
    {
        foreach (RestrictedBoltzmannMachine machine in machines)
        {
            x = machine.Forward(x);
        }

        return x;
    }

    /// <summary>Trains the machines from first to last, each on the hidden probabilities that the one below gives for the data (lecture perc, "Рецепт").</summary>
    /// <param name="inputs">[N, visible], numbers from 0 to 1; no labels.</param>
    /// <param name="epochs">Passes for each machine.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="optimizer">Makes the optimizer of a machine from its parameters; SGD with rate 0.1 when null, as Hinton 2010 has it.</param>
    /// <param name="steps">k of CD-k.</param>
    /// <param name="shuffle">Orders the examples; <see cref="Generator.Default"/> when null.</param>
    /// <returns>For each machine the reconstruction error of each pass.</returns>
    public IReadOnlyList<IReadOnlyList<double>> Pretrain(
        Tensor inputs, int epochs, int batchSize, Func<IReadOnlyList<Tensor>, Optimizer>? optimizer = null, int steps = 1, Generator? shuffle = null)
    {
        List<IReadOnlyList<double>> errors = [];
        foreach (RestrictedBoltzmannMachine machine in machines)
        {
            errors.Add(machine.Fit(inputs, optimizer?.Invoke(machine.Parameters) ?? new SGD(machine.Parameters, 0.1), epochs, batchSize, steps, shuffle: shuffle));
            inputs = Codes.Of(machine, inputs);
        }

        return errors;
    }

    /// <summary>Sigmoid layers with copies of the machines' weights: a network to put a classifier on and fine-tune.</summary>
    public Sequential ToEncoder() => new([.. machines.Select(machine => (Module)machine.ToEncoder())]);

    /// <summary>Draws from the net: the chain of the top machine, then once down through the others.</summary>
    /// <param name="count">How many samples.</param>
    /// <param name="steps">Steps of the top machine's chains, which start at random.</param>
    /// <param name="generator">Where the starts come from; <see cref="Generator.Default"/> when null.</param>
    /// <returns>Probabilities of the visible units, [count, visible].</returns>
    public Tensor Sample(int count, int steps = 1000, Generator? generator = null)
    {
        Requires.AtLeast(nameof(Sample), nameof(count), count, 1);
        using NoGrad off = new();
        RestrictedBoltzmannMachine top = machines[^1];
        Tensor start = BinaryStates.Sample(Tensor.Full(0.5, count, top.Visible), generator);
        if (machines.Length == 1)
        {
            return top.VisibleProbabilities(top.SampleHidden(top.Gibbs(start, steps)));
        }

        Tensor state = top.Gibbs(start, steps);
        for (int i = machines.Length - 2; i > 0; i--)
        {
            state = machines[i].SampleVisible(state);
        }

        return machines[0].VisibleProbabilities(state);
    }

    /// <summary>log p(v) in nats, exact, by going through all states of every hidden layer; for tiny nets.</summary>
    /// <param name="v">[B, visible].</param>
    /// <returns>[B].</returns>
    /// <exception cref="ArgumentException">The batch is not [B, visible].</exception>
    public Tensor LogProbability(Tensor v) => v.Rank == 2 && v.Shape[1] == machines[0].Visible
        ? LogProbability(v, 0)
        : throw new ArgumentException(FormattableString.Invariant($"DeepBeliefNet.LogProbability: expected (batch, {machines[0].Visible}), got {v.Shape}."), nameof(v));

    /// <summary>Checks that the layers fit.</summary>
    internal static RestrictedBoltzmannMachine[] Chain(string model, RestrictedBoltzmannMachine[] machines)
    {
        ArgumentNullException.ThrowIfNull(machines);
        Requires.AtLeast(model, "machines.Length", machines.Length, 1);
        if (machines.Contains(null))
        {
            throw new ArgumentNullException(nameof(machines), $"{model}: machine {Array.IndexOf(machines, null)} is null.");
        }

        for (int i = 1; i < machines.Length; i++)
        {
            if (machines[i].Visible != machines[i - 1].Hidden)
            {
                throw new ArgumentException($"{model}: machine {i} has {machines[i].Visible} visible units, but the one below it {machines[i - 1].Hidden} hidden ones; expected the same number.", nameof(machines));
            }
        }

        return [.. machines];
    }

    // p(x) = sum over h of p(x | h) p(h), where p(h) is that of the net above; the top machine knows its own.
    private Tensor LogProbability(Tensor x, int level)
    {
        RestrictedBoltzmannMachine machine = machines[level];
        if (level == machines.Length - 1)
        {
            return machine.LogProbability(x);
        }

        Tensor states = BinaryStates.All(machine.Hidden);
        Tensor inputs = machine.VisibleInputs(states);
        Tensor given = x.MatMul(inputs.Transpose()) - inputs.Softplus().Sum(1);
        return BinaryStates.LogSumExp(given + LogProbability(states, level + 1));
    }
}
