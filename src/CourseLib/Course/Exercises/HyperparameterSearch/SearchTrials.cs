using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.HyperparameterSearch;

/// <summary>search.trials: how many random trials make it nearly sure that one of them is good (lecture cnn, "Практические замечания").</summary>
internal static class SearchTrials
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, double, bool, double, int>>(
        "search.trials", "17-hyperparameter-search", Level.Medium, "trials until one is good, nearly surely", reference: (a, b, low, high, logarithmic, sure) =>
        {
            double hit = logarithmic ? Math.Log(b / a) / Math.Log(high / low) : (b - a) / (high - low);
            int trials = 0;
            for (double allMiss = 1; allMiss > 1 - sure; allMiss *= 1 - hit)
            {
                trials++;
            }

            return trials;
        })
    {
        Cases =
        [
            new("rates for Adam, logarithmic, 95% sure", f => f(3e-4, 3e-2, 1e-5, 1, true, 0.95)),
            new("the same, linear", f => f(3e-4, 3e-2, 1e-5, 1, false, 0.95)),
            new("good from 0.1 to 0.3, searched from 0.01 to 0.5, linear, 90% sure", f => f(0.1, 0.3, 0.01, 0.5, false, 0.9)),
            new("the same, logarithmic, 80% sure", f => f(0.1, 0.3, 0.01, 0.5, true, 0.8)),
        ],
        Ideas =
        [
            new("the mean number of trials", (a, b, low, high, logarithmic, sure) => Up(1 / Hit(a, b, low, high, logarithmic)),
                "After 1/p trials on average there is a hit. How often does it take longer than that?"),
            new("chances added up", (a, b, low, high, logarithmic, sure) => Up(sure / Hit(a, b, low, high, logarithmic)),
                "With p = 0.4 three trials would have a chance of 1.2. What is the chance that all of them miss?"),
            new("one trial too few", (a, b, low, high, logarithmic, sure) => Trials(Hit(a, b, low, high, logarithmic), sure) - 1,
                "Put your number into the chance that all trials miss: is it small enough?"),
            new("a linear scale in both cases", (a, b, low, high, logarithmic, sure) => Trials(Hit(a, b, low, high, false), sure),
                "On a logarithmic scale equal ratios are equally likely. How many decades are good, of how many?"),
            new("sure and unsure mixed up", (a, b, low, high, logarithmic, sure) => Trials(Hit(a, b, low, high, logarithmic), 1 - sure),
                "95% sure: how likely may it be that all trials miss?"),
        ],
        Alternatives = [(a, b, low, high, logarithmic, sure) => (int)Math.Ceiling(Math.Log(1 - sure) / Math.Log(1 - (logarithmic ? Math.Log10(b / a) / Math.Log10(high / low) : (b - a) / (high - low))))],
        Hints =
        [
            "Section 4 has the chance p of one trial, for both scales (there for a range of five decades). What is the chance that n trials all miss?",
            "The trials are independent, so all n miss with probability (1 - p) to the power n. Find the smallest n for which that is no more than 1 - sure; a loop will do.",
        ],
    };

    private static double Hit(double a, double b, double low, double high, bool logarithmic) => logarithmic ? Math.Log(b / a) / Math.Log(high / low) : (b - a) / (high - low);

    private static int Up(double number) => (int)Math.Ceiling(number);

    private static int Trials(double hit, double sure) => Up(Math.Log(1 - sure) / Math.Log(1 - hit));
}
