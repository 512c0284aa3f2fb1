using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.MomentumAndAdaptive;

/// <summary>optim.rare: how far one rare gradient moves a weight under Adam (lecture cnn, "Адаптивные методы градиентного спуска").</summary>
internal static class OptimRare
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "optim.rare", "08-momentum-and-adaptive", Level.Medium, "one rare gradient", reference: () =>
        {
            double m = 0, v = 0, way = 0;
            for (int t = 1; t <= 20000; t++)
            {
                double g = t == 10000 ? 1 : 0;
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g * g);
                double first = m / (1 - Math.Pow(0.9, t)), second = v / (1 - Math.Pow(0.999, t));
                way += first / (Math.Sqrt(second) + 1e-8); // in units of the rate
            }

            return way;
        })
    {
        Cases = [new("the way that the weight goes, in units of the rate", answer => answer(), tolerance: 1e-3)],
        Ideas =
        [
            new("one step of the length of the rate", () => 1, "Every step of Adam has about that length while the gradient is constant. Is it constant here?"),
            new("the first step alone", () => 0.1 / Math.Sqrt(0.001), "That is the step in which the gradient comes. What is m one step later, when the gradient is 0 again?"),
            new("as in momentum: 1 / (1 - beta)", () => 10, "So many first steps are added up. How long is the first one? Both running means have slept for 10000 steps."),
            new("a gradient at the very first step", () => AtTheStart(), "The correction undoes the zeros of the start. Does it know of zeros that were gradients?"),
            new("without the root", () => 0.1 / 0.001 / (1 - (0.9 / 0.999)), "By which power of v is m divided?"),
            new("v does not forget", () => 0.1 / Math.Sqrt(0.001) / (1 - 0.9), "Very near. While m fades, v fades as well: its root makes the later steps a little longer."),
        ],
        Alternatives = [() => 0.1 / Math.Sqrt(0.001) / (1 - (0.9 / Math.Sqrt(0.999)))],
        Hints = ["Simulate one weight: 20000 steps, all gradients 0 but one. Add up the lengths of all steps.", "After the rare gradient m is 0.1 times 0.9 to the power k, v is 0.001 times 0.999 to the power k. Long after the start the corrections are 1."],
    };

    private static double AtTheStart() => Enumerable.Range(1, 1000)
        .Sum(t => 0.1 * Math.Pow(0.9, t - 1) / (1 - Math.Pow(0.9, t)) / Math.Sqrt(0.001 * Math.Pow(0.999, t - 1) / (1 - Math.Pow(0.999, t))));
}
