using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Models;
using CourseLib.Tensors;

namespace CourseLib.Tests.Models;

/// <summary>Machines small enough to go through all states, by loops in double precision: the definition that the library is compared with.</summary>
internal static class TinyMachine
{
    /// <summary>A machine with weights and biases large enough to matter.</summary>
    internal static RestrictedBoltzmannMachine Make(int visible, int hidden, ulong seed)
    {
        Generator generator = new(seed);
        RestrictedBoltzmannMachine machine = new(visible, hidden, new Normal(0, 1), generator);
        generator.Normal(machine.VisibleBias.Span, 0, 0.7f);
        generator.Normal(machine.HiddenBias.Span, 0, 0.7f);
        return machine;
    }

    /// <summary>Unit u of state i, as <see cref="BinaryStates.All"/> numbers them.</summary>
    internal static int Bit(int state, int units, int unit) => (state >> (units - 1 - unit)) & 1;

    /// <summary>E(v, h) from the states' numbers.</summary>
    internal static double Energy(RestrictedBoltzmannMachine machine, int v, int h)
    {
        (int visible, int hidden) = (machine.Visible, machine.Hidden);
        double energy = 0;
        for (int i = 0; i < visible; i++)
        {
            energy -= machine.VisibleBias[i] * Bit(v, visible, i);
        }

        for (int j = 0; j < hidden; j++)
        {
            energy -= machine.HiddenBias[j] * Bit(h, hidden, j);
            for (int i = 0; i < visible; i++)
            {
                energy -= (double)machine.Weight[j, i] * Bit(h, hidden, j) * Bit(v, visible, i);
            }
        }

        return energy;
    }

    /// <summary>p(v, h) for all states.</summary>
    internal static double[,] Joint(RestrictedBoltzmannMachine machine, out double logPartition)
    {
        double[,] joint = new double[1 << machine.Visible, 1 << machine.Hidden];
        double z = 0;
        for (int v = 0; v < joint.GetLength(0); v++)
        {
            for (int h = 0; h < joint.GetLength(1); h++)
            {
                z += joint[v, h] = Math.Exp(-Energy(machine, v, h));
            }
        }

        for (int v = 0; v < joint.GetLength(0); v++)
        {
            for (int h = 0; h < joint.GetLength(1); h++)
            {
                joint[v, h] /= z;
            }
        }

        logPartition = Math.Log(z);
        return joint;
    }

    /// <summary>The sums of the rows: p(v).</summary>
    internal static double[] Marginal(double[,] joint) =>
        [.. Enumerable.Range(0, joint.GetLength(0)).Select(v => Enumerable.Range(0, joint.GetLength(1)).Sum(h => joint[v, h]))];

    /// <summary>How often each state occurs among the rows.</summary>
    internal static double[] Frequencies(Tensor states)
    {
        (int count, int units) = (states.Shape[0], states.Shape[1]);
        double[] frequencies = new double[1 << units];
        for (int row = 0; row < count; row++)
        {
            int state = 0;
            for (int unit = 0; unit < units; unit++)
            {
                state = (2 * state) + (int)states[row, unit];
            }

            frequencies[state] += 1.0 / count;
        }

        return frequencies;
    }

    /// <summary>Fails unless each frequency among independent draws is within five standard deviations of its probability.</summary>
    internal static void AssertDrawnFrom(double[] probabilities, double[] frequencies, int draws) =>
        Assert.All(probabilities.Zip(frequencies), pair => Assert.Equal(pair.First, pair.Second, 5 * Math.Sqrt(pair.First * (1 - pair.First) / draws)));
}
