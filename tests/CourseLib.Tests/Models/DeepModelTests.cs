using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Models;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Models;

/// <summary>The deep belief net and the deep Boltzmann machine on 3-2-2 units, against sums over all states.</summary>
[Term("Deep Boltzmann machine")]
public class DeepModelTests
{
    private readonly RestrictedBoltzmannMachine first = TinyMachine.Make(3, 2, 21);
    private readonly RestrictedBoltzmannMachine second = TinyMachine.Make(2, 2, 22);

    [Fact]
    public void The_two_models_of_one_stack_are_the_sums_and_differ()
    {
        double[] belief = Belief();
        double[] boltzmann = Boltzmann();
        Tensor v = BinaryStates.All(3);
        Tensor net = new DeepBeliefNet(first, second).LogProbability(v), machine = new DeepBoltzmannMachine(first, second).LogProbability(v);
        Assert.All(Enumerable.Range(0, 8), state => Assert.Equal(Math.Log(belief[state]), net[state], 1e-5 * Math.Max(1, -net[state])));
        Assert.All(Enumerable.Range(0, 8), state => Assert.Equal(Math.Log(boltzmann[state]), machine[state], 1e-5 * Math.Max(1, -machine[state])));
        Assert.Equal(1, belief.Sum(), 1e-9);
        Assert.True(belief.Zip(boltzmann, (p, q) => Math.Abs(p - q)).Sum() > 0.05);
    }

