using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.HyperparameterSearch;

/// <summary>search.beta: Adam's second beta on the scale on which it should be searched (lecture cnn, "Практические замечания").</summary>
internal static class SearchBeta
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, double>>(
        "search.beta", "17-hyperparameter-search", Level.Easy, "a scale for beta", reference: (u, low, high) =>
        {
            double forgotten = (1 - low) * Math.Pow((1 - high) / (1 - low), u); // 1 - beta, in equal ratios
            return 1 - forgotten;
        })
    {
        Cases =
        [
            new("1 / (1 - beta) in the middle of 0.9 to 0.999", beta => 1 / (1 - beta(0.5, 0.9, 0.999))),
            new("1 / (1 - beta) near the lower end", beta => 1 / (1 - beta(0.1, 0.9, 0.999))),
            new("1 / (1 - beta) at three quarters of 0.5 to 0.9999", beta => 1 / (1 - beta(0.75, 0.5, 0.9999))),
            new("beta at the lower end", beta => beta(0, 0.8, 0.99)),
        ],
        Ideas =
        [
            new("a linear scale", (u, low, high) => low + (u * (high - low)),
                "Half of these draws lie below 0.95. Over how many steps does Adam average there, and at the upper end?"),
            new("equal ratios of beta itself", (u, low, high) => low * Math.Pow(high / low, u),
                "From 0.9 to 0.999 beta grows by a tenth only. Which quantity changes by a factor of 100?"),
            new("from the upper end to the lower one", (u, low, high) => 1 - ((1 - high) * Math.Pow((1 - low) / (1 - high), u)),
                "Where should u = 0 lie, and u = 1?"),
            new("equal steps of the memory 1 / (1 - beta)", (u, low, high) => 1 - (1 / ((1 / (1 - low)) + (u * ((1 / (1 - high)) - (1 / (1 - low)))))),
                "The right quantity, on a linear scale. How often would the memory be between 10 and 100 steps, and how often between 100 and 1000?"),
            new("the lower end forgotten", (u, low, high) => 1 - Math.Pow(1 - high, u),
                "What is beta when u is 0?"),
        ],
        Alternatives = [(u, low, high) => 1 - Math.Exp(((1 - u) * Math.Log(1 - low)) + (u * Math.Log(1 - high)))],
        Hints =
        [
            "Which number says how much a step forgets? Write down its values for beta = 0.9, 0.99, 0.999.",
            "1 - beta goes from 1 - low to 1 - high. On a logarithmic scale a share u of the way is a power u of their ratio.",
        ],
    };
}
