using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Models;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Pretraining;

/// <summary>pretrain.free-energy: the free energy of a restricted Boltzmann machine (lecture perc, "Предобучение").</summary>
internal static class PretrainFreeEnergy
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor, Tensor>>(
        "pretrain.free-energy", "13-pretraining", Level.Easy, "the free energy", reference: (v, weight, a, b) =>
        {
            Tensor input = v.MatMul(weight.Transpose()) + b; // b_j + (W v)_j
            Tensor factors = input.Relu() + (1 + (-input.Abs()).Exp()).Log(); // log(1 + e^x), and e^x never overflows
            return -((v * a).Sum(1) + factors.Sum(1));
        })
    {
        Cases =
        [
            new("a picture of three pixels", f => Ask(f, 1, 3, 2, 1)),
            new("a batch of six", f => Ask(f, 6, 5, 4, 1)),
            new("weights of some hundreds", f => Ask(f, 6, 4, 5, 200)),
        ],
        Ideas =
        [
            new("the sign", (v, weight, a, b) => (v * a).Sum(1) + Input(v, weight, b).Softplus().Sum(1),
                "A likely picture has a low energy. Which sign has F in e^-F?"),
            new("the visible biases forgotten", (v, weight, a, b) => -Input(v, weight, b).Softplus().Sum(1),
                "Put W = 0. Should the pixels still matter?"),
            new("one factor for all hidden units together", (v, weight, a, b) => -((v * a).Sum(1) + Input(v, weight, b).Sum(1).Softplus()),
                "Two hidden units have four states. How many terms has your sum over h, and do they part into factors?"),
            new("only the states with all units on", (v, weight, a, b) => -((v * a).Sum(1) + Input(v, weight, b).Sum(1)),
                "Each h_j may be 0 or 1. Which of the two is missing?"),
            new("the probability in place of the logarithm of the sum", (v, weight, a, b) => -((v * a).Sum(1) + Input(v, weight, b).Sigmoid().Sum(1)),
                "That is how likely the hidden units are on. What is the logarithm of 1 + e^x?"),
            new("an exponential that overflows", (v, weight, a, b) => -((v * a).Sum(1) + (1 + Input(v, weight, b).Exp()).Log().Sum(1)),
                "The formula is right. How large is e^200 in a float? And what is log(1 + e^200), to all digits that a float has?"),
        ],
        Alternatives =
        [
            (v, weight, a, b) => -((v * a).Sum(1) + Input(v, weight, b).Softplus().Sum(1)),
            (v, weight, a, b) =>
            {
                RestrictedBoltzmannMachine machine = new(a.Length, b.Length);
                machine.Weight.CopyFrom(weight);
                machine.VisibleBias.CopyFrom(a);
                machine.HiddenBias.CopyFrom(b);
                return machine.FreeEnergy(v);
            },
        ],
        Hints =
        [
            "Take minus the logarithm of e^(a v) times the product over j of (1 + e^(b_j + (W v)_j)). A product becomes a sum.",
            "The inputs of the hidden units are v W^T + b, [B, hidden]. log(1 + e^x) of each is x.Softplus(), which does not overflow; add up over the hidden units.",
        ],
    };

    private static Tensor Input(Tensor v, Tensor weight, Tensor b) => v.MatMul(weight.Transpose()) + b;

    private static object? Ask(Func<Tensor, Tensor, Tensor, Tensor, Tensor> answer, int batch, int visible, int hidden, double size) => answer(
        (Tensor.RandN([batch, visible], new Generator(1)) + 0.4).BinaryStep(), Tensor.RandN([hidden, visible], new Generator(2)) * size,
        Tensor.RandN([visible], new Generator(3)) + 1, Tensor.RandN([hidden], new Generator(4)));
}
