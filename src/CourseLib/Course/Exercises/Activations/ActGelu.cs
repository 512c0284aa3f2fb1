using CourseLib.Course.Grading;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Activations;

/// <summary>act.gelu: the Swish that is nearest to GELU (lecture cnn, "Ещё о функциях активации").</summary>
internal static class ActGelu
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "act.gelu", "02-activations", Level.Medium, "the Swish that is nearest to GELU", reference: () =>
        {
            Tensor x = Tensor.Linspace(-5, 5, 1001), gelu = x.Gelu();
            double best = 0, least = double.PositiveInfinity;
            for (int i = 0; i <= 1000; i++)
            {
                double beta = 1 + (i / 500.0);
                double distance = (x.Swish(beta) - gelu).Abs().Max().Item();
                if (distance < least)
                {
                    (best, least) = (beta, distance);
                }
            }

            return best;
        })
    {
        Cases = [new("the beta with the least largest distance", answer => answer(), tolerance: 0.01)],
        Ideas =
        [
            new("the gates are compared, not the activations", () => 1.702,
                "1.702 makes sigmoid(beta x) nearest to Phi(x). Both are multiplied by x afterwards. Does the worst place stay the same?"),
            new("equal only near 0", () => 4 / Math.Sqrt(2 * Math.PI),
                "This beta makes the two alike in the neighbourhood of 0. Where are they furthest apart, and how far?"),
            new("equally deep dips", () => 0.27846 / 0.16997, "The dips are equally deep now, but do they lie at the same x? Measure over all x."),
            new("Swish as it is", () => 1, "With beta = 1 the dip of Swish is much deeper than that of GELU. Try a larger beta."),
            new("the distance instead of beta", () => 0.01393, "That is how near they come. With which beta?"),
        ],
        Alternatives =
        [
            () =>
            {
                // Thirds, with the exact sigmoid in double precision and GELU from the library.
                double[] x = [.. Enumerable.Range(0, 801).Select(i => (i - 400) / 100.0)];
                float[] gelu = Tensor.From(x).Gelu().ToArray();
                double Off(double beta) => x.Select((at, i) => Math.Abs((at / (1 + Math.Exp(-beta * at))) - gelu[i])).Max();
                double low = 1, high = 3;
                while (high - low > 1e-3)
                {
                    double left = low + ((high - low) / 3), right = high - ((high - low) / 3);
                    (low, high) = Off(left) < Off(right) ? (low, right) : (left, high);
                }

                return low;
            },
        ],
        Hints =
        [
            "For one beta, take the largest distance between the two curves over many x. Then try many beta.",
            "(x.Swish(beta) - x.Gelu()).Abs().Max().Item() is the largest distance on the points x. A loop over beta from 1 to 3 in steps of 0.002 finds the least.",
        ],
    };
}
