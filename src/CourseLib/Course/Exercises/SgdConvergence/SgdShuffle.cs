using CourseLib.Analysis;
using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.SgdConvergence;

/// <summary>sgd.shuffle: how much calmer SGD is when each epoch takes every example once (lectures perc, "Минибатчи", and cnn, "Стохастический градиентный спуск").</summary>
internal static class SgdShuffle
{
    private const int Epochs = 100000;

    public static Grader Grader { get; } = new Grader<Func<double[], double, double>>(
        "sgd.shuffle", "07-sgd-convergence", Level.Medium, "shuffled or drawn?", reference: (targets, rate) =>
        {
            int n = targets.Length, epochs = 100000;
            double best = targets.Average(), shuffled = best, drawn = best, calm = 0, wild = 0;
            NoiseSource noise = new(1);
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                foreach (int i in noise.Choose(n, n)) // each example once, in a new order
                {
                    shuffled -= rate * (shuffled - targets[i]);
                }

                for (int step = 0; step < n; step++)
                {
                    drawn -= rate * (drawn - targets[noise.Index(n)]);
                }

                calm += (shuffled - best) * (shuffled - best);
                wild += (drawn - best) * (drawn - best);
            }

            return wild / calm;
        })
    {
        Cases =
        [
            new("ten examples, rate 0.1", f => f(Ten(), 0.1), tolerance: 0.05),
            new("five examples, rate 0.3", f => f([1, 0, 4, 3, 3], 0.3), tolerance: 0.05),
            new("two examples, rate 0.2", f => f([1, 4], 0.2), tolerance: 0.05),
        ],
        Ideas =
        [
            new("the ratio upside down", (targets, rate) => 1 / Exact(targets.Length, rate), "Which of the two is calmer? The ratio asked for is above 1."),
            new("the distance in place of its square", (targets, rate) => Math.Sqrt(Exact(targets.Length, rate)), "Asked is the ratio of the mean squares, not that of their roots."),
            new("the same order in each epoch", (targets, rate) => Ordered(targets, rate),
                "Where does the run end if the order never changes? It comes to rest, but where?"),
            new("measured after every step", (targets, rate) => EveryStep(targets, rate),
                "Within an epoch some examples are still to come. Look at x only when each has had its turn."),
            new("no difference", (targets, rate) => 1, "Both take each example equally often in the long run. Over ten steps, too?"),
            new("the number of examples", (targets, rate) => targets.Length, "A good guess. Measure it for two numbers of examples and two rates."),
        ],
        Alternatives = [(targets, rate) => Exact(targets.Length, rate)],
        Hints =
        [
            "Two runs side by side, started at the mean of the targets. After every n steps add up the squares of both distances; divide the sums at the end.",
            "One epoch of the first run: foreach (int i in noise.Choose(n, n)) x -= rate * (x - targets[i]). The other takes noise.Index(n) n times. A hundred thousand epochs.",
        ],
    };

    private static double[] Ten() => [.. Enumerable.Range(1, 10).Select(i => (double)i)];

    // One epoch adds h sum of c_j b_j with c_j = (1 - h)^j; over random orders its variance has the spread of c in it, for draws the squares of c.
    private static double Exact(int n, double rate)
    {
        double[] c = [.. Enumerable.Range(0, n).Select(j => Math.Pow(1 - rate, j))];
        double mean = c.Average();
        return c.Sum(v => v * v) / (c.Sum(v => (v - mean) * (v - mean)) * n / (n - 1));
    }

    private static double Drawn(double[] targets, double rate)
    {
        double best = targets.Average();
        return rate / (2 - rate) * targets.Average(b => (b - best) * (b - best));
    }

    private static double Ordered(double[] targets, double rate)
    {
        double x = targets.Average();
        for (int step = 0; step < 1000 * targets.Length; step++)
        {
            x -= rate * (x - targets[step % targets.Length]);
        }

        return Drawn(targets, rate) / Math.Pow(x - targets.Average(), 2);
    }

    private static double EveryStep(double[] targets, double rate)
    {
        double best = targets.Average(), x = best, sum = 0;
        NoiseSource noise = new(2);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (int i in noise.Choose(targets.Length, targets.Length))
            {
                x -= rate * (x - targets[i]);
                sum += (x - best) * (x - best);
            }
        }

        return Drawn(targets, rate) / (sum / Epochs / targets.Length);
    }
}
