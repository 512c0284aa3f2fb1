using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.WeightDecayAndAfter;

/// <summary>after.reddi: the games that Adam loses (lecture cnn, "Super-Convergence и amsgrad", Reddi et al. 2018).</summary>
internal static class AfterReddi
{
    public static Grader Grader { get; } = new Grader<Func<double, double>>(
        "after.reddi", "09-weight-decay-and-after", Level.Hard, "the games that Adam loses", reference: beta2 =>
        {
            (double low, double high) = (2, 1000);
            while (high - low > 1e-5)
            {
                double slope = (low + high) / 2, v = 0, moved = 0;
                for (int t = 1; t <= 3000; t++)
                {
                    double g = t % 3 == 1 ? slope : -1;
                    v = (beta2 * v) + ((1 - beta2) * g * g);
                    moved -= t > 2997 ? g / Math.Sqrt(v) : 0; // the last period, long after the start
                }

                (low, high) = moved > 0 ? (slope, high) : (low, slope); // up is the wrong way
            }

            return low;
        })
    {
        Cases =
        [
            new("beta2 = 0.1", f => f(0.1), tolerance: 2e-3),
            new("beta2 = 0.5", f => f(0.5), tolerance: 2e-3),
            new("beta2 = 0.3 and 0.9", f => new[] { f(0.3), f(0.9) }, tolerance: 2e-3),
        ],
        Ideas =
        [
            new("where the slopes add up to 0", beta2 => 2,
                "Above that -1 is the best point. Does Adam know it at once? Let it play with a slightly larger C."),
            new("the paper's beta2, solved for C", beta2 => Math.Sqrt((1 / beta2) - 1),
                "The paper takes this C to show that Adam can fail. Is it the largest for which it fails?"),
            new("without the root", beta2 => Largest(c => -(c / V(c, 1, 1, beta2)) + (1 / V(1, c, 1, beta2)) + (1 / V(1, 1, c, beta2))),
                "Multiply all slopes by ten: Adam's way should stay as it is."),
            new("the first period alone", beta2 => Largest(c => First(c, beta2)),
                "v starts at 0 and is not yet what it becomes. Which periods decide where Adam ends?"),
            new("with the usual beta1", beta2 => Largest(c => WithMomentum(c, beta2)),
                "In this game beta1 is 0: the slope itself is divided, not its average."),
        ],
        Alternatives = [beta2 => Largest(c => -(c / Math.Sqrt(V(c, 1, 1, beta2))) + (1 / Math.Sqrt(V(1, c, 1, beta2))) + (1 / Math.Sqrt(V(1, 1, c, beta2))))],
        Hints =
        [
            "The notebook's Drift says which way Adam goes for one beta2 and C = 3. Give it C as well. For which C does it change its sign?",
            "Just above C = 2 the drift is positive, for a huge C it is negative. Halve the interval between 2 and 1000 until it is short.",
        ],
    };

    // v in the steady state when the last slopes were these, the newest first.
    private static double V(double newest, double before, double oldest, double beta) =>
        (1 - beta) / (1 - (beta * beta * beta)) * ((newest * newest) + (beta * before * before) + (beta * beta * oldest * oldest));

    private static double First(double c, double beta)
    {
        double a = (1 - beta) * c * c, b = (beta * a) + 1 - beta;
        return -(c / Math.Sqrt(a)) + (1 / Math.Sqrt(b)) + (1 / Math.Sqrt((beta * b) + 1 - beta));
    }

    private static double WithMomentum(double c, double beta)
    {
        (double m, double v, double moved) = (0, 0, 0);
        for (int t = 1; t <= 3000; t++)
        {
            double g = t % 3 == 1 ? c : -1;
            m = (0.9 * m) + (0.1 * g);
            v = (beta * v) + ((1 - beta) * g * g);
            moved -= t > 2997 ? m / Math.Sqrt(v) : 0;
        }

        return moved;
    }

    private static double Largest(Func<double, double> drift)
    {
        (double low, double high) = (2, 1000);
        while (high - low > 1e-5)
        {
            double middle = (low + high) / 2;
            (low, high) = drift(middle) > 0 ? (middle, high) : (low, middle);
        }

        return low;
    }
}
