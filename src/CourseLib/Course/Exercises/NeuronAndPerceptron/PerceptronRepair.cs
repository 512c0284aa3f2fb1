using CourseLib.Course.Grading;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.NeuronAndPerceptron;

/// <summary>perceptron.repair: Rosenblatt's rule with three errors (lecture perc, "Как обучать?").</summary>
internal static class PerceptronRepair
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, Tensor, int, double[]>>(
        "perceptron.repair", "01-neuron-and-perceptron", Level.Medium, "Rosenblatt's rule, repaired", reference: (x, y, epochs) =>
        {
            int d = x.Shape[1];
            double[] w = new double[d + 1];
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                for (int i = 0; i < x.Shape[0]; i++)
                {
                    double score = w[0];
                    for (int j = 0; j < d; j++)
                    {
                        score += w[j + 1] * x[i, j];
                    }

                    if (y[i] * score <= 0) // 0 is no answer: it counts as wrong
                    {
                        w[0] += y[i]; // the input of the bias is 1
                        for (int j = 0; j < d; j++)
                        {
                            w[j + 1] += y[i] * x[i, j];
                        }
                    }
                }
            }

            return w;
        })
    {
        Cases =
        [
            new("AND, one epoch", f => f(Corners(), Tensor.From([-1f, -1, -1, 1]), 1)),
            new("AND, twenty epochs", f => f(Corners(), Tensor.From([-1f, -1, -1, 1]), 20)),
            new("forty points that a line separates", f => OfSet(f, ToySets.Separable(40, [0.2, 0.6, -0.8], 0.1, new Generator(6)), 30)),
            new("three features, classes at random, three epochs", f => f(Tensor.RandN([20, 3], new Generator(1)), Signs(Tensor.RandN([20], new Generator(2))), 3)),
        ],
        Ideas =
        [
            new("nobody is wrong at w = 0", (x, y, epochs) => Rule(x, y, epochs, product => product < 0),
                "The weights are still all 0. What is the score of every example at the start, and does it count as an answer?"),
            new("a correction adds x, whatever the class", (x, y, epochs) => Rule(x, y, epochs, product => product <= 0, step: _ => 1),
                "A wrong example of class -1 has a score that is too large. Does adding x make it smaller?"),
            new("the bias is not corrected", (x, y, epochs) => Rule(x, y, epochs, product => product <= 0, bias: 0),
                "The bias is a weight, too. What is its input, and how much is it changed by a correction?"),
            new("the bias is corrected without the class", (x, y, epochs) => Rule(x, y, epochs, product => product <= 0, bias: null),
                "All weights follow one rule, w += y x. What is x for the bias?"),
            new("only the condition is mended", (x, y, epochs) => Rule(x, y, epochs, product => product <= 0, step: _ => 1, bias: 0),
                "Now it corrects, but two errors are left. Which weight never moves, and what does a wrong example of class -1 have to do?"),
            new("the other sign", (x, y, epochs) => Rule(x, y, epochs, product => product <= 0, step: label => -label),
                "After a correction the score of that example should have moved towards its class. Did it?"),
            new("right examples correct the weights, too", (x, y, epochs) => Rule(x, y, epochs, _ => true),
                "Rosenblatt's rule learns from mistakes alone. What does a right example change?"),
        ],
        Alternatives =
        [
            (x, y, epochs) =>
            {
                double[] w = new double[x.Shape[1] + 1];
                bool isWrong = true;
                for (int epoch = 0; epoch < epochs && isWrong; epoch++)
                {
                    isWrong = false;
                    for (int i = 0; i < x.Shape[0]; i++)
                    {
                        double[] row = [1, .. x.Slice(0, i, 1).ToArray()];
                        if (y[i] * Vectors.Dot(w, row) <= 0)
                        {
                            w = Vectors.AddScaled(w, y[i], row);
                            isWrong = true;
                        }
                    }
                }

                return w;
            },
        ],
        Hints =
        [
            "Do the first example of AND on paper, from w = 0. What should the three weights be after it, and what does the broken method make of them?",
            "The three errors stand in the condition, in what is added to the weights, and in a weight that is never touched.",
        ],
    };

    private static Tensor Corners() => Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } });

    private static Tensor Signs(Tensor numbers) => Tensor.From(Array.ConvertAll(numbers.ToArray(), number => number > 0 ? 1f : -1f));

    private static double[] OfSet(Func<Tensor, Tensor, int, double[]> rule, Dataset set, int epochs) => rule(set.Inputs, set.Targets, epochs);

    // The rule with a choice of errors; a bias of null takes 1 instead of the class.
    private static double[] Rule(Tensor x, Tensor y, int epochs, Predicate<double> isWrong, Func<double, double>? step = null, double? bias = 1)
    {
        double[] w = new double[x.Shape[1] + 1];
        for (int i = 0; i < epochs * x.Shape[0]; i++)
        {
            int row = i % x.Shape[0];
            double[] features = [.. x.Slice(0, row, 1).ToArray()];
            if (isWrong(y[row] * (w[0] + Vectors.Dot(w.AsSpan(1), features))))
            {
                double size = step?.Invoke(y[row]) ?? y[row];
                Vectors.AddScaledTo(w, size, [bias ?? (1 / size), .. features]);
            }
        }

        return w;
    }
}
