using CourseLib.Analysis;
using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.WeightDecayAndAfter;

/// <summary>decay.noise: the size that weights keep under AdamW when only noise moves them (lecture cnn, "Adam, AdamW и другие животные").</summary>
internal static class DecayNoise
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, double>>(
        "decay.noise", "09-weight-decay-and-after", Level.Medium, "weights that only noise moves", reference: (rate, decay, noise) =>
        {
            int weights = 400, steps = 4000;
            NoiseSource source = new(1);
            double sum = 0;
            for (int i = 0; i < weights; i++)
            {
                (double x, double m, double v, double p1, double p2) = (0, 0, 0, 1, 1);
                for (int t = 1; t <= steps; t++)
                {
                    double g = noise * source.Normal();
                    m = (0.9 * m) + (0.1 * g);
                    v = (0.999 * v) + (0.001 * g * g);
                    (p1, p2) = (0.9 * p1, 0.999 * p2);
                    x -= rate * ((m / (1 - p1) / Math.Sqrt(v / (1 - p2))) + (decay * x));
                    sum += t > steps / 2 ? x * x : 0;
                }
            }

            return Math.Sqrt(sum / (weights * (steps / 2)));
        })
    {
        Cases =
        [
            new("rate 0.01, decay 0.5, gradients of size 1", f => f(0.01, 0.5, 1), tolerance: 0.08),
            new("rate 0.04, decay 0.125, gradients of size 100", f => f(0.04, 0.125, 100), tolerance: 0.08),
            new("rate 0.02, decay 0.25, gradients of size 0.01", f => f(0.02, 0.25, 0.01), tolerance: 0.08),
        ],
        Ideas =
        [
            new("the balance of a steady push", (rate, decay, noise) => 1 / decay,
                "If every step had the same direction, that would be so. Here the next step is as likely to go back."),
            new("the mean square", (rate, decay, noise) => rate / (2 * decay), "Asked is the root of the mean square."),
            new("a factor 2 lost", (rate, decay, noise) => Math.Sqrt(rate / decay),
                "One step multiplies x by 1 - rate decay. By what does it multiply x²?"),
            new("the size of the gradients remains", (rate, decay, noise) => noise * Math.Sqrt(rate / (2 * decay)),
                "Right for gradients of size 1. What does Adam do with the size of gradients?"),
            new("an L2 penalty in place of the decay", (rate, decay, noise) => Simulated(rate, 0, decay, noise),
                "Right for gradients of size 1: there the penalty and the decay agree. Does your decay pass through the division by the root of v?"),
            new("the decay without its rate", (rate, decay, noise) => Simulated(rate, decay, 0, noise),
                "That is the slide's form. In PyTorch's, x loses rate times decay times x."),
        ],
        Alternatives = [(rate, decay, noise) => Math.Sqrt(rate / (2 * decay))],
        Hints =
        [
            "Simulate some hundred weights, each with m and v of its own, for 4000 steps. From step 2000 on, add up all x².",
            "In each step g is the size times a normal number; m and v are Adam's; x loses rate times corrected m over the root of the corrected v, and rate times decay times x.",
        ],
    };

    private static double Simulated(double rate, double shrink, double penalty, double noise)
    {
        int weights = 400, steps = 4000;
        NoiseSource source = new(2);
        double sum = 0;
        for (int i = 0; i < weights; i++)
        {
            (double x, double m, double v, double p1, double p2) = (0, 0, 0, 1, 1);
            for (int t = 1; t <= steps; t++)
            {
                double g = (noise * source.Normal()) + (penalty * x);
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g * g);
                (p1, p2) = (0.9 * p1, 0.999 * p2);
                x -= (rate * m / (1 - p1) / Math.Sqrt(v / (1 - p2))) + (shrink * x);
                sum += t > steps / 2 ? x * x : 0;
            }
        }

        return Math.Sqrt(sum / (weights * (steps / 2)));
    }
}
