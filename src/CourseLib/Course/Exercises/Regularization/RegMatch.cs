using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Regularization;

/// <summary>reg.match: the ridge that is most like stopping early (lecture perc, "Early stopping").</summary>
internal static class RegMatch
{
    public static Grader Grader { get; } = new Grader<Func<int, double>>(
        "reg.match", "11-regularization", Level.Medium, "the ridge that is most like t steps", reference: steps =>
        {
            double[] curvatures = [.. Enumerable.Range(0, 801).Select(i => Math.Pow(1e-3 / steps, i / 800.0))]; // z = rate times s, from 1 down
            double[] kept = [.. curvatures.Select(z => 1 - Math.Pow(1 - z, steps))];
            double LargestGap(double k) => curvatures.Zip(kept, (z, stopped) => Math.Abs(stopped - (z / (z + (2 * k))))).Max();

            double low = 0.01 / steps, high = 2.0 / steps;
            while (high / low > 1.0001) // the largest gap falls, then grows: leave out a third on the worse side
            {
                double left = Math.Pow(low, 2 / 3.0) * Math.Pow(high, 1 / 3.0), right = Math.Pow(low, 1 / 3.0) * Math.Pow(high, 2 / 3.0);
                (low, high) = LargestGap(left) < LargestGap(right) ? (low, right) : (left, high);
            }

            return low;
        })
    {
        Cases =
        [
            new("100 steps", answer => answer(100), tolerance: 0.02),
            new("1000 steps", answer => answer(1000), tolerance: 0.02),
            new("5 steps", answer => answer(5), tolerance: 0.02),
            new("one step", answer => answer(1), tolerance: 0.02),
        ],
        Ideas =
        [
            new("the notebook's 1/(2t)", steps => 0.5 / steps, "It makes both filters agree for flat directions. Where is the gap largest then, and can it be made smaller elsewhere at the cost of these?"),
            new("twice the strength: λ/2 in place of λ", steps => 2 * Best(steps, z => 1 - Math.Pow(1 - z, steps)), "Which of the two conventions is the filter s/(s + 2λ) made for?"),
            new("half the strength", steps => Best(steps, z => 1 - Math.Pow(1 - z, steps)) / 2, "Put your number into s/(s + 2λ) again: is the 2 there once, or twice?"),
            new("equal where half is kept", steps => (1 - Math.Pow(0.5, 1.0 / steps)) / 2, "One place is made equal. What is the largest gap over all other places? Draw it."),
            new("equal where the notebook's gap is largest", steps => 2.513 / steps * 0.081 / 0.919 / 2, "Now the gap is 0 where it was largest, and large where it was small. The question asks for the largest gap anywhere."),
            new("one number for all t, divided by t", steps => Best(10000, z => 1 - Math.Exp(-10000 * z)) * 10000 / steps, "For many steps that is right. For a few steps (1 - z)^t is not yet an exponential: measure for each t anew."),
        ],
        Alternatives =
        [
            steps =>
            {
                double LargestGap(double k) => Enumerable.Range(1, 600).Select(i => Math.Pow(i / 600.0, 3)).Max(z => Math.Abs(1 - Math.Pow(1 - z, steps) - (z / (z + (2 * k)))));
                return Enumerable.Range(20, 380).Select(i => i * 0.002 / steps).MinBy(LargestGap);
            },
        ],
        Hints = ["Write a method for the largest gap of a given number, over many z between 0 and 1 (many small ones among them), and draw it for a row of numbers.", "The largest gap first falls and then grows. Try a fine row of numbers between 0.05/t and 1/t, and take the one with the least largest gap."],
    };

    private static double Best(int steps, Func<double, double> kept)
    {
        double[] curvatures = [.. Enumerable.Range(0, 801).Select(i => Math.Pow(1e-3 / steps, i / 800.0))];
        double[] stopped = [.. curvatures.Select(kept)];
        return Enumerable.Range(0, 500).Select(i => 0.05 * Math.Pow(20, i / 500.0) / steps).MinBy(k => curvatures.Zip(stopped, (z, share) => Math.Abs(share - (z / (z + (2 * k))))).Max());
    }
}
