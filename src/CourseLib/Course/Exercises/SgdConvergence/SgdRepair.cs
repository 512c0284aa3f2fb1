using CourseLib.Analysis;
using CourseLib.Course.Grading;
using CourseLib.Kernels;
using Answer = System.Func<System.Func<int, double[], double[]>, double[], int[], int, double, double[]>;

namespace CourseLib.Course.Exercises.SgdConvergence;

/// <summary>sgd.repair: mini-batch SGD with an averaged iterate and three mistakes (lectures init, "Stochastic Gradient Descent", and cnn, "Стохастический градиентный спуск").</summary>
internal static class SgdRepair
{
    public static Grader Grader { get; } = new Grader<Answer>(
        "sgd.repair", "07-sgd-convergence", Level.Medium, "SGD that solves the right problem", reference: (slope, x, drawn, m, rate) =>
        {
            double[] sum = new double[x.Length];
            double weights = 0;
            for (int k = 0; k < drawn.Length / m; k++)
            {
                double alpha = rate / Math.Sqrt(k + 1);
                sum = Vectors.AddScaled(sum, alpha, x);
                weights += alpha;
                double[] g = new double[x.Length];
                for (int i = 0; i < m; i++)
                {
                    g = Vectors.AddScaled(g, 1.0 / m, slope(drawn[(k * m) + i], x)); // a fresh batch, and its mean
                }

                x = Vectors.AddScaled(x, -alpha, g);
            }

            return [.. sum.Select(s => s / weights)];
        })
    {
        Cases =
        [
            new("eight steps with batches of four", answer => Ask(answer, 8, 4, 0.1, 1)),
            new("single examples", answer => Ask(answer, 30, 1, 0.05, 2)),
            new("two hundred steps with batches of five", answer => Ask(answer, 200, 5, 0.08, 3)),
        ],
        Ideas =
        [
            new("nothing was mended", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, fresh: false, mean: false, weighted: false),
                "Write down which numbers of examples the first three steps use."),
            new("only the batches were mended", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, mean: false, weighted: false),
                "Compare a batch of four with a batch of one: how long are their steps? And which points count how much in (5)?"),
            new("only the mean over the batch was mended", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, fresh: false, weighted: false),
                "Which examples are never looked at? And which points count how much in (5)?"),
            new("only the average was mended", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, fresh: false, mean: false),
                "Which examples are never looked at? And how does the length of a step depend on m?"),
            new("always the same batch", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, fresh: false),
                "It is the slide's printed sum: whose optimum does it find?"),
            new("the sum over the batch", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, mean: false),
                "With larger batches the steps grow. Of what is the mini-batch's gradient an estimate?"),
            new("all points count alike", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, weighted: false),
                "Jensen's step divides (4) by the sum of the rates. With which weights do the points come in?"),
            new("the points after the steps", (slope, x, drawn, m, rate) => Run(slope, x, drawn, m, rate, after: true),
                "(4) begins with i = 0, with the start. Is it in your average, and the last point of all?"),
        ],
        Alternatives =
        [
            (slope, x, drawn, m, rate) =>
            {
                List<double[]> points = [x];
                foreach ((int k, int[] batch) in drawn.Chunk(m).Index())
                {
                    double[][] slopes = [.. batch.Select(i => slope(i, points[k]))];
                    points.Add([.. points[k].Select((p, j) => p - (rate / Math.Sqrt(k + 1) * slopes.Average(g => g[j])))]);
                }

                double all = Enumerable.Range(1, points.Count - 1).Sum(k => 1 / Math.Sqrt(k));
                return [.. x.Select((_, j) => points.SkipLast(1).Select((p, k) => p[j] / Math.Sqrt(k + 1)).Sum() / all)];
            },
        ],
        Hints =
        [
            "Look for one mistake in each of three lines: which examples a step takes, how they are put together, how the points are averaged.",
            "Step k takes drawn[k m] to drawn[k m + m - 1] and the mean of their gradients; the point x_k where they are taken has the weight alpha_k, and all is divided by the sum of these.",
        ],
    };

    private static object? Ask(Answer answer, int steps, int m, double rate, ulong seed)
    {
        LeastSquares data = LeastSquares.Generate(30, 2, noise: 1, seed);
        NoiseSource dice = new(seed);
        return answer(Slope, [3, -2], [.. Enumerable.Range(0, steps * m).Select(_ => dice.Index(30))], m, rate);

        double[] Slope(int i, double[] x)
        {
            double[] g = new double[2];
            data.Gradient(x, g, [i]);
            return g;
        }
    }

    private static double[] Run(
        Func<int, double[], double[]> slope, double[] x, int[] drawn, int m, double rate, bool fresh = true, bool mean = true, bool weighted = true, bool after = false)
    {
        double[] sum = new double[x.Length];
        double weights = 0;
        for (int k = 0; k < drawn.Length / m; k++)
        {
            double alpha = rate / Math.Sqrt(k + 1), weight = weighted ? alpha : 1;
            double[] before = x, g = new double[x.Length];
            for (int i = 0; i < m; i++)
            {
                g = Vectors.AddScaled(g, mean ? 1.0 / m : 1, slope(drawn[(fresh ? k * m : 0) + i], before));
            }

            x = Vectors.AddScaled(x, -alpha, g);
            sum = Vectors.AddScaled(sum, weight, after ? x : before);
            weights += weight;
        }

        return [.. sum.Select(s => s / weights)];
    }
}
