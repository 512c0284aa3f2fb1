using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.Backpropagation;

/// <summary>backprop.neuron: the derivatives of a sigmoid neuron's squared error (lecture intro, "Как посчитать производную? Backpropagation").</summary>
internal static class BackpropNeuron
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, double, (double, double, double)>>(
        "backprop.neuron", "03-backpropagation", Level.Easy, "the squared error of a sigmoid neuron", reference: (w, x, b, t) =>
        {
            double p = 1 / (1 + Math.Exp(-((w * x) + b))); // forward: store
            double g = 2 * (p - t);                        // dL/dp
            g *= p * (1 - p);                              // dL/dz
            return (g * x, g, g * w);
        })
    {
        Cases =
        [
            new("a target of 1", f => f(0.5, 2, -0.3, 1)),
            new("a target of 0", f => f(-1.5, -0.7, 0.4, 0)),
            new("a target between", f => f(0.8, 1.3, 0.2, 0.25)),
        ],
        Ideas =
        [
            new("without the slope of the sigmoid", (w, x, b, t) => Shares(w, x, 2 * (P(w, x, b) - t)),
                "Two functions stand between z = wx + b and L. Which slope does each of them have?"),
            new("the slope of the sigmoid at p", (w, x, b, t) => Shares(w, x, 2 * (P(w, x, b) - t) * S(P(w, x, b)) * S(-P(w, x, b))),
                "A slope is taken at the value that goes into the function. What goes into the sigmoid?"),
            new("without the 2 of the square", (w, x, b, t) => Shares(w, x, (P(w, x, b) - t) * Slope(w, x, b)),
                "All numbers have the same factor too few. Which function of the three is a square?"),
            new("the wrong sign", (w, x, b, t) => Shares(w, x, 2 * (t - P(w, x, b)) * Slope(w, x, b)),
                "When p is too large, does L grow or fall with p?"),
            new("the factors of the product exchanged", (w, x, b, t) => Shares(x, w, 2 * (P(w, x, b) - t) * Slope(w, x, b)),
                "By how much does wx change when w becomes w + h?"),
        ],
        Alternatives =
        [
            (w, x, b, t) =>
            {
                double e = Math.Exp(-(w * x) - b), g = 2 * ((1 / (1 + e)) - t) * e / ((1 + e) * (1 + e));
                return (x * g, g, w * g);
            },
        ],
        Hints = ["Write the forward pass in steps: z = wx + b, p = σ(z), L = (p - t)². Then go back from L, one slope at a time.", "dL/dp = 2(p - t), and p has the slope p(1 - p) by z. What is left is the slope of z by w, by b and by x."],
    };

    private static double S(double z) => 1 / (1 + Math.Exp(-z));

    private static double P(double w, double x, double b) => S((w * x) + b);

    private static double Slope(double w, double x, double b) => P(w, x, b) * (1 - P(w, x, b));

    private static (double, double, double) Shares(double w, double x, double g) => (g * x, g, g * w);
}
