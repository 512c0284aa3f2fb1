using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.TrainingDynamics;

/// <summary>dynamics.hover: at which height a noisy descent with momentum hovers (lectures perc, "Learning rate", and cnn, "Метод моментов").</summary>
internal static class DynamicsHover
{
    public static Grader Grader { get; } = new Grader<Func<double, double, double, double, double>>(
        "dynamics.hover", "10-training-dynamics", Level.Hard, "where a noisy descent with momentum hovers", reference: (rate, momentum, curvature, noise) =>
        {
            // Settled: a = E[x²], b = E[v²], c = E[xv], with v' = momentum v + curvature x + noise and x' = x - rate v'.
            //   b = momentum² b + 2 momentum curvature c + curvature² a + noise
            //   a = a - 2 rate (momentum c + curvature a) + rate² b     gives  momentum c + curvature a = rate b / 2
            //   c = momentum c + curvature a - rate b                   gives  c = -rate b / 2
            // so that curvature a = (1 + momentum) rate b / 2; the first line then gives b, and this a:
            double stretch = rate * curvature;
            return rate * noise * (1 + momentum) / (curvature * (1 - momentum) * ((2 * (1 + momentum)) - stretch));
        })
    {
        Cases =
        [
            new("no momentum: the notebook's formula", answer => answer(0.3, 0, 2, 0.5)),
            new("a small rate, momentum 0.9", answer => answer(0.01, 0.9, 1, 1)),
            new("a larger rate, momentum 0.9", answer => answer(0.1, 0.9, 1, 1)),
            new("a steep parabola", answer => answer(0.3, 0.8, 4, 0.5)),
            new("much noise", answer => answer(0.4, 0.5, 2, 3)),
        ],
        Ideas =
        [
            new("momentum changes nothing", (rate, momentum, curvature, noise) => Plain(rate, curvature, noise), "Each bit of noise is in v for many steps. Simulate it with momentum 0.9 before you believe that."),
            new("as a larger rate, 1/(1 - momentum) times", (rate, momentum, curvature, noise) => Plain(rate / (1 - momentum), curvature, noise), "For very small rates that is nearly right. For which rates does your formula become infinite, and for which ones does momentum diverge?"),
            new("the notebook's height over 1 - momentum", (rate, momentum, curvature, noise) => Plain(rate, curvature, noise) / (1 - momentum), "For very small rates it is right. At which rate does the denominator vanish, and at which rate does momentum diverge?"),
            new("x and v as if they were independent", (rate, momentum, curvature, noise) => rate * noise / (curvature * ((2 * (1 - (momentum * momentum))) - (rate * curvature))), "v has moved x, so they know of each other. What is the mean of x v when all has settled?"),
            new("the gradient enters v with 1 - momentum", (rate, momentum, curvature, noise) => Settled(rate * (1 - momentum), momentum, curvature, noise), "There are two ways to write momentum. Which one does the exercise give?"),
            new("the standard deviation", (rate, momentum, curvature, noise) => Math.Sqrt(Settled(rate, momentum, curvature, noise)), "In which units is your number, those of x or those of x²?"),
            new("the noise's variance is squared again", (rate, momentum, curvature, noise) => Settled(rate, momentum, curvature, noise * noise), "What is given of the noise, its size or its variance? With noise 1 one does not see it."),
        ],
        Alternatives =
        [
            (rate, momentum, curvature, noise) =>
            {
                double a = 0, b = 0, c = 0;
                for (int step = 0; step < 20000; step++)
                {
                    double withOld = (momentum * c) + (curvature * a);     // E[x v']
                    b = (momentum * momentum * b) + (2 * momentum * curvature * c) + (curvature * curvature * a) + noise;
                    a = a - (2 * rate * withOld) + (rate * rate * b);
                    c = withOld - (rate * b);
                }

                return a;
            },
        ],
        Hints =
        [
            "One variance is not enough now: x and v belong together. Follow three numbers from step to step, the means of x², of v² and of x v, and ask when they stay as they are.",
            "Write E[x v'] once; the new E[x²] and E[x v] follow from it and the new E[v²]. You may solve the three equations on paper, or iterate them until nothing moves.",
        ],
    };

    private static double Plain(double rate, double curvature, double noise) => rate * noise / (curvature * (2 - (rate * curvature)));

    private static double Settled(double rate, double momentum, double curvature, double noise) =>
        rate * noise * (1 + momentum) / (curvature * (1 - momentum) * ((2 * (1 + momentum)) - (rate * curvature)));
}
