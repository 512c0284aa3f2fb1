using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.GradientDescent;

/// <summary>gd.edge: the largest rate that converges, with inertia (lectures cnn, "Градиентный спуск", and intro, "Методы оптимизации").</summary>
internal static class GdEdge
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "gd.edge", "06-gradient-descent", Level.Medium, "the edge with inertia", reference: () =>
        {
            bool Converges(double rate)
            {
                double x = 1, v = 0;
                for (int step = 0; step < 2000; step++)
                {
                    v = (0.9 * v) - (rate * 6 * x); // f = 3 x², so f' = 6 x
                    x += v;
                }

                return Math.Abs(x) < 1; // false for NaN, too
            }

            double low = 0.01, high = 10; // one converges, the other does not
            while (high - low > 1e-5)
            {
                double middle = (low + high) / 2;
                (low, high) = Converges(middle) ? (middle, high) : (low, middle);
            }

            return low;
        })
    {
        Cases = [new("f(x) = 3 x², inertia 0.9", answer => answer(), tolerance: 0.01)],
        Ideas =
        [
            new("the edge without inertia", () => 1.0 / 3, "This is plain GD's. Run the method with inertia at a rate a little above it: does |x| grow?"),
            new("steps add up to ten, so the edge is ten times as close", () => 1.0 / 30, "Steps of one direction add up. But which sign do neighbouring steps have at the edge? Try larger rates."),
            new("ten times as far", () => 10.0 / 3, "Run it at this rate and print |x|. How many steps does it take to leave the screen?"),
            new("the fastest rate, not the largest", () => 1.0 / 6, "Try a larger rate and look at |x| after two thousand steps."),
            new("the parabola's coefficient taken for its curvature", () => 3.8 / 3, "What is the derivative of 3 x²?"),
        ],
        Alternatives = [() => 2 * (1 + 0.9) / 6],
        Hints = ["Write a method that runs 2000 steps from x = 1 with a given rate and says whether |x| became smaller.", "Begin with a rate that converges and one that does not; ask for the middle, keep the half that has the edge in it, until it is shorter than 0.0001."],
    };
}
