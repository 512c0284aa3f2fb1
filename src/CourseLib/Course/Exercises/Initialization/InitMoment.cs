using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Initialization;

/// <summary>init.moment: the second moment of a neuron's sum when the means are not 0 (lectures init, "Инициализация: Xavier/Glorot", and perc, "Рецепт").</summary>
internal static class InitMoment
{
    public static Grader Grader { get; } = new Grader<Func<int, double, double, double, double, double>>(
        "init.moment", "05-initialization", Level.Medium, "the second moment of a sum", reference: (n, meanW, varW, meanX, varX) =>
        {
            double ofProduct = (meanX * meanX * varW) + (meanW * meanW * varX) + (varW * varX);
            double variance = n * ofProduct;   // independent terms: variances add
            double mean = n * meanW * meanX;   // and so do means
            return variance + (mean * mean);   // E[y^2] = Var[y] + E[y]^2
        })
    {
        Cases =
        [
            new("weights of mean 0, inputs behind a ReLU", answer => answer(100, 0, 0.02, 0.4, 0.34)),
            new("inputs of mean 0", answer => answer(64, 0.1, 0.02, 0, 1)),
            new("two means", answer => answer(10, 0.2, 0.5, -0.5, 0.7)),
            new("many inputs, two small means", answer => answer(400, 0.03, 0.0025, 0.2, 1)),
        ],
        Ideas =
        [
            new("the short formula", (n, meanW, varW, meanX, varX) => n * varW * varX,
                "Var[w] Var[x] is the variance of a product of which numbers? Look at section 3 again."),
            new("the variance in place of the second moment", (n, meanW, varW, meanX, varX) => n * ((meanX * meanX * varW) + (meanW * meanW * varX) + (varW * varX)),
                "What is E[y^2] of a y that is always 7? And its variance?"),
            new("the squares of the means added up", (n, meanW, varW, meanX, varX) => n * (varW + (meanW * meanW)) * (varX + (meanX * meanX)),
                "n times E[(wx)^2] leaves out the mixed products of two different terms. When is their mean not 0?"),
            new("means that are not squared", (n, meanW, varW, meanX, varX) => (n * ((meanX * varW) + (meanW * varX) + (varW * varX))) + (n * meanW * n * meanW * meanX * meanX),
                "Change the sign of all x. Does the variance of the products change?"),
            new("the variance grows with the square of n", (n, meanW, varW, meanX, varX) => n * n * (varW + (meanW * meanW)) * (varX + (meanX * meanX)),
                "Means of a sum add up, and so do variances of independent terms. Which of the two is squared in E[y^2]?"),
        ],
        Alternatives = [(n, meanW, varW, meanX, varX) => (n * (varW + (meanW * meanW)) * (varX + (meanX * meanX))) + (n * (n - 1.0) * meanW * meanW * meanX * meanX)],
        Hints = ["E[y^2] = Var[y] + E[y]^2: find the mean and the variance of the sum, one after the other.", "The n terms are independent, so both add up; the variance of one term is the full formula of section 3."],
    };
}
