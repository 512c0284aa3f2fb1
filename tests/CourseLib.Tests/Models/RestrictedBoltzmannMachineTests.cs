using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Models;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Models;

/// <summary>The machine against sums over all of its states.</summary>
[Term("Restricted Boltzmann machine")]
public class RestrictedBoltzmannMachineTests
{
    [Theory]
    [InlineData(4, 3, 1ul), InlineData(3, 5, 2ul), InlineData(6, 2, 3ul)]
    public void Energies_free_energies_and_conditionals_are_the_sums(int visible, int hidden, ulong seed)
    {
        RestrictedBoltzmannMachine machine = TinyMachine.Make(visible, hidden, seed);
        double[,] joint = TinyMachine.Joint(machine, out double logPartition);
        double[] marginal = TinyMachine.Marginal(joint);
        Tensor v = BinaryStates.All(visible), h = BinaryStates.All(hidden);
        Tensor free = machine.FreeEnergy(v), hiddenOn = machine.HiddenProbabilities(v), visibleOn = machine.VisibleProbabilities(h);
        for (int state = 0; state < marginal.Length; state++)
        {
            Assert.Equal(-Math.Log(marginal[state]) - logPartition, free[state], 1e-5 * Math.Max(1, Math.Abs(free[state])));
            for (int j = 0; j < hidden; j++)
            {
                double on = Enumerable.Range(0, 1 << hidden).Where(other => TinyMachine.Bit(other, hidden, j) == 1).Sum(other => joint[state, other]) / marginal[state];
                Assert.Equal(on, hiddenOn[state, j], 1e-5);
            }
        }

        for (int state = 0; state < 1 << hidden; state++)
        {
            Tensor same = Tensor.Zeros(1 << visible, hidden) + h.Slice(0, state, 1);
            Tensor energy = machine.Energy(v, same);
            double sum = Enumerable.Range(0, 1 << visible).Sum(other => joint[other, state]);
            Assert.All(Enumerable.Range(0, 1 << visible), other => Assert.Equal(TinyMachine.Energy(machine, other, state), energy[other], 1e-5));
            for (int i = 0; i < visible; i++)
            {
                double on = Enumerable.Range(0, 1 << visible).Where(other => TinyMachine.Bit(other, visible, i) == 1).Sum(other => joint[other, state]) / sum;
                Assert.Equal(on, visibleOn[state, i], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(4, 3, 1ul), InlineData(3, 5, 2ul), InlineData(10, 13, 3ul), InlineData(13, 2, 4ul)]
    public void The_partition_function_is_the_same_over_either_layer(int visible, int hidden, ulong seed)
    {
        RestrictedBoltzmannMachine machine = TinyMachine.Make(visible, hidden, seed);
        double over = machine.LogPartition(overHidden: true).Item(), other = machine.LogPartition(overHidden: false).Item();
        Assert.Equal(over, other, 2e-6 * over);
        Assert.Equal(over, machine.LogPartition().Item(), 2e-6 * over);
        using (new NoGrad())
        {
            // Some states at a time.
            Assert.Equal(over, machine.LogPartition(overHidden: true).Item(), 2e-6 * over);
            Assert.Equal(over, machine.LogPartition(overHidden: false).Item(), 2e-6 * over);
        }

        if (visible + hidden < 10)
        {
            TinyMachine.Joint(machine, out double exact);
            Assert.Equal(exact, over, 2e-6 * over);
        }

        Assert.Equal(1, machine.LogProbability(BinaryStates.All(visible)).Exp().Sum().Item(), 1e-4);
    }

    [Theory]
    [InlineData(4, 3), InlineData(3, 4)]
    public void The_gradient_of_the_likelihood_is_the_difference_of_two_means(int visible, int hidden)
    {
        RestrictedBoltzmannMachine machine = TinyMachine.Make(visible, hidden, 5);
        double[,] joint = TinyMachine.Joint(machine, out _);
        double[] marginal = TinyMachine.Marginal(joint);
        int[] data = [0, 3, 3, 5, 6];
        Tensor all = BinaryStates.All(visible);
        machine.LogProbability(all.SelectRows(data)).Mean().Backward();

        // <v h> of the data less <v h> of the model; the same for each unit alone.
        double[] target = [.. Enumerable.Range(0, marginal.Length).Select(state => (data.Count(row => row == state) / (double)data.Length) - marginal[state])];
        for (int i = 0; i < visible; i++)
        {
            Assert.Equal(Enumerable.Range(0, marginal.Length).Sum(v => target[v] * TinyMachine.Bit(v, visible, i)), machine.VisibleBias.Grad[i], 1e-5);
        }

        Tensor on = machine.HiddenProbabilities(all).Detach();
        for (int j = 0; j < hidden; j++)
        {
            Assert.Equal(Enumerable.Range(0, marginal.Length).Sum(v => target[v] * on[v, j]), machine.HiddenBias.Grad[j], 1e-5);
            for (int i = 0; i < visible; i++)
            {
                Assert.Equal(Enumerable.Range(0, marginal.Length).Sum(v => target[v] * on[v, j] * TinyMachine.Bit(v, visible, i)), machine.Weight.Grad[j, i], 1e-5);
            }
        }
    }

    [Fact]
    public void Gradients_equal_difference_quotients()
    {
        for (ulong seed = 1; seed <= 24; seed++)
        {
            Generator generator = new(seed);
            RestrictedBoltzmannMachine machine = TinyMachine.Make(1 + generator.NextInt(5), 1 + generator.NextInt(5), seed);
            Tensor v = Tensor.Rand([1 + generator.NextInt(4), machine.Visible], generator), h = Tensor.Rand([v.Shape[0], machine.Hidden], generator);
            foreach ((string name, Func<Tensor> function) in new (string, Func<Tensor>)[]
            {
                ("free energy", () => machine.FreeEnergy(v)), ("energy", () => machine.Energy(v, h)), ("probabilities", () => machine.Forward(v)),
                ("reconstruction", () => machine.Reconstruct(v)), ("likelihood", () => machine.LogProbability(v)),
            })
            {
                double error = GradientCheck.RelativeError(_ => function(), [v, h, .. machine.Parameters]);

                // A log probability is the difference of two larger numbers, so that a quotient of it has fewer digits.
                Assert.True(error < (name == "likelihood" ? 2e-3 : 3e-4), FormattableString.Invariant($"{name} of {machine}, seed {seed}: relative error {error}"));
            }
        }
    }

    [Fact]
    public void The_chain_ends_in_the_machines_own_distribution()
    {
        const int Chains = 40_000;
        RestrictedBoltzmannMachine machine = TinyMachine.Make(3, 2, 8);
        double[] marginal = TinyMachine.Marginal(TinyMachine.Joint(machine, out _));
        Tensor start = Tensor.Zeros(Chains, 3);
        TinyMachine.AssertDrawnFrom(marginal, TinyMachine.Frequencies(machine.Gibbs(start, 40)), Chains);

        // One step is not enough to forget the start.
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => TinyMachine.AssertDrawnFrom(marginal, TinyMachine.Frequencies(machine.Gibbs(start)), Chains));
    }

    [Fact]
    public void Long_chains_bring_contrastive_divergence_to_the_likelihoods_gradient()
    {
        RestrictedBoltzmannMachine machine = TinyMachine.Make(4, 3, 12);
        Tensor data = Tensor.Zeros(60_000, 4) + Tensor.From([1f, 1, 0, 0]);
        (-machine.LogProbability(data).Mean()).Backward();
        float[] exact = machine.Weight.Grad.ToArray();
        double one = Distance(() => machine.ContrastiveDivergence(data)), many = Distance(() => machine.ContrastiveDivergence(data, 40));
        double persistent = Distance(() => machine.PersistentContrastiveDivergence(data, Tensor.Zeros(60_000, 4), 40));

        // 60,000 draws: a standard error of 0.002 for each of the 12 weights.
        Assert.InRange(many, 0, 0.02);
        Assert.InRange(persistent, 0, 0.02);
        Assert.True(one > 0.05, FormattableString.Invariant($"CD-1 is {one} away"));

        double Distance(Func<Tensor> loss)
        {
            machine.ZeroGrad();
            loss().Backward();
            return Math.Sqrt(machine.Weight.Grad.ToArray().Zip(exact, (a, b) => Math.Pow(a - b, 2)).Sum());
        }
    }

    [Theory]
    [InlineData(1, false, 0.03), InlineData(5, false, 0.03), InlineData(5, true, 0.005)]
    public void Training_raises_the_exact_likelihood(int steps, bool persistent, double rate)
    {
        // Bars and stripes on 3 x 3: 14 pictures.
        Tensor data = BinaryStates.All(9).SelectRows([.. Enumerable.Range(0, 512).Where(IsBarsOrStripes)]);
        Assert.Equal(14, data.Shape[0]);
        RestrictedBoltzmannMachine machine = new(9, 8, generator: new Generator(1));
        double before = Likelihood();
        Assert.Equal(-9 * Math.Log(2), before, 0.05);
        Tensor? particles = persistent ? BinaryStates.Sample(Tensor.Full(0.5, 100, 9), new Generator(2)) : null;
        float[]? start = particles?.ToArray();
        IReadOnlyList<double> errors = machine.Fit(Repeat(data, 10), new Adam(machine.Parameters, rate), 300, 14, steps, particles, new Generator(3));
        double after = Likelihood();

        // Chains that go on must be given time to follow (a small rate). Nobody can do better than one in fourteen.
        Assert.InRange(after, before + 2, -Math.Log(14));
        Assert.True(errors[^1] < errors[0]);
        Assert.Equal(300, errors.Count);
        Assert.True(start is null || !start.SequenceEqual(particles!.Value.ToArray()));

        double Likelihood()
        {
            using NoGrad off = new();
            return machine.LogProbability(data).Mean().Item();
        }
    }

    [Fact]
    public void The_encoder_is_the_machines_hidden_layer()
    {
        RestrictedBoltzmannMachine machine = TinyMachine.Make(5, 3, 4);
        Tensor v = Tensor.Rand([4, 5], new Generator(1));
        Assert.Equal(machine.Forward(v).ToArray(), machine.ToEncoder().Forward(v).ToArray());
        Assert.Equal("RestrictedBoltzmannMachine(5, 3)", machine.ToString());
        Assert.Equal(15 + 5 + 3, machine.ParameterCount);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        RestrictedBoltzmannMachine machine = new(5, 3);
        Assert.Contains("(batch, 5)", Error(() => machine.FreeEnergy(Tensor.Zeros(2, 4))), StringComparison.Ordinal);
        Assert.Contains("(batch, 3)", Error(() => machine.SampleVisible(Tensor.Zeros(3))), StringComparison.Ordinal);
        Assert.Contains("visible", Error(() => new RestrictedBoltzmannMachine(0, 3)), StringComparison.Ordinal);
        Assert.Contains("20 units", Error(() => new RestrictedBoltzmannMachine(21, 21).LogPartition()), StringComparison.Ordinal);
        Assert.Contains("steps", Error(() => machine.ContrastiveDivergence(Tensor.Zeros(2, 5), 0)), StringComparison.Ordinal);

        Tensor data = Tensor.Zeros(4, machine.Visible);
        SGD own = new(machine.Parameters, 0.1), other = new([Tensor.Parameter(1)], 0.1);
        Assert.Contains("the optimizer has none of the machine's parameters", Error(() => machine.Fit(data, other, 1, 2)), StringComparison.Ordinal);
        Assert.Contains("epochs must be at least 0", Error(() => machine.Fit(data, own, -1, 2)), StringComparison.Ordinal);
        Assert.Contains("expected particles of shape", Error(() => machine.Fit(data, own, 1, 2, particles: Tensor.Zeros(3, machine.Visible + 1))), StringComparison.Ordinal);

        static string Error(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }

    private static bool IsBarsOrStripes(int state)
    {
        int[] rows = [state >> 6, (state >> 3) & 7, state & 7];
        return rows.All(row => row == rows[0]) || rows.All(row => row is 0 or 7);
    }

    private static Tensor Repeat(Tensor data, int times) => data.SelectRows([.. Enumerable.Range(0, data.Shape[0] * times).Select(row => row % data.Shape[0])]);
}
