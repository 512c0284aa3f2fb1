using CourseLib.Analysis;
using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.NeuronAndPerceptron;

/// <summary>neuron.steepness: how steep the steps of a staircase of sigmoids are best (lecture lbd, "Теорема Цыбенко (Универсальная теорема аппроксимации)").</summary>
internal static class NeuronSteepness
{
    public static Grader Grader { get; } = new Grader<Func<double>>(
        "neuron.steepness", "01-neuron-and-perceptron", Level.Medium, "the best steepness of a staircase", reference: () =>
        {
            Func<double, double> wave = x => Math.Sin(2 * Math.PI * x);
            double best = 0, least = double.PositiveInfinity;
            for (int i = 0; i <= 220; i++)
            {
                double steepness = 1 + (0.05 * i);
                double error = SigmoidSum.Approximate(wave, 20, steepness).LargestError(wave, 401);
                if (error < least)
                {
                    (best, least) = (steepness, error);
                }
            }

            return best;
        })
    {
        Cases = [new("the steepness with the least largest error", answer => answer(), tolerance: 0.03)],
        Ideas =
        [
            new("the notebook's 4", () => 4, "4 followed from an argument about the slope in the middle of a step. Did you measure the error beside it?"),
            new("the mean error instead of the largest", () => Best(sum => Enumerable.Range(0, 401).Average(i => Off(sum, i / 400.0))),
                "Cybenko's theorem promises something for all x. Which x is the worst one?"),
            new("as steep as possible", () => 12, "A very steep sigmoid is a jump. How far is a staircase of jumps from a smooth curve in the middle of a piece?"),
            new("the weight instead of the steepness", () => 20 * Best(sum => Worst(sum)), "The weight of a hidden neuron is s N. Which of the two was asked for?"),
            new("the error instead of the steepness", () => Worst(SigmoidSum.Approximate(Wave, 20, Best(sum => Worst(sum)))), "That is how small the error becomes. At which s?"),
        ],
        Alternatives =
        [
            () =>
            {
                // Thirds: the error falls up to one place and grows behind it.
                double low = 1, high = 12;
                while (high - low > 0.01)
                {
                    double left = low + ((high - low) / 3), right = high - ((high - low) / 3);
                    (low, high) = Worst(SigmoidSum.Approximate(Wave, 20, left)) < Worst(SigmoidSum.Approximate(Wave, 20, right)) ? (low, right) : (left, high);
                }

                return low;
            },
        ],
        Hints =
        [
            "For one s, take the largest distance between G and f over a few hundred points. Then do it for many s and keep the best.",
            "SigmoidSum.Approximate(wave, 20, s).LargestError(wave, 401) is the error for one s. A loop over s in steps of 0.05 finds the least.",
        ],
    };

    private static double Wave(double x) => Math.Sin(2 * Math.PI * x);

    private static double Off(SigmoidSum sum, double x) => Math.Abs(sum.Value(x) - Wave(x));

    private static double Worst(SigmoidSum sum) => sum.LargestError(Wave, 401);

    private static double Best(Func<SigmoidSum, double> error) =>
        Enumerable.Range(0, 111).Select(i => 1 + (0.1 * i)).MinBy(steepness => error(SigmoidSum.Approximate(Wave, 20, steepness)));
}
