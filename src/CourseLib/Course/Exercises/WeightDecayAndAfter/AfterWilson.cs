using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.WeightDecayAndAfter;

/// <summary>after.wilson: what the shortest solution says of new examples (lecture cnn, "Adam, AdamW и другие животные", Wilson et al. 2017).</summary>
internal static class AfterWilson
{
    public static Grader Grader { get; } = new Grader<Func<int, int, int, int, (double Positive, double Negative)>>(
        "after.wilson", "09-weight-decay-and-after", Level.Medium, "scores of examples never seen", reference: (positives, negatives, p, q) =>
        {
            // a u + b w = 1 for a positive training example, b' u + d w = -1 for a negative one
            double a = p + (3.0 * positives), b = negatives, c = positives, d = q + (3.0 * negatives), determinant = (a * d) - (b * c);
            double u = (d + b) / determinant, w = -(a + c) / determinant;
            return (1 - (p * u), -1 - (q * w)); // the private slots do not help a new example
        })
    {
        Cases =
        [
            new("three and two examples, one slot each", f => f(3, 2, 1, 1)),
            new("ten and thirty examples, four and two slots", f => f(10, 30, 4, 2)),
            new("the paper's slots, 120 and 80 examples", f => f(120, 80, 1, 5)),
            new("five of each, twenty slots and one", f => f(5, 5, 20, 1)),
        ],
        Ideas =
        [
            new("the scores of training examples", (positives, negatives, p, q) => (1, -1),
                "A training example is scored so. Which of its features does a new example not have?"),
            new("the private slots count once", (positives, negatives, p, q) => Scores(positives, negatives, p, q, single: true),
                "Right where an example has one slot. The weight of a slot is u: how much do p of them give together?"),
            new("the private slots add to the score", (positives, negatives, p, q) => Scores(positives, negatives, p, q, sign: -1),
                "A training example scores 1 with the help of its own slots. Does a new one score more than that?"),
            new("an example meets itself like any other", (positives, negatives, p, q) => Scores(positives, negatives, p, q, own: false),
                "The inner product of a training example with itself has its private slots in it."),
            new("all pairs have the inner product 3", (positives, negatives, p, q) => Scores(positives, negatives, p, q, across: 3),
                "Feature 1 is the label. What is its part of the inner product when the labels differ?"),
            new("pairs with different labels have nothing in common", (positives, negatives, p, q) => Scores(positives, negatives, p, q, across: 0),
                "Three features are shared: the label and the two ones. Add up their products for labels that differ."),
            new("the score under adaptive methods", (positives, negatives, p, q) => (0.75, 0.25),
                "That is where the signs lead to. Gradient descent's w is a sum of examples, each with a number of its own."),
        ],
        Alternatives =
        [
            (positives, negatives, p, q) =>
            {
                double u = 0, w = 0;
                for (int round = 0; round < 60; round++)
                {
                    u = (1 - (negatives * w)) / (p + (3.0 * positives));
                    w = (-1 - (positives * u)) / (q + (3.0 * negatives));
                }

                return ((3 * positives * u) + (negatives * w), (positives * u) + (3 * negatives * w));
            },
        ],
        Hints =
        [
            "Section 1 has the two equations for one and five private slots. Where do the 1 and the 5 stand in them? Where do they stand in the scores of new examples?",
            "An example's inner product with itself is 3 + p or 3 + q. Solve the two equations for the two numbers; a new example misses p times the first, or q times the second.",
        ],
    };

    private static (double Positive, double Negative) Scores(int positives, int negatives, int p, int q, bool single = false, int sign = 1, bool own = true, double across = 1)
    {
        double a = (own ? p : 0) + (3.0 * positives), b = across * negatives, c = across * positives, d = (own ? q : 0) + (3.0 * negatives);
        double determinant = (a * d) - (b * c), u = (d + b) / determinant, w = -(a + c) / determinant;
        return (1 - (sign * (single ? 1 : p) * u), -1 - (sign * (single ? 1 : q) * w));
    }
}
