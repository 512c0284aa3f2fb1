using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.NeuronAndPerceptron;

/// <summary>neuron.broken-line: the weights of ReLU neurons that draw a given broken line (lecture perc, "Глубокие сети это хорошо").</summary>
internal static class NeuronBrokenLine
{
    public static Grader Grader { get; } = new Grader<Func<double[], double[], double[]>>(
        "neuron.broken-line", "01-neuron-and-perceptron", Level.Medium, "a broken line from ReLU neurons", reference: (t, v) =>
        {
            double[] weights = new double[t.Length - 1];
            double before = 0; // the slope so far
            for (int i = 0; i < weights.Length; i++)
            {
                double slope = (v[i + 1] - v[i]) / (t[i + 1] - t[i]);
                weights[i] = slope - before; // neuron i adds what is missing from here on
                before = slope;
            }

            return weights;
        })
    {
        Cases =
        [
            new("a hill of two pieces", f => f([0, 0.5, 2], [0, 1, 3.5])),
            new("four pieces of different widths", f => f([-1, 0, 0.25, 1.5, 2], [2, 1.5, -1, 0.5, 3])),
            new("one piece", f => f([1, 3], [4, -2])),
            new("the notebook's tent", f => f([0, 0.5, 1], [0, 1, 0])),
        ],
        Ideas =
        [
            new("the slopes themselves", (t, v) => Slopes(t, v),
                "To the right of its knot a neuron never stops. What slope do the earlier neurons already make there?"),
            new("the rises, not divided by the widths", (t, v) => Changes([.. v.Zip(v.Skip(1), (left, right) => right - left)]),
                "A weight of a ReLU is a slope. By how much does the line rise per unit of x?"),
            new("the staircase's weights", (t, v) => [.. v.Zip(v.Skip(1), (left, right) => right - left)],
                "For a step of height 1 the rise would be the weight. How does a ReLU go on behind its knot?"),
            new("pieces of equal width", (t, v) => [.. Changes([.. v.Zip(v.Skip(1), (left, right) => (right - left) * (t.Length - 1) / (t[^1] - t[0]))])],
                "Look at the distances between the knots. Are they all alike?"),
            new("the first slope is left out", (t, v) => [0, .. Changes(Slopes(t, v)).Skip(1)],
                "Between the first two knots only one neuron is on. Which slope has to come from it?"),
            new("the changes with the other sign", (t, v) => [.. Changes(Slopes(t, v)).Select((change, i) => i == 0 ? change : -change)],
                "Where the line becomes steeper, does the next neuron have to add to the slope or take away from it?"),
        ],
        Alternatives =
        [
            (t, v) =>
            {
                // Knot by knot: choose the weight so that the sum so far goes through the next point.
                List<double> weights = [];
                for (int k = 1; k < t.Length; k++)
                {
                    double soFar = v[0] + weights.Select((weight, i) => weight * Math.Max(0, t[k] - t[i])).Sum();
                    weights.Add((v[k] - soFar) / (t[k] - t[k - 1]));
                }

                return [.. weights];
            },
        ],
        Hints =
        [
            "Go along the line from left to right. Just behind a knot one more neuron is on. What does it change: the value or the slope?",
            "Between two knots the slope is the sum of the weights of all neurons whose knots lie to the left. Write that for two neighbouring pieces and subtract.",
        ],
    };

    private static double[] Slopes(double[] t, double[] v) => [.. Enumerable.Range(0, t.Length - 1).Select(i => (v[i + 1] - v[i]) / (t[i + 1] - t[i]))];

    private static double[] Changes(double[] slopes) => [.. slopes.Select((slope, i) => i == 0 ? slope : slope - slopes[i - 1])];
}
