using CourseLib.Course.Grading;
using CourseLib.Kernels;

namespace CourseLib.Course.Exercises.HyperparameterSearch;

/// <summary>search.budget: what a random search of any length would find on average, from the trials of one (lecture cnn, "Практические замечания").</summary>
internal static class SearchBudget
{
    public static Grader Grader { get; } = new Grader<Func<double[], int, double[]>>(
        "search.budget", "17-hyperparameter-search", Level.Medium, "the expected best of k trials", reference: (scores, budget) =>
        {
            double[] sorted = [.. scores.Order()];
            double n = sorted.Length;
            double[] expected = new double[budget];
            for (int k = 1; k <= budget; k++)
            {
                for (int i = 0; i < sorted.Length; i++)
                {
                    double noneBelow = Math.Pow((n - i) / n, k), noneUpToHere = Math.Pow((n - i - 1) / n, k);
                    expected[k - 1] += sorted[i] * (noneBelow - noneUpToHere); // the best of k is this one
                }
            }

            return expected;
        })
    {
        Cases =
        [
            new("four scores, up to 3 trials", f => f([0.9, 0.2, 0.5, 0.6], 3)),
            new("equal scores among them", f => f([0.4, 0.9, 0.9, 0.3, 0.9, 0.4], 6)),
            new("forty scores, up to 10 trials", f => f(Scores(40), 10)),
        ],
        Ideas =
        [
            new("the best so far", (scores, budget) => [.. Enumerable.Range(1, budget).Select(k => scores.Take(k).Min())],
                "That is one order of the trials, and luck has a part in it. What would other orders have given?"),
            new("the mean, whatever the budget", (scores, budget) => [.. Enumerable.Repeat(scores.Average(), budget)],
                "Right for one trial. Does it not help to have a second one?"),
            new("the worst of k", (scores, budget) => Expected([.. scores.OrderDescending()], budget, 0),
                "Scores are errors: lower is better. Does your curve fall?"),
            new("one trial too many", (scores, budget) => Expected([.. scores.Order()], budget, 1),
                "What is the expected best of a single trial? Compare with your first number."),
            new("drawn without putting back", (scores, budget) => WithoutPuttingBack([.. scores.Order()], budget),
                "With all n scores drawn, the best of them is sure. The text puts each one back: a new search may meet the same score twice."),
            new("one score stands for all: sorted, at the place n / (k + 1)", (scores, budget) => [.. Enumerable.Range(1, budget).Select(k => scores.Order().ElementAt(scores.Length / (k + 1)))],
                "Good for a rough guess. The mean of the smallest is a sum over all scores; with which probability is each of them the smallest?"),
        ],
        Alternatives =
        [
            (scores, budget) =>
            {
                double[] sorted = [.. scores.Order()];
                double Above(int i) => 1 - ((double)i / sorted.Length);  // the chance of one trial
                return [.. Enumerable.Range(1, budget).Select(k => sorted[0] + Enumerable.Range(1, sorted.Length - 1).Sum(i => (sorted[i] - sorted[i - 1]) * Math.Pow(Above(i), k)))];
            },
        ],
        Hints =
        [
            "Sort the scores. With which probability are all k draws the i-th smallest score or a larger one? And the (i+1)-th or a larger one?",
            "The best of k is the i-th smallest with the difference of these two probabilities, which are k-th powers. The expected best is the sum of the scores, each times its probability.",
        ],
    };

    private static double[] Scores(int count)
    {
        Generator generator = new(3);
        return [.. Enumerable.Range(0, count).Select(_ => 0.1 + (0.8 * generator.NextSingle()))];
    }

    private static double[] Expected(double[] sorted, int budget, int more) => [.. Enumerable.Range(1 + more, budget).Select(k =>
        sorted.Select((score, i) => score * (Math.Pow(1 - ((double)i / sorted.Length), k) - Math.Pow(1 - ((i + 1.0) / sorted.Length), k))).Sum())];

    private static double[] WithoutPuttingBack(double[] sorted, int budget)
    {
        int n = sorted.Length;
        double NoneBelow(int i, int k) => Enumerable.Range(0, k).Aggregate(1.0, (chance, t) => chance * Math.Max(0, n - i - t) / (n - t));
        return [.. Enumerable.Range(1, budget).Select(k => sorted.Select((score, i) => score * (NoneBelow(i, k) - NoneBelow(i + 1, k))).Sum())];
    }
}
