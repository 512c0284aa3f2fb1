using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Losses;

/// <summary>loss.stable: binary cross-entropy with a weight for the ones, from logits (lecture init, "Задачи и функции потерь").</summary>
internal static class LossStable
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, double, Tensor>>(
        "loss.stable", "04-losses", Level.Medium, "weighted cross-entropy that stays finite", reference: (x, t, w) =>
        {
            Tensor small = (1 + (-x.Abs()).Exp()).Log(); // log(1 + e^-|x|)
            Tensor one = (-x).Relu() + small;            // -log σ(x)
            Tensor zero = x.Relu() + small;              // -log(1 - σ(x))
            return (w * t * one) + ((1 - t) * zero);
        })
    {
        Cases =
        [
            new("usual logits, weight 3", f => f(Tensor.RandN([8], new Generator(1)) * 2, Tensor.From([1f, 0, 1, 0, 1, 0, 0.3f, 0.8f]), 3)),
            new("sure networks: logits up to 15", f => f(Tensor.From([14.3f, 13.6f, -14.8f, 12.9f, -13.2f]), Tensor.From([0f, 0, 1, 0, 1]), 2)),
            new("logits of ±100", f => f(Tensor.From([100f, 100, -100, -100]), Tensor.From([0f, 1, 0, 1]), 1.5)),
        ],
        Ideas =
        [
            new("the formula read literally", (x, t, w) => -(w * t * x.Sigmoid().Log()) - ((1 - t) * (1 - x.Sigmoid()).Log()),
                "How many digits has 1 - p in float when p is nearly 1? Write the loss in x and never make p."),
            new("a probability that is kept away from 0 and 1", (x, t, w) => -(w * t * Guarded(x.Sigmoid()).Log()) - ((1 - t) * Guarded(1 - x.Sigmoid()).Log()),
                "At x = -100 and t = 1 the loss is 100 times the weight. What is the largest loss that yours can give?"),
            new("the weight on the zeros", (x, t, w) => (t * One(x)) + (w * (1 - t) * Zero(x)),
                "Which of the two terms counts when t = 1?"),
            new("the weight on both terms", (x, t, w) => w * ((t * One(x)) + ((1 - t) * Zero(x))),
                "Then it would only be another learning rate. Which mistakes should cost more?"),
            new("the weight on -tx alone", (x, t, w) => x.Relu() - (w * t * x) + Small(x),
                "For t = 1 the whole loss is w times what it was. In max(x, 0) - tx + log(1 + e^-|x|) the terms belong to both classes: take it apart first."),
        ],
        Alternatives = [(x, t, w) => ((1 - t) * x) + ((((w - 1) * t) + 1) * (Small(x) + (-x).Relu()))],
        Hints = ["-log σ(x) and -log(1 - σ(x)) are the losses of a one and of a zero. Make each of them finite by itself.", "log(1 + e^-x) = max(-x, 0) + log(1 + e^-|x|), and the other one is the same with x in place of -x. Relu() is max(·, 0)."],
    };

    private static Tensor Small(Tensor x) => (1 + (-x.Abs()).Exp()).Log();

    private static Tensor One(Tensor x) => (-x).Relu() + Small(x);

    private static Tensor Zero(Tensor x) => x.Relu() + Small(x);

    private static Tensor Guarded(Tensor p) => p.Maximum(Tensor.Scalar(1e-7));
}
