using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Pretraining;

/// <summary>pretrain.repair: contrastive divergence with three mistakes (lecture perc, "Предобучение": учит не только p(y|x), но и p(x); Hinton 2002).</summary>
internal static class PretrainRepair
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, (Tensor DWeight, Tensor DA, Tensor DB)>>(
        "pretrain.repair", "13-pretraining", Level.Medium, "a machine that unlearns", reference: (v, weight, a, b, dice1, dice2) =>
        {
            Tensor hidden = (v.MatMul(weight.Transpose()) + b).Sigmoid();
            Tensor states = (hidden - dice1).BinaryStep(); // drawn: on where the random number is smaller
            Tensor visible = ((states.MatMul(weight) + a).Sigmoid() - dice2).BinaryStep();
            Tensor again = (visible.MatMul(weight.Transpose()) + b).Sigmoid(); // given what the model drew
            Tensor dWeight = (hidden.Transpose().MatMul(v) - again.Transpose().MatMul(visible)) / v.Shape[0];
            return (dWeight, (v - visible).Mean(0), (hidden - again).Mean(0)); // data minus model
        })
    {
        Cases =
        [
            new("four pixels, three hidden units", f => Ask(f, 8, 4, 3)),
            new("one picture", f => Ask(f, 1, 7, 5)),
            new("a larger machine", f => Ask(f, 30, 6, 8)),
        ],
        Ideas =
        [
            new("nothing mended", (v, weight, a, b, dice1, dice2) => Given(v, weight, a, b, dice1, dice2, draw: false, follow: false, sign: false),
                "One after the other: which way does the rule push a picture that the data have and the model does not? Why is the gradient of b always 0? Which of the random numbers is never used?"),
            new("two mistakes are left, the sign is mended", (v, weight, a, b, dice1, dice2) => Given(v, weight, a, b, dice1, dice2, draw: false, follow: false, sign: true),
                "It climbs now. But b does not learn at all; and one of the random numbers is never used."),
            new("two mistakes are left, the drawing is mended", (v, weight, a, b, dice1, dice2) => Given(v, weight, a, b, dice1, dice2, draw: true, follow: false, sign: false),
                "Why is the gradient of b always 0? And is log p(v) to rise or to fall?"),
            new("two mistakes are left, the second mean is mended", (v, weight, a, b, dice1, dice2) => Given(v, weight, a, b, dice1, dice2, draw: false, follow: true, sign: false),
                "Is log p(v) to rise or to fall? And one of the random numbers is never used."),
            new("the hidden units are not drawn", (v, weight, a, b, dice1, dice2) => Given(v, weight, a, b, dice1, dice2, draw: false, follow: true, sign: true),
                "One of the random numbers is never used. Which states may a hidden unit have?"),
            new("the hidden units of the data beside the pixels of the model", (v, weight, a, b, dice1, dice2) => Given(v, weight, a, b, dice1, dice2, draw: true, follow: false, sign: true),
                "The second mean is the model's. Given which pixels are the hidden units of the model? Look at the gradient of b."),
            new("the sign", (v, weight, a, b, dice1, dice2) => Given(v, weight, a, b, dice1, dice2, draw: true, follow: true, sign: false),
                "All numbers are right but for one thing. Should the data become likelier, or what the model believes in?"),
        ],
        Alternatives =
        [
            (v, weight, a, b, dice1, dice2) =>
            {
                (Tensor w, Tensor p, Tensor q) = (weight.Clone().AsParameter(), a.Clone().AsParameter(), b.Clone().AsParameter());
                Tensor states = ((v.MatMul(weight.Transpose()) + b).Sigmoid() - dice1).BinaryStep();
                Tensor drawn = ((states.MatMul(weight) + a).Sigmoid() - dice2).BinaryStep();
                Tensor Likeliness(Tensor pixels) => ((pixels * p).Sum(1) + (pixels.MatMul(w.Transpose()) + q).Softplus().Sum(1)).Mean(); // minus the free energy
                (Likeliness(v) - Likeliness(drawn)).Backward();
                return (w.Grad, p.Grad, q.Grad);
            },
        ],
        Hints =
        [
            "Hold each line against the text of section 6: draw h given v, draw v given h, and then the difference of two means. There are three mistakes, one in each of three lines.",
            "The visible units are drawn given states of 0 and 1, not given probabilities. The second mean needs the hidden units given the drawn pixels. And log p(v) is to rise.",
        ],
    };

    private static object? Ask(Func<Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, (Tensor, Tensor, Tensor)> answer, int batch, int visible, int hidden) => answer(
        (Tensor.RandN([batch, visible], new Generator(1)) + 0.3).BinaryStep(), Tensor.RandN([hidden, visible], new Generator(2)), Tensor.RandN([visible], new Generator(3)),
        Tensor.RandN([hidden], new Generator(4)), Tensor.Rand([batch, hidden], new Generator(5)), Tensor.Rand([batch, visible], new Generator(6)));

    private static (Tensor, Tensor, Tensor) Given(Tensor v, Tensor weight, Tensor a, Tensor b, Tensor dice1, Tensor dice2, bool draw, bool follow, bool sign)
    {
        Tensor hidden = (v.MatMul(weight.Transpose()) + b).Sigmoid(), states = (hidden - dice1).BinaryStep();
        Tensor visible = (((draw ? states : hidden).MatMul(weight) + a).Sigmoid() - dice2).BinaryStep();
        Tensor again = ((follow ? visible : v).MatMul(weight.Transpose()) + b).Sigmoid();
        Tensor dWeight = (hidden.Transpose().MatMul(v) - again.Transpose().MatMul(visible)) / v.Shape[0];
        double way = sign ? 1 : -1;
        return (way * dWeight, way * (v - visible).Mean(0), way * (hidden - again).Mean(0));
    }
}