    [Fact]
    public void With_one_machine_both_are_that_machine()
    {
        Tensor v = BinaryStates.All(3);
        float[] expected = first.LogProbability(v).ToArray();
        Assert.Equal(expected, new DeepBeliefNet(first).LogProbability(v).ToArray());
        Assert.All(expected.Zip(new DeepBoltzmannMachine(first).LogProbability(v).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Samples_come_from_the_models()
    {
        const int Draws = 40_000;
        DeepBeliefNet net = new(first, second);
        Tensor probabilities = net.Sample(Draws, 40, new Generator(1));
        TinyMachine.AssertDrawnFrom(Belief(), TinyMachine.Frequencies(BinaryStates.Sample(probabilities, new Generator(2))), Draws);

        DeepBoltzmannMachine machine = new(new Generator(3), first, second);
        Tensor[] layers = [Tensor.Zeros(Draws, 3), Tensor.Zeros(Draws, 2), Tensor.Zeros(Draws, 2)];
        machine.Gibbs(layers, 40);
        double[] frequencies = TinyMachine.Frequencies(layers[0]);
        TinyMachine.AssertDrawnFrom(Boltzmann(), frequencies, Draws);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => TinyMachine.AssertDrawnFrom(Belief(), frequencies, Draws));
    }

    [Fact]
    public void Mean_field_is_a_fixed_point_and_lowers_the_bounds_gap()
    {
        DeepBoltzmannMachine machine = new(first, second);
        Tensor v = BinaryStates.All(3);
        Tensor[] once = machine.MeanField(v, 1), many = machine.MeanField(v, 60), more = machine.MeanField(v, 61);
        Assert.All(many[1].ToArray().Zip(more[1].ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        double exact = machine.LogProbability(v).Mean().Item(), start = Bound(machine, once), end = Bound(machine, many);
        Assert.True(start < end && end <= exact + 1e-5, FormattableString.Invariant($"bound {start}, then {end}, exact {exact}"));
    }

    [Fact]
    public void The_variational_loss_raises_the_likelihood()
    {
        // 001 in seven of ten, else one of its neighbours: an entropy of 0.94.
        int[] neighbours = [0, 3, 5];
        Tensor data = BinaryStates.All(3).SelectRows([.. Enumerable.Range(0, 100).Select(row => row % 10 < 7 ? 1 : neighbours[(row % 10) - 7])]);
        DeepBoltzmannMachine machine = new(new Generator(5), new RestrictedBoltzmannMachine(3, 4, generator: new Generator(6)), new RestrictedBoltzmannMachine(4, 2, generator: new Generator(7)));
        Adam optimizer = new(machine.Parameters, 0.02);
        Tensor[] particles = [Tensor.Zeros(100, 3), Tensor.Zeros(100, 4), Tensor.Zeros(100, 2)];
        double before = machine.LogProbability(data).Mean().Item();
        for (int step = 0; step < 600; step++)
        {
            using Tape tape = new();
            optimizer.ZeroGrad();
            machine.VariationalLoss(data, particles).Backward();
            optimizer.Step();
        }

        Assert.InRange(machine.LogProbability(data).Mean().Item(), before + 0.5, -0.94);
    }

    [Fact]
    [Term("Pretraining")]
    public void A_stack_is_trained_from_first_to_last_and_becomes_an_encoder()
    {
        Generator generator = new(3);
        Tensor data = BinaryStates.Sample(Tensor.Rand([60, 1], generator) * Tensor.Ones(1, 12), generator);
        DeepBeliefNet net = new(new RestrictedBoltzmannMachine(12, 6, generator: generator), new RestrictedBoltzmannMachine(6, 3, generator: generator));
        float[] untouched = net.Machines[1].Weight.ToArray();
        IReadOnlyList<IReadOnlyList<double>> errors = net.Pretrain(data, 20, 10, parameters => new Adam(parameters, 0.02), shuffle: generator);
        Assert.Equal([20, 20], errors.Select(curve => curve.Count));
        Assert.True(errors[0][^1] < errors[0][0]);
        Assert.NotEqual(untouched, net.Machines[1].Weight.ToArray());
        Sequential encoder = net.ToEncoder();
        Assert.Equal(net.Forward(data).ToArray(), encoder.Forward(data).ToArray());
        Assert.Equal((12 * 6) + 6 + (6 * 3) + 3, encoder.ParameterCount);

        // Fine-tuning the copy leaves the net alone.
        encoder.Parameters[0].Fill(0);
        Assert.NotEqual(net.Forward(data).ToArray(), encoder.Forward(data).ToArray());
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        string error = Assert.Throws<ArgumentException>(() => new DeepBeliefNet(second, first)).Message;
        Assert.Contains("machine 1 has 3 visible units", error, StringComparison.Ordinal);
        Assert.Contains("3 layers", Assert.Throws<ArgumentException>(() => new DeepBoltzmannMachine(first, second).Energy(Tensor.Zeros(1, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("machine 1 is null", Assert.Throws<ArgumentNullException>(() => new DeepBeliefNet(first, null!)).Message, StringComparison.Ordinal);
        Assert.Contains("expected (batch, ", Assert.Throws<ArgumentException>(() => new DeepBeliefNet(first, second).LogProbability(Tensor.Zeros(1, 99))).Message, StringComparison.Ordinal);
        Assert.Contains("count must be at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new DeepBeliefNet(first, second).Sample(0)).Message, StringComparison.Ordinal);
        DeepBoltzmannMachine deep = new(first, second);
        Tensor[] tooFew = [Tensor.Zeros(1, first.Visible)], tooNarrow = [Tensor.Zeros(1, first.Visible), Tensor.Zeros(1, first.Hidden + 1), Tensor.Zeros(1, second.Hidden)];
        Assert.Contains("expected layers to be the states of 3 layers", Assert.Throws<ArgumentException>(() => deep.Gibbs(tooFew)).Message, StringComparison.Ordinal);
        Assert.Contains("expected particles[1] of shape (batch, ", Assert.Throws<ArgumentException>(() => deep.VariationalLoss(Tensor.Zeros(1, first.Visible), tooNarrow)).Message, StringComparison.Ordinal);
        Assert.Contains("sizes.Length must be at least 2", Assert.Throws<ArgumentOutOfRangeException>(() => StackedAutoencoder.Dense([4])).Message, StringComparison.Ordinal);
        Assert.Contains("machines", Assert.ThrowsAny<ArgumentException>(() => new DeepBoltzmannMachine()).Message, StringComparison.Ordinal);
        Assert.Equal("DeepBoltzmannMachine(3, 2, 2)", new DeepBoltzmannMachine(first, second).ToString());
    }

    /// <summary>p(v) = sum over h1 of p(v | h1) p(h1), p(h1) from the second machine.</summary>
    private double[] Belief()
    {
        double[] prior = TinyMachine.Marginal(TinyMachine.Joint(second, out _));
        double[,] joint = TinyMachine.Joint(first, out _);
        return [.. Enumerable.Range(0, 8).Select(v => Enumerable.Range(0, 4).Sum(h => prior[h] * joint[v, h] / Enumerable.Range(0, 8).Sum(u => joint[u, h])))];
    }

    /// <summary>p(v) proportional to the sum over h1, h2 of e^-E; h1 has the first machine's bias, so the second's visible bias is left out.</summary>
    private double[] Boltzmann()
    {
        double[] sums = [.. Enumerable.Range(0, 8).Select(v => Enumerable.Range(0, 4).Sum(h => Enumerable.Range(0, 4).Sum(g => Math.Exp(
            -TinyMachine.Energy(first, v, h) - TinyMachine.Energy(second, h, g) - Enumerable.Range(0, 2).Sum(j => second.VisibleBias[j] * TinyMachine.Bit(h, 2, j))))))];
        return [.. sums.Select(sum => sum / sums.Sum())];
    }

    /// <summary>The mean over v of log p(v) - KL(q || p(h | v)) = log p*(v, q) + entropy - log Z.</summary>
    private static double Bound(DeepBoltzmannMachine machine, Tensor[] layers)
    {
        double entropy = layers.Skip(1).Sum(layer => layer.ToArray().Sum(p => -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p)))) / layers[0].Shape[0];
        Tensor v = layers[0];
        Tensor h = BinaryStates.All(2);
        double z = 0;
        foreach (int state in Enumerable.Range(0, 8))
        {
            foreach (int pair in Enumerable.Range(0, 16))
            {
                z += Math.Exp(-machine.Energy(v.Slice(0, state, 1), h.Slice(0, pair / 4, 1), h.Slice(0, pair % 4, 1)).Item());
            }
        }

        return -machine.Energy(layers).Mean().Item() + entropy - Math.Log(z);
    }
}
