using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Pretraining;

/// <summary>pretrain.tied: the gradients of a denoising autoencoder whose decoder is the encoder turned over (lecture perc, "Предобучение": учим слой «предсказывать» свой вход).</summary>
internal static class PretrainTied
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor, Tensor, (Tensor DWeight, Tensor DB, Tensor DC)>>(
        "pretrain.tied", "13-pretraining", Level.Medium, "one matrix for both ways", reference: (x, damaged, weight, b, c) =>
        {
            Tensor h = (damaged.MatMul(weight.Transpose()) + b).Sigmoid(), y = (h.MatMul(weight) + c).Sigmoid();
            Tensor deltaY = 2.0 / x.Length * (y - x) * y * (1 - y);
            Tensor deltaH = deltaY.MatMul(weight.Transpose()) * h * (1 - h);
            Tensor dWeight = deltaH.Transpose().MatMul(damaged) + h.Transpose().MatMul(deltaY); // W is used twice: both shares
            return (dWeight, deltaH.Sum(0), deltaY.Sum(0));
        })
    {
        Cases =
        [
            new("one example, nothing damaged", f => Ask(f, 1, 4, 3, damage: false)),
            new("a batch of five, damaged", f => Ask(f, 5, 6, 2, damage: true)),
            new("more numbers in the code than in the input", f => Ask(f, 3, 3, 6, damage: true)),
        ],
        Ideas =
        [
            new("only the encoder's share", (x, damaged, weight, b, c) => Given(x, damaged, weight, b, c, decoder: 0),
                "The biases are right. In how many places of the two formulas does W stand?"),
            new("only the decoder's share", (x, damaged, weight, b, c) => Given(x, damaged, weight, b, c, encoder: 0),
                "The biases are right. W has made h, too."),
            new("the mean of the two shares", (x, damaged, weight, b, c) => Given(x, damaged, weight, b, c, encoder: 0.5, decoder: 0.5),
                "A little more of W_ji changes h and, beside that, y. Do two changes of the loss average?"),
            new("the whole input where the damaged one belongs", (x, damaged, weight, b, c) => Given(x, damaged, weight, b, c, whole: true),
                "By what was W multiplied when h was computed?"),
            new("the loss asks for the damaged input", (x, damaged, weight, b, c) => Given(damaged, damaged, weight, b, c),
                "What should stand in y where a hole was made: the hole?"),
            new("the slope of the last sigmoid forgotten", (x, damaged, weight, b, c) => Given(x, damaged, weight, b, c, slope: false),
                "y - x is the gradient for y. The matrix makes what stands before the sigmoid."),
            new("the sum over the batch in place of the mean", (x, damaged, weight, b, c) => Given(x, damaged, weight, b, c, divisor: x.Shape[1]),
                "Right for one example. By how many numbers is the loss divided?"),
        ],
        Alternatives =
        [
            (x, damaged, weight, b, c) =>
            {
                (Tensor w, Tensor p, Tensor q) = (weight.Clone().AsParameter(), b.Clone().AsParameter(), c.Clone().AsParameter());
                Tensor h = (damaged.MatMul(w.Transpose()) + p).Sigmoid(), y = (h.MatMul(w) + q).Sigmoid();
                new MSELoss().Forward(y, x).Backward();
                return (w.Grad, p.Grad, q.Grad);
            },
        ],
        Hints =
        [
            "Call the two uses of W by two names, W and V, take the gradient of each from section 1, and only then remember that they are one matrix.",
            "The decoder's share is h^T delta_y: it has W's shape, [hidden, inputs], as it stands. The encoder's is delta_h^T times what the encoder saw.",
        ],
    };

    private static object? Ask(Func<Tensor, Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)> answer, int batch, int inputs, int hidden, bool damage)
    {
        Tensor x = Tensor.Rand([batch, inputs], new Generator(1)), holes = (Tensor.Rand([batch, inputs], new Generator(2)) - 0.4).BinaryStep();
        return answer(x, damage ? x * holes : x.Clone(), Tensor.RandN([hidden, inputs], new Generator(3)), Tensor.RandN([hidden], new Generator(4)), Tensor.RandN([inputs], new Generator(5)));
    }

    private static (Tensor, Tensor, Tensor) Given(
        Tensor x, Tensor damaged, Tensor weight, Tensor b, Tensor c, double encoder = 1, double decoder = 1, bool whole = false, bool slope = true, int divisor = 0)
    {
        Tensor h = (damaged.MatMul(weight.Transpose()) + b).Sigmoid(), y = (h.MatMul(weight) + c).Sigmoid();
        Tensor deltaY = 2.0 / (divisor == 0 ? x.Length : divisor) * (y - x) * (slope ? y * (1 - y) : Tensor.Ones(y.Shape));
        Tensor deltaH = deltaY.MatMul(weight.Transpose()) * h * (1 - h);
        return ((encoder * deltaH.Transpose().MatMul(whole ? x : damaged)) + (decoder * h.Transpose().MatMul(deltaY)), deltaH.Sum(0), deltaY.Sum(0));
    }
}
