using CourseLib.Course.Grading;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Backpropagation;

/// <summary>backprop.shrink: what one sigmoid more does to the gradient of a chain (lecture intro, "Как посчитать производную? Backpropagation").</summary>
internal static class BackpropShrink
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "backprop.shrink", "03-backpropagation", Level.Medium, "what one sigmoid more does to a gradient", reference: () =>
        {
            double Gradient(int length)
            {
                Tensor w = Tensor.Scalar(0.4).AsParameter(), z = w;
                for (int k = 0; k < length; k++)
                {
                    z = z.Sigmoid();
                }

                z.Backward();
                return w.Grad.Item();
            }

            return Gradient(21) / Gradient(20);
        })
    {
        Cases = [new("the factor from 20 sigmoids to 21", answer => answer(), tolerance: 0.01)],
        Ideas =
        [
            new("the largest slope of the sigmoid", () => 0.25,
                "The slope is 1/4 at one place only. Does the chain stay there?"),
            new("the slope at the start", () => S(0.4) * S(-0.4),
                "Each slope is taken at its own stored value. Which value goes into the twenty-first sigmoid?"),
            new("the value instead of the slope", () => Deep(),
                "That is where the values go. The gradient is multiplied by the slope there."),
            new("the inverse", () => 1 / (Deep() * (1 - Deep())),
                "Does the gradient grow or shrink with the length? Look at what is divided by what."),
            new("two sigmoids more", () => Math.Pow(Deep() * (1 - Deep()), 2),
                "By how many sigmoids do your two chains differ?"),
        ],
        Alternatives =
        [
            () =>
            {
                double z = 0.4;
                for (int k = 0; k < 20; k++)
                {
                    z = 1 / (1 + Math.Exp(-z));
                }

                return 1 / (1 + Math.Exp(-z)) / (1 + Math.Exp(z));
            },
        ],
        Hints = ["Make the chain in a loop, as long as you like, and ask the library for the derivative by the start.", "Do it for 20 and for 21 sigmoids. The quotient of the two derivatives is the answer."],
    };

    private static double S(double z) => 1 / (1 + Math.Exp(-z));

    private static double Deep() => Enumerable.Range(0, 50).Aggregate(0.4, (z, _) => S(z));
}
