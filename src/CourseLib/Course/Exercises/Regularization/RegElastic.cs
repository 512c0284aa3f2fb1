using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Regularization;

/// <summary>reg.elastic: both penalties on one weight (lecture perc, "Стандартные методы").</summary>
internal static class RegElastic
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, double, double>>(
        "reg.elastic", "11-regularization", Level.Easy, "both penalties on one weight", reference: (a, curvature, l1, l2) =>
        {
            // For w > 0 the slope is curvature (w - a) + l1 + 2 l2 w, which is 0 at w = (curvature a - l1) / (curvature + 2 l2).
            double pull = (curvature * Math.Abs(a)) - l1;
            return pull <= 0 ? 0 : Math.Sign(a) * pull / (curvature + (2 * l2));
        })
    {
        Cases =
        [
            new("curvature 1", answer => Weights(answer, 1, 0.2, 0.3)),
            new("a flat direction", answer => Weights(answer, 0.25, 0.1, 0.05)),
            new("a steep one", answer => Weights(answer, 4, 1, 2)),
            new("L2 alone", answer => Weights(answer, 0.5, 0, 0.4)),
        ],
        Ideas =
        [
            new("one after the other: L2's formula first, then L1's", (a, curvature, l1, l2) => Soft(curvature * a / (curvature + (2 * l2)), l1 / curvature), "Put your w into the derivative of the whole sum. Is it 0?"),
            new("the threshold does not know the curvature", (a, curvature, l1, l2) => curvature * Soft(a, l1) / (curvature + (2 * l2)), "Right for curvature 1. In a flat direction, does a penalty take more or less from the weight?"),
            new("the 2 of the square's derivative is missing", (a, curvature, l1, l2) => curvature * Soft(a, l1 / curvature) / (curvature + l2), "The penalty has no factor 1/2 in front. What is its derivative?"),
            new("no stop at zero", (a, curvature, l1, l2) => ((curvature * a) - (l1 * Math.Sign(a))) / (curvature + (2 * l2)), "Small weights change their sign in your answer. Why should a pull towards 0 carry a weight beyond it?"),
            new("L2 alone", (a, curvature, l1, l2) => curvature * a / (curvature + (2 * l2)), "Which of your weights are exactly 0? L1 should make some."),
            new("L1 alone", (a, curvature, l1, l2) => Soft(a, l1 / curvature), "Large weights lose the same amount each. What does the other penalty take from them?"),
            new("both penalties take an amount", (a, curvature, l1, l2) => Soft(a, (l1 + (2 * l2)) / curvature), "The slope of the squared penalty is not the same at all weights. What is it at w?"),
        ],
        Alternatives =
        [
            (a, curvature, l1, l2) =>
            {
                double Loss(double w) => (curvature / 2 * (w - a) * (w - a)) + (l1 * Math.Abs(w)) + (l2 * w * w);
                double low = -5, high = 5;
                for (int i = 0; i < 100; i++)
                {
                    double left = low + ((high - low) / 3), right = high - ((high - low) / 3);
                    (low, high) = Loss(left) < Loss(right) ? (low, right) : (left, high);
                }

                return (low + high) / 2;
            },
        ],
        Hints = ["Write the derivative of the sum of all three terms, for w > 0 and for w < 0, and set each to 0. When is the solution on the side for which it was made?", "The soft threshold as in section 1, with curvature times a in the place of a; then a quotient as for ridge."],
    };

    private static double Soft(double a, double threshold) => Math.Sign(a) * Math.Max(Math.Abs(a) - threshold, 0);

    private static double[] Weights(Func<double, double, double, double, double> answer, double curvature, double l1, double l2) =>
        [.. new[] { 1, -2, -0.5, 0.3, 0.15, -0.05 }.Select(a => answer(a, curvature, l1, l2))];
}
