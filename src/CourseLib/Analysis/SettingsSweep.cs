using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// Errors over two hyperparameters and several seeds: the numbers behind a heat map of the error over rate and decay (Loshchilov and Hutter 2019; lecture
/// cnn, "Adam, AdamW и другие животные"), and the valley in it. A valley that is level along x lets the two be chosen one after the other.
/// </summary>
public sealed class SettingsSweep
{
    private readonly double[] xs;
    private readonly double[] ys;
    private readonly double[,][] scores;

    private SettingsSweep(double[] xs, double[] ys, double[,][] scores) => (this.xs, this.ys, this.scores) = (xs, ys, scores);

    /// <summary>The values of the first hyperparameter, rising.</summary>
    public IReadOnlyList<double> X => xs;

    /// <summary>The values of the second hyperparameter, rising.</summary>
    public IReadOnlyList<double> Y => ys;

    /// <summary>The mean over the seeds, [y, x] with the largest y first, as a heat map shows it.</summary>
    public double[,] Means
    {
        get
        {
            double[,] means = new double[ys.Length, xs.Length];
            for (int i = 0; i < xs.Length; i++)
            {
                for (int j = 0; j < ys.Length; j++)
                {
                    means[ys.Length - 1 - j, i] = scores[i, j].Average();
                }
            }

            return means;
        }
    }

    /// <summary>The pair with the lowest mean, and that mean.</summary>
    public (double X, double Y, double Mean) Best => xs.SelectMany((x, i) => ys.Select((y, j) => (x, y, scores[i, j].Average()))).MinBy(cell => cell.Item3);

    /// <summary>For each x the y of the lowest mean: the lowest point of the parabola in log y through the lowest mean and its neighbours; an end of the range stays as it is.</summary>
    public IReadOnlyList<double> Valley => ValleyOf(_ => true);

    /// <summary>The power law of <see cref="Valley"/> over x: exponent 0 for a level valley, 1 for one in proportion.</summary>
    public PowerLaw ValleyLaw => PowerLaw.Fit(xs, Valley);

    /// <summary>The standard error of the exponent of <see cref="ValleyLaw"/> over the seeds, by leaving out one after the other (jackknife).</summary>
    /// <exception cref="InvalidOperationException">There is one seed only.</exception>
    public double ValleyError
    {
        get
        {
            int seeds = scores[0, 0].Length;
            if (seeds < 2)
            {
                throw new InvalidOperationException("SettingsSweep.ValleyError: expected at least two seeds, got one.");
            }

            double[] without = [.. Enumerable.Range(0, seeds).Select(left => PowerLaw.Fit(xs, ValleyOf(seed => seed != left)).Exponent)];
            double mean = without.Average();
            return Math.Sqrt((seeds - 1.0) / seeds * without.Sum(slope => (slope - mean) * (slope - mean)));
        }
    }

    /// <summary>Tries every pair with every seed.</summary>
    /// <param name="x">Values of the first hyperparameter, positive and rising; at least two.</param>
    /// <param name="y">Values of the second, positive and rising; at least three.</param>
    /// <param name="seeds">How many seeds, from 0.</param>
    /// <param name="error">Trains with x, y and a seed and returns the error, a finite number.</param>
    /// <exception cref="ArgumentException">There are too few values or seeds, they are not positive and rising, or an error is not finite.</exception>
    public static SettingsSweep Run(IReadOnlyList<double> x, IReadOnlyList<double> y, int seeds, Func<double, double, int, double> error)
    {
        ArgumentNullException.ThrowIfNull(error);
        Requires.Rising("SettingsSweep.Run", nameof(x), x, 2);
        Requires.Rising("SettingsSweep.Run", nameof(y), y, 3);
        double[] xs = [.. x], ys = [.. y];
        Requires.AtLeast(nameof(SettingsSweep), nameof(seeds), seeds, 1);
        double[,][] scores = new double[xs.Length, ys.Length][];
        for (int i = 0; i < xs.Length; i++)
        {
            for (int j = 0; j < ys.Length; j++)
            {
                scores[i, j] = [.. Enumerable.Range(0, seeds).Select(seed => Finite(error(xs[i], ys[j], seed), xs[i], ys[j]))];
            }
        }

        return new SettingsSweep(xs, ys, scores);
    }

    private double[] ValleyOf(Func<int, bool> use)
    {
        double[] valley = new double[xs.Length];
        for (int i = 0; i < xs.Length; i++)
        {
            double[] means = [.. Enumerable.Range(0, ys.Length).Select(j => scores[i, j].Where((_, seed) => use(seed)).Average())];
            int low = Array.IndexOf(means, means.Min());
            valley[i] = low == 0 || low == ys.Length - 1 ? ys[low] : Vertex(low, means);
        }

        return valley;
    }

    private double Vertex(int low, double[] means)
    {
        double left = Math.Log(ys[low - 1] / ys[low]), right = Math.Log(ys[low + 1] / ys[low]);
        double rise = means[low - 1] - means[low], fall = means[low + 1] - means[low];
        double curvature = (right * rise) - (left * fall);
        return curvature > 0 ? ys[low] * Math.Exp(0.5 * ((right * right * rise) - (left * left * fall)) / curvature) : ys[low];
    }

    private static double Finite(double error, double x, double y) => double.IsFinite(error)
        ? error
        : throw new ArgumentException($"SettingsSweep.Run: expected a finite error, got {Display.Readable.Number(error)} at x = {Display.Readable.Number(x)}, y = {Display.Readable.Number(y)}; let a run that diverged count as guessing");
}
