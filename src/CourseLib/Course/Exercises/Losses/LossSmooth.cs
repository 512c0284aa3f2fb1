using CourseLib.Autograd;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Losses;

/// <summary>loss.smooth: the gradient of cross-entropy with smoothed and missing labels (lecture lbd, "Функции потерь").</summary>
internal static class LossSmooth
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, int[], double, Tensor>>(
        "loss.smooth", "04-losses", Level.Medium, "the gradient with smoothed and missing labels", reference: (logits, labels, epsilon) =>
        {
            int classes = logits.Shape[1], counted = labels.Count(label => label != -1);
            Tensor p = Functional.Softmax(logits);
            float[,] gradient = new float[labels.Length, classes];
            for (int n = 0; n < labels.Length; n++)
            {
                for (int c = 0; c < classes && labels[n] != -1; c++)
                {
                    double target = (epsilon / classes) + (c == labels[n] ? 1 - epsilon : 0);
                    gradient[n, c] = (float)((p[n, c] - target) / counted);
                }
            }

            return Tensor.From(gradient);
        })
    {
        Cases =
        [
            new("no smoothing, no label missing", f => f(Logits(3, 1), [0, 2, 1], 0)),
            new("smoothed", f => f(Logits(3, 2), [1, 0, 2], 0.3)),
            new("two of five labels missing", f => f(Logits(5, 3), [2, -1, 1, -1, 0], 0.3)),
        ],
        Ideas =
        [
            new("labels are not smoothed", (x, labels, _) => Gradient(x, labels, 1, 0),
                "What is the target of the wrong classes? It is not 0 any more."),
            new("1 - ε for the right class", (x, labels, e) => Gradient(x, labels, 1 - e, e / 3),
                "Every class gets its ε/C, the right one, too. Do your targets add up to 1?"),
            new("ε shared by the other classes", (x, labels, e) => Gradient(x, labels, 1 - e, e / 2),
                "That is another convention. In the lecture ε/C goes to how many classes?"),
            new("divided by the size of the batch", (x, labels, e) => Gradient(x, labels, 1 - e + (e / 3), e / 3, labels.Length),
                "The mean is over the examples that counted. How many are they?"),
            new("missing labels taken as class 0", (x, labels, e) => Gradient(x, [.. labels.Select(label => Math.Max(label, 0))], 1 - e + (e / 3), e / 3),
                "What should a row teach whose label nobody knows?"),
            new("missing labels pull towards equal probabilities", (x, labels, e) => Gradient(x, labels, 1 - e + (e / 3), e / 3, keepMissing: true),
                "A row that does not count has no loss. What is its gradient then?"),
            new("the wrong sign", (x, labels, e) => -Gradient(x, labels, 1 - e + (e / 3), e / 3),
                "Descent goes against the gradient. Which way must the logit of the right class go?"),
        ],
        Alternatives =
        [
            (logits, labels, epsilon) =>
            {
                Tensor x = logits.Clone().AsParameter();
                new CrossEntropyLoss(ignoreIndex: -1, labelSmoothing: epsilon).Forward(x, Tensor.From([.. labels.Select(label => (float)label)])).Backward();
                return x.Grad;
            },
        ],
        Hints = ["The derivative of -Σ q_c log p_c by the logit x_c is p_c - q_c whenever the q add up to 1. Which q does smoothing make?", "q is ε/C everywhere and 1 - ε more at the label. Rows with -1 stay 0, and the others are divided by their number."],
    };

    private static Tensor Logits(int rows, ulong seed) => Tensor.RandN([rows, 3], new Generator(seed));

    private static Tensor Gradient(Tensor x, int[] labels, double right, double other, int divisor = 0, bool keepMissing = false)
    {
        Tensor p = Functional.Softmax(x);
        float[,] gradient = new float[labels.Length, 3];
        for (int i = 0; i < x.Length; i++)
        {
            (int n, int c) = (i / 3, i % 3);
            double target = labels[n] == -1 ? 1.0 / 3 : c == labels[n] ? right : other;
            gradient[n, c] = labels[n] == -1 && !keepMissing ? 0 : (float)((p[n, c] - target) / (divisor > 0 ? divisor : labels.Count(label => label != -1)));
        }

        return Tensor.From(gradient);
    }
}
