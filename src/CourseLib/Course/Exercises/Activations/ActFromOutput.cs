using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Activations;

/// <summary>act.from-output: derivatives of activations from their outputs alone (lecture intro, "Функции активации").</summary>
internal static class ActFromOutput
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)>>(
        "act.from-output", "02-activations", Level.Easy, "three slopes from the outputs", reference: (sigmoid, tanh, softplus) =>
            (sigmoid * (1 - sigmoid), 1 - tanh.Square(), 1 - (-softplus).Exp()))
    {
        Cases =
        [
            new("one input", f => Of(f, Tensor.From([0.7f]))),
            new("a batch of four units", f => Of(f, Tensor.RandN([5, 4], new Generator(1)))),
            new("inputs from -4 to 4", f => Of(f, Tensor.Linspace(-4, 4, 33))),
        ],
        Ideas =
        [
            new("the outputs put in for x", (sigmoid, tanh, softplus) => (sigmoid.Sigmoid() * (1 - sigmoid.Sigmoid()), 1 - tanh.Tanh().Square(), softplus.Sigmoid()),
                "What you are given went through the activation already. In s(1 - s), is s the input or the output?"),
            new("tanh treated as a sigmoid", (sigmoid, tanh, softplus) => (sigmoid * (1 - sigmoid), tanh * (1 - tanh), 1 - (-softplus).Exp()),
                "At x = 0 tanh has the value 0 and its steepest slope, 1. What does your formula say there?"),
            new("tanh without the square", (sigmoid, tanh, softplus) => (sigmoid * (1 - sigmoid), 1 - tanh, 1 - (-softplus).Exp()),
                "tanh is odd, so its slope is the same at x and at -x. Is yours?"),
            new("softplus: the sigmoid of the output", (sigmoid, tanh, softplus) => (sigmoid * (1 - sigmoid), 1 - tanh.Square(), softplus.Sigmoid()),
                "The slope of softplus is the sigmoid of x. Far on the left softplus is 0: which slope should come out there?"),
            new("softplus: the rest of the slope", (sigmoid, tanh, softplus) => (sigmoid * (1 - sigmoid), 1 - tanh.Square(), (-softplus).Exp()),
                "For large x softplus is nearly x. Which slope does it have there, and which does your formula give?"),
        ],
        Alternatives =
        [
            (sigmoid, tanh, softplus) => (sigmoid - sigmoid.Square(), (1 - tanh) * (1 + tanh), (softplus.Exp() - 1) / softplus.Exp()),
        ],
        Hints =
        [
            "Write the derivative with x first. Then ask how what stands in it follows from y. Two of the three are in section 3.",
            "For softplus, y = ln(1 + e^x) gives e^y = 1 + e^x. Its slope is e^x / (1 + e^x): write both with e^y.",
        ],
    };

    private static object? Of(Func<Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)> answer, Tensor x) => answer(x.Sigmoid(), x.Tanh(), x.Softplus());
}
