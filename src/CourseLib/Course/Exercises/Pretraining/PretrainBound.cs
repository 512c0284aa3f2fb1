using CourseLib.Course.Grading;
using CourseLib.Initializers;
using CourseLib.Kernels;
using CourseLib.Models;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Pretraining;

/// <summary>pretrain.bound: why a second machine helps, the lower bound of a deep belief net (lecture perc, "Предобучение"; Hinton, Osindero and Teh 2006).</summary>
internal static class PretrainBound
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, RestrictedBoltzmannMachine, RestrictedBoltzmannMachine, Tensor>>(
        "pretrain.bound", "13-pretraining", Level.Hard, "why a second machine helps", reference: (v, first, second) =>
        {
            Tensor states = BinaryStates.All(first.Hidden);          // [S, H], every h
            Tensor on = first.HiddenProbabilities(v);                // [B, H]
            Tensor logQ = on.Log().MatMul(states.Transpose()) + (1 - on).Log().MatMul((1 - states).Transpose()); // [B, S]
            Tensor ink = first.VisibleProbabilities(states);         // [S, V]
            Tensor logPixels = v.MatMul(ink.Log().Transpose()) + (1 - v).MatMul((1 - ink).Log().Transpose());    // log p(v | h)
            Tensor logTop = second.LogProbability(states);           // [S]: h is what the second machine sees
            return (logQ.Exp() * (logPixels + logTop - logQ)).Sum(1);
        })
    {
        Cases =
        [
            new("a second machine of its own", f => Ask(f, 3, 2, 2)),
            new("4 pixels, 3 and 4 units", f => Ask(f, 4, 3, 4)),
            new("the first machine upside down on top", f => f(BinaryStates.All(4), Machine(4, 3, 1), UpsideDown(Machine(4, 3, 1)))),
        ],
        Ideas =
        [
            new("the logarithm of the sum", (v, first, second) => new DeepBeliefNet(first, second).LogProbability(v),
                "That is log p(v) itself, what the bound lies under. On which side of the sum does its logarithm stand?"),
            new("the entropy forgotten", (v, first, second) => Bound(v, first, second, entropy: 0),
                "Three logarithms stand in the bracket. Which of them does not know the second machine, nor how a picture is drawn?"),
            new("the entropy with the other sign", (v, first, second) => Bound(v, first, second, entropy: -1),
                "Is the logarithm of a quotient p/q the sum or the difference of two logarithms?"),
            new("the first machine's own p(h)", (v, first, second) => first.LogProbability(v),
                "Exactly as if there were no second machine. Who says in the deep belief net how likely an h is?"),
            new("every h alike", (v, first, second) => Alike(v, first, second),
                "By which probabilities is the mean over h taken? They depend on v."),
            new("the probabilities of h in place of its states", (v, first, second) => AtMean(v, first, second),
                "One term for the mean h, in place of the mean of the terms of all h. Is the logarithm a straight line?"),
        ],
        Alternatives =
        [
            (v, first, second) => Bound(v, first, second, entropy: 1),
        ],
        Hints =
        [
            "Make three tables with a column for each of the 2^H states of h: log q(h|v), log p(v|h) and, the same for all v, log p of h under the second machine.",
            "q is a product over the units: log q = sum of h log p + (1 - h) log(1 - p), two products of matrices with BinaryStates.All(first.Hidden). The same for p(v|h) with first.VisibleProbabilities.",
        ],
    };

    // By softplus: log of the probability of a unit that is on or off is unit times input minus softplus(input).
    private static Tensor Bound(Tensor v, RestrictedBoltzmannMachine first, RestrictedBoltzmannMachine second, double entropy)
    {
        Tensor states = BinaryStates.All(first.Hidden);
        Tensor logQ = LogHidden(v, first, states);
        return (logQ.Exp() * (LogPixels(v, first, states) + second.LogProbability(states))).Sum(1) - (entropy * (logQ.Exp() * logQ).Sum(1));
    }

    private static Tensor Alike(Tensor v, RestrictedBoltzmannMachine first, RestrictedBoltzmannMachine second)
    {
        Tensor states = BinaryStates.All(first.Hidden);
        return (LogPixels(v, first, states) + second.LogProbability(states)).Mean(1) + (first.Hidden * Math.Log(2));
    }

    private static Tensor AtMean(Tensor v, RestrictedBoltzmannMachine first, RestrictedBoltzmannMachine second)
    {
        Tensor on = first.HiddenProbabilities(v), inputs = on.MatMul(first.Weight) + first.VisibleBias, logQ = LogHidden(v, first, BinaryStates.All(first.Hidden));
        return (v * inputs).Sum(1) - inputs.Softplus().Sum(1) + second.LogProbability(on) - (logQ.Exp() * logQ).Sum(1);
    }

    private static Tensor LogHidden(Tensor v, RestrictedBoltzmannMachine first, Tensor states)
    {
        Tensor inputs = v.MatMul(first.Weight.Transpose()) + first.HiddenBias;
        return inputs.MatMul(states.Transpose()) - inputs.Softplus().Sum(1, keepDim: true);
    }

    private static Tensor LogPixels(Tensor v, RestrictedBoltzmannMachine first, Tensor states)
    {
        Tensor inputs = states.MatMul(first.Weight) + first.VisibleBias;
        return v.MatMul(inputs.Transpose()) - inputs.Softplus().Sum(1);
    }

    private static object? Ask(Func<Tensor, RestrictedBoltzmannMachine, RestrictedBoltzmannMachine, Tensor> answer, int visible, int hidden, int top) =>
        answer(BinaryStates.All(visible), Machine(visible, hidden, 1), Machine(hidden, top, 5));

    private static RestrictedBoltzmannMachine Machine(int visible, int hidden, ulong seed)
    {
        RestrictedBoltzmannMachine machine = new(visible, hidden, new Normal(), new Generator(seed));
        machine.VisibleBias.CopyFrom(Tensor.RandN([visible], new Generator(seed + 1)));
        machine.HiddenBias.CopyFrom(Tensor.RandN([hidden], new Generator(seed + 2)));
        return machine;
    }

    private static RestrictedBoltzmannMachine UpsideDown(RestrictedBoltzmannMachine machine)
    {
        RestrictedBoltzmannMachine turned = new(machine.Hidden, machine.Visible);
        turned.Weight.CopyFrom(machine.Weight.Detach().Transpose());
        turned.VisibleBias.CopyFrom(machine.HiddenBias);
        turned.HiddenBias.CopyFrom(machine.VisibleBias);
        return turned;
    }
}
