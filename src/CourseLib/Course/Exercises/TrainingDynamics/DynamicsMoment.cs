using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.TrainingDynamics;

/// <summary>dynamics.moment: when the rate should fall (lecture perc, "Когда уменьшать learning rate?").</summary>
internal static class DynamicsMoment
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, int, int>>(
        "dynamics.moment", "10-training-dynamics", Level.Medium, "the moment at which the rate should fall", reference: (high, low, start, steps) =>
        {
            double EndsAt(int highSteps)
            {
                double square = start * start;                     // E[x²]
                for (int t = 0; t < steps; t++)
                {
                    double rate = t < highSteps ? high : low;
                    square = ((1 - rate) * (1 - rate) * square) + (rate * rate); // x and the noise are independent
                }

                return square;
            }

            return Enumerable.Range(0, steps + 1).MinBy(EndsAt);
        })
    {
        Cases =
        [
            new("rates 0.5 and 0.05, 30 steps from 10", answer => answer(0.5, 0.05, 10, 30)),
            new("rates 0.2 and 0.02, 60 steps from 10", answer => answer(0.2, 0.02, 10, 60)),
            new("a start far away", answer => answer(0.3, 0.01, 1000, 100)),
            new("many steps", answer => answer(0.1, 0.01, 20, 300)),
        ],
        Ideas =
        [
            new("half-way", (high, low, start, steps) => steps / 2, "Half-way is a habit. Print the mean square at the end for every moment: is it least there?"),
            new("the noise is forgotten", (high, low, start, steps) => steps, "Without noise the high rate is always the better one. What does each step add to the mean square of x?"),
            new("the way is forgotten", (high, low, start, steps) => 0, "At the minimum the low rate is better from the first step on. But where does x start?"),
            new("the rate of the noise is not squared", (high, low, start, steps) => Best(high, low, start, steps, rate => rate), "The step moves x by the rate times the noise. What is the mean of the square of that?"),
            new("when the high rate has as much noise as way left", (high, low, start, steps) => Balanced(high, start, steps), "A good rule of thumb, and not the best: the low rate can still shorten the way a little. Try all moments."),
            new("the number of the last high step, not how many", (high, low, start, steps) => Best(high, low, start, steps, rate => rate * rate) - 1, "Steps are counted from 0. How many are made with the high rate, if the last of them is step 4?"),
        ],
        Alternatives =
        [
            (high, low, start, steps) =>
            {
                double Floor(double rate) => rate / (2 - rate);
                double After(double square, double rate, int count) => Floor(rate) + (Math.Pow(1 - rate, 2 * count) * (square - Floor(rate)));
                double[] ends = [.. Enumerable.Range(0, steps + 1).Select(k => After(After(start * start, high, k), low, steps - k))];
                return Array.IndexOf(ends, ends.Min());
            },
        ],
        Hints = ["Square the rule of one step and take the mean: how does the mean square of x go from step to step? Then no dice are needed.", "Multiply the mean square by (1 - rate) squared and add the rate squared, step by step. A loop around it tries every number of high steps from 0 to all."],
    };

    private static int Best(double high, double low, double start, int steps, Func<double, double> noise) => Enumerable.Range(0, steps + 1).MinBy(k =>
        Enumerable.Range(0, steps).Select(t => t < k ? high : low).Aggregate(start * start, (square, rate) => ((1 - rate) * (1 - rate) * square) + noise(rate)));

    private static int Balanced(double high, double start, int steps) =>
        Enumerable.Range(0, steps + 1).First(k => k == steps || start * start * Math.Pow(1 - high, 2 * k) <= high / (2 - high));
}
