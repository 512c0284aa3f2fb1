using CourseLib.Autograd;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <content>
/// Learning. log p(v) = -F(v) - log Z, and the gradient of log Z is minus the mean of F's gradient under the model, so that
/// -d log p(v) / d theta = dF(v)/d theta - (mean over p(v') of dF(v')/d theta): the data's states are made likelier, those that the model believes in less likely.
/// Every method here therefore gives a scalar whose <c>Backward()</c> is (an estimate of) that difference, for any optimizer.
/// </content>
public sealed partial class RestrictedBoltzmannMachine
{
    private const int StatesAtATime = 4096;

    /// <summary>
    /// Contrastive divergence, CD-k (Hinton 2002): the model's states are replaced by those that k steps of the chain reach from the data. The difference of the two mean free
    /// energies; only its gradient means something, and that is not the gradient of any function (Sutskever and Tieleman 2010), but comes near the likelihood's as k grows.
    /// </summary>
    /// <param name="v">A batch of data, [B, visible].</param>
    /// <param name="steps">k.</param>
    /// <returns>A scalar to call <see cref="Tensor.Backward()"/> on.</returns>
    public Tensor ContrastiveDivergence(Tensor v, int steps = 1) => Difference(v, Gibbs(v, steps));

    /// <summary>
    /// Persistent contrastive divergence (Tieleman 2008): the chains are not started at the data but go on from step to step, and so find states that the model believes in far from
    /// the data.
    /// </summary>
    /// <param name="v">A batch of data, [B, visible].</param>
    /// <param name="particles">The chains' states, [any number, visible], which this moves on.</param>
    /// <param name="steps">Steps of the chains.</param>
    /// <returns>A scalar to call <see cref="Tensor.Backward()"/> on.</returns>
    public Tensor PersistentContrastiveDivergence(Tensor v, Tensor particles, int steps = 1)
    {
        Units(particles, Visible, nameof(particles));
        Tensor moved = Gibbs(particles, steps);
        particles.CopyFrom(moved);

        // Not the particles themselves: they move on, and the graph is to remember where they were.
        return Difference(v, moved);
    }

    /// <summary>log Z, the logarithm of the sum of e^-E over all states: exact, by going through all states of the smaller layer while the other is summed in closed form.</summary>
    /// <returns>A scalar, differentiable; for its value alone open a <see cref="NoGrad"/>, which saves memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The smaller layer has more than <see cref="BinaryStates.MaxUnits"/> units.</exception>
    public Tensor LogPartition() => LogPartition(overHidden: Hidden <= Visible);

    /// <summary>log p(v) = -F(v) - log Z in nats, exact, for machines whose smaller layer can be enumerated.</summary>
    /// <param name="v">[B, visible].</param>
    /// <returns>[B], differentiable: its mean can be maximised instead of an estimate, which is maximum likelihood. For grey values, which are not among the states, a value of the
    /// same formula but no probability.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The smaller layer has more than <see cref="BinaryStates.MaxUnits"/> units.</exception>
    public Tensor LogProbability(Tensor v) => -FreeEnergy(v) - LogPartition();

    /// <summary>Trains by contrastive divergence for a number of passes.</summary>
    /// <param name="inputs">[N, visible], numbers from 0 to 1.</param>
    /// <param name="optimizer">Made with this machine's parameters.</param>
    /// <param name="epochs">How many passes.</param>
    /// <param name="batchSize">Examples in a batch.</param>
    /// <param name="steps">k of CD-k.</param>
    /// <param name="particles">When given, persistent contrastive divergence with these chains.</param>
    /// <param name="shuffle">Orders the examples; <see cref="Generator.Default"/> when null.</param>
    /// <returns>The mean squared error of the reconstruction in each pass: something to watch, though not what falls in training.</returns>
    /// <exception cref="ArgumentException">The inputs are not [N, visible], a number is out of its range, or the optimizer is another model's.</exception>
    public IReadOnlyList<double> Fit(Tensor inputs, Optimizer optimizer, int epochs, int batchSize, int steps = 1, Tensor? particles = null, Generator? shuffle = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        Requires.AtLeast("RestrictedBoltzmannMachine.Fit", nameof(epochs), epochs, 0);
        Requires.AtLeast("RestrictedBoltzmannMachine.Fit", nameof(batchSize), batchSize, 1);
        if (!Parameters.Intersect(optimizer.Parameters).Any())
        {
            throw new ArgumentException("RestrictedBoltzmannMachine.Fit: the optimizer has none of the machine's parameters, so nothing would be learned; make it with those of this machine.", nameof(optimizer));
        }

        Dataset data = new(Units(inputs, Visible, nameof(inputs)), Tensor.Zeros(inputs.Shape[0]));
        List<double> errors = [];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            double error = 0;
            using IEnumerator<Batch> batches = data.Batches(batchSize, shuffle ?? Generator.Default).GetEnumerator();
            while (true)
            {
                using Tape tape = new();
                if (!batches.MoveNext())
                {
                    break;
                }

                Tensor v = batches.Current.Inputs;
                optimizer.ZeroGrad();
                Tensor loss = particles is { } chains ? PersistentContrastiveDivergence(v, chains, steps) : ContrastiveDivergence(v, steps);
                loss.Backward();
                optimizer.Step();
                using NoGrad off = new();
                error += (Reconstruct(v) - v).Square().Mean().Item() * v.Shape[0];
            }

            errors.Add(error / data.Count);
        }

        return errors;
    }

    /// <summary>log Z by the states of one layer or of the other: e^-F(h) of a state h of the hidden layer is as easy as e^-F(v).</summary>
    internal Tensor LogPartition(bool overHidden)
    {
        Tensor states = BinaryStates.All(overHidden ? Hidden : Visible);
        if (NoGrad.IsRecording)
        {
            return BinaryStates.LogSumExp(Weights(states));
        }

        // No graph has to be kept: some states at a time, each time in the same memory.
        Tensor parts = Tensor.Empty((states.Shape[0] + StatesAtATime - 1) / StatesAtATime);
        for (int i = 0; i < parts.Length; i++)
        {
            using Tape tape = new();
            int start = i * StatesAtATime;
            parts[i] = BinaryStates.LogSumExp(Weights(states.Slice(0, start, Math.Min(StatesAtATime, states.Shape[0] - start)))).Item();
        }

        return BinaryStates.LogSumExp(parts);

        Tensor Weights(Tensor units) => overHidden ? (units * HiddenBias).Sum(1) + VisibleInputs(units).Softplus().Sum(1) : -FreeEnergy(units);
    }

    private Tensor Difference(Tensor data, Tensor model) => FreeEnergy(data).Mean() - FreeEnergy(model).Mean();
}
