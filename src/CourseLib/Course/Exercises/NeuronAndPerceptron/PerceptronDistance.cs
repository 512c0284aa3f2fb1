using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.NeuronAndPerceptron;

/// <summary>perceptron.distance: the gradient of a perceptron's criterion that the length of w does not change (lecture perc, "Как обучать?").</summary>
internal static class PerceptronDistance
{
    public static Grader Grader { get; } = new Grader<Func<double[], Tensor, Tensor, double[]>>(
        "perceptron.distance", "01-neuron-and-perceptron", Level.Hard, "the gradient of the mistakes' distances", reference: (w, x, y) =>
        {
            double norm = Vectors.Norm(w), distance = 0;
            double[] gradient = new double[w.Length];
            for (int i = 0; i < x.Shape[0]; i++)
            {
                double[] row = [1, .. x.Slice(0, i, 1).ToArray()];
                double product = y[i] * Vectors.Dot(w, row);
                if (product <= 0)
                {
                    Vectors.AddScaledTo(gradient, -y[i] / norm, row); // the numerator's derivative
                    distance -= product / norm; // this example's part of E
                }
            }

            // The denominator's: d(1/|w|)/dw = -w/|w|^3, so all of E shrinks as w grows.
            return Vectors.AddScaled(gradient, -distance / (norm * norm), w);
        })
    {
        Cases =
        [
            new("two features", f => f([0.3, -0.8, 0.6], Draw(1, 12, 2), Classes(2, 12))),
            new("a long w", f => f([3, 4, -5], Draw(3, 15, 2), Classes(4, 15))),
            new("four features", f => f([0.2, 0.5, -0.4, 0.9, -0.7], Draw(5, 20, 4), Classes(6, 20))),
        ],
        Ideas =
        [
            new("the length taken as a constant", (w, x, y) => Of(w, x, y, second: 0),
                "w stands in the denominator, too. What does a longer w do to E?"),
            new("the second term with the other sign", (w, x, y) => Of(w, x, y, second: -1),
                "Move w a little in its own direction: E must not change. Is your gradient perpendicular to w?"),
            new("the whole gradient with the other sign", (w, x, y) => [.. Of(w, x, y).Select(slope => -slope)],
                "Compare one coordinate with a finite difference. Does E grow where you say it does?"),
            new("a power of the length too few", (w, x, y) => Of(w, x, y, second: Vectors.Norm(w)),
                "Derive the length by one weight: sqrt(w0² + w1² + …). What is left in the denominator, and what does 1/|w| add?"),
            new("the gradient of E_P", (w, x, y) => [.. Of(w, x, y, second: 0).Select(slope => slope * Vectors.Norm(w))],
                "That is the criterion before it is divided by |w|. Multiply w by 10: what happens to the distance of an example from the border?"),
            new("right examples count, too", (w, x, y) => Of(w, x, y, isWrong: _ => true),
                "Which examples are in M?"),
            new("the mean over the mistakes", (w, x, y) => [.. Of(w, x, y).Select(slope => slope / Mistakes(w, x, y))],
                "E is a sum over the mistakes. By what did you divide it?"),
        ],
        Alternatives =
        [
            (w, x, y) =>
            {
                // E_P's gradient without its component along w, divided by the length.
                double[] plain = Of(w, x, y, second: 0), unit = [.. w.Select(weight => weight / Vectors.Norm(w))];
                return Vectors.AddScaled(plain, -Vectors.Dot(plain, unit), unit);
            },
        ],
        Hints =
        [
            "E is a quotient of two functions of w. Write the quotient rule: the numerator is E_P, whose gradient you know; the denominator is |w|.",
            "The gradient of |w| is w/|w|, so that of 1/|w| is -w/|w|³. A check: E(cw) = E(w), so the scalar product of gradient and w has to be 0.",
        ],
    };

    private static Tensor Draw(ulong seed, int rows, int columns) => Tensor.RandN([rows, columns], new Generator(seed));

    private static Tensor Classes(ulong seed, int count) => Tensor.From(Array.ConvertAll(Draw(seed, count, 1).ToArray(), number => number > 0 ? 1f : -1f));

    private static double Product(double[] w, Tensor x, Tensor y, int i) => y[i] * Vectors.Dot(w, [1, .. x.Slice(0, i, 1).ToArray()]);

    private static int Mistakes(double[] w, Tensor x, Tensor y) => Enumerable.Range(0, x.Shape[0]).Count(i => Product(w, x, y, i) <= 0);

    // The gradient with a choice of errors: second is the factor of the term that comes from |w|.
    private static double[] Of(double[] w, Tensor x, Tensor y, double second = 1, Predicate<double>? isWrong = null)
    {
        double norm = Vectors.Norm(w);
        double[] gradient = new double[w.Length];
        for (int i = 0; i < x.Shape[0]; i++)
        {
            double product = Product(w, x, y, i);
            if (isWrong?.Invoke(product) ?? product <= 0)
            {
                Vectors.AddScaledTo(gradient, -y[i] / norm, [1, .. x.Slice(0, i, 1).ToArray()]);
                Vectors.AddScaledTo(gradient, second * product / (norm * norm * norm), w);
            }
        }

        return gradient;
    }
}
