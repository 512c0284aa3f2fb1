using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Activations;

/// <summary>act.acon: the gradients by which ACON-C learns its shape (lecture cnn, "Ещё о функциях активации").</summary>
internal static class ActAcon
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)>>(
        "act.acon", "02-activations", Level.Hard, "the gradients of ACON's three parameters", reference: (dy, x, a1, a2, beta) =>
        {
            Tensor d = a1 - a2, u = beta * d * x, gate = u.Sigmoid();
            Tensor slope = gate * (1 - gate), q = gate + (u * slope); // q is the derivative of u sigma(u)
            Tensor byA1 = x * q, byA2 = x * (1 - q), byBeta = (d * x).Square() * slope;
            return ((dy * byA1).Sum(0), (dy * byA2).Sum(0), (dy * byBeta).Sum(0));
        })
    {
        Cases =
        [
            new("one unit, one example", f => f(Tensor.Ones(1, 1), Tensor.Full(0.8, 1, 1), Tensor.Full(1.2, 1), Tensor.Full(-0.8, 1), Tensor.Full(1.5, 1))),
            new("six examples, three units", f => f(Draw(1, 6, 3), Draw(2, 6, 3), Draw(3, 3), Draw(4, 3), Draw(5, 3))),
            new("twenty examples, two units, a beta of 2", f => f(Draw(6, 20, 2), Draw(7, 20, 2), Draw(8, 2), Draw(9, 2), Tensor.Full(2, 2))),
        ],
        Ideas =
        [
            new("the mean over the batch", (dy, x, a1, a2, beta) => Of(dy / x.Shape[0], x, a1, a2, beta),
                "All examples use the same a1. The loss changes through each of them: do these changes add up, or are they averaged?"),
            new("the gradient from above is left out", (dy, x, a1, a2, beta) => Of(Tensor.Ones(x.Shape), x, a1, a2, beta),
                "dy says how the loss changes with each output. Where does the chain rule want it?"),
            new("the sigmoid taken as a constant", (dy, x, a1, a2, beta) => Of(dy, x, a1, a2, beta, inside: 0),
                "a1 and a2 occur twice: in front of the sigmoid and inside it. Did you derive both places?"),
            new("a2 pulls the sigmoid the same way as a1", (dy, x, a1, a2, beta) => Mixed(dy, x, a1, a2, beta),
                "Inside the sigmoid stands a1 - a2. Which sign does a2's inner derivative get?"),
            new("beta: a factor of (a1 - a2) x is missing", (dy, x, a1, a2, beta) => Of(dy, x, a1, a2, beta, power: 1),
                "Derive (a1 - a2) x sigma(beta (a1 - a2) x) by beta: what stands in front stays, and what does the chain rule put beside it?"),
            new("beta: sigma instead of its derivative", (dy, x, a1, a2, beta) => (Of(dy, x, a1, a2, beta).Item1, Of(dy, x, a1, a2, beta).Item2,
                    (dy * ((a1 - a2) * x).Square() * (beta * (a1 - a2) * x).Sigmoid()).Sum(0)),
                "beta stands inside the sigmoid. What is the outer derivative?"),
        ],
        Alternatives =
        [
            (dy, x, a1, a2, beta) =>
            {
                Tensor first = a1.Clone().AsParameter(), second = a2.Clone().AsParameter(), third = beta.Clone().AsParameter();
                x.Acon(first, second, third).Backward(dy);
                return (first.Grad, second.Grad, third.Grad);
            },
        ],
        Hints =
        [
            "Put d = a1 - a2 and u = beta d x. Then f = d x sigma(u) + a2 x. Derive it by a1, by a2 and by beta for one example; all three stand inside u.",
            "With q = sigma(u) + u sigma'(u) from section 8 the first two are x q and x (1 - q). Multiply each by dy and add up over the batch, Sum(0).",
        ],
    };

    private static Tensor Draw(ulong seed, params int[] shape) => Tensor.RandN(new Shape(shape), new Generator(seed));

    // The gradients with a choice of errors: inside is the factor of what comes from inside the sigmoid, power that of d x in beta's.
    private static (Tensor, Tensor, Tensor) Of(Tensor dy, Tensor x, Tensor a1, Tensor a2, Tensor beta, double inside = 1, int power = 2)
    {
        Tensor d = a1 - a2, u = beta * d * x, gate = u.Sigmoid(), slope = gate * (1 - gate);
        Tensor q = gate + (inside * u * slope);
        return ((dy * x * q).Sum(0), (dy * x * (1 - q)).Sum(0), (dy * (d * x).Pow(power) * slope).Sum(0));
    }

    private static (Tensor, Tensor, Tensor) Mixed(Tensor dy, Tensor x, Tensor a1, Tensor a2, Tensor beta)
    {
        Tensor u = beta * (a1 - a2) * x, gate = u.Sigmoid();
        (Tensor first, Tensor _, Tensor third) = Of(dy, x, a1, a2, beta);
        return (first, (dy * x * (1 - gate + (u * gate * (1 - gate)))).Sum(0), third);
    }
}
