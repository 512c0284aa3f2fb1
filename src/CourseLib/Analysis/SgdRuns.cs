using System.Runtime.CompilerServices;
using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>What many runs of SGD did; made by <see cref="SgdSimulation.Run"/>. A gap is F(x) - F*.</summary>
public sealed class SgdRuns
{
    private readonly StochasticObjective objective;
    private readonly double[] start;
    private readonly double[] minimizer;
    private readonly double minimum;
    private readonly double[] rates;
    private readonly double[][] last;
    private readonly double[][] averaged;
    private readonly double[][] distances;
    private readonly double[][] ends;

    internal SgdRuns(StochasticObjective objective, double[] start, double[] rates, int runs, int[] steps)
    {
        if (steps.Length == 0 || steps[0] < 0 || steps[^1] >= rates.Length || steps.Zip(steps.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new ArgumentException($"SgdSimulation.Run: expected rising steps from 0 to {rates.Length - 1} to record, got [{string.Join(", ", steps.Take(8))}{(steps.Length > 8 ? ", …" : "")}]");
        }

        this.objective = objective;
        this.start = [.. start];
        this.rates = rates;
        minimizer = [.. objective.Minimizer];
        minimum = objective.Minimum;
        Steps = [.. steps];
        last = Empty(runs, steps.Length);
        averaged = Empty(runs, steps.Length);
        distances = Empty(runs, steps.Length);
        ends = new double[runs][];
        SecondMoments = [];
    }

    /// <summary>The recorded k.</summary>
    public int[] Steps { get; }

    /// <summary>alpha_0 … alpha_K; the last one weighs x_K in the average and moved nothing.</summary>
    public IReadOnlyList<double> Rates => rates;

    /// <summary>F(x_k) - F* by run and recorded step: the last iterate.</summary>
    public IReadOnlyList<double[]> Gaps => last;

    /// <summary>F(x̂_k) - F* by run and recorded step, where x̂_k is the average of x_0 … x_k with weights alpha_i.</summary>
    public IReadOnlyList<double[]> AveragedGaps => averaged;

    /// <summary>|x_k - x*|² by run and recorded step.</summary>
    public IReadOnlyList<double[]> SquaredDistances => distances;

    /// <summary>The last point of each run.</summary>
    public IReadOnlyList<double[]> Ends => ends;

    /// <summary>The mean over runs of F(x_k) - F*.</summary>
    public double[] MeanGap => Mean(last);

    /// <summary>The mean over runs of F(x̂_k) - F*.</summary>
    public double[] MeanAveragedGap => Mean(averaged);

    /// <summary>The mean over runs of |x_k - x*|².</summary>
    public double[] MeanSquaredDistance => Mean(distances);

    /// <summary>E|g_k|², the mean over runs, for each step k = 0 … K - 1.</summary>
    public double[] SecondMoments { get; private set; }

    /// <summary>R = |x_0 - x*|.</summary>
    public double R => Math.Sqrt(Vectors.SquaredDistance(start, minimizer));

    /// <summary>The least G with E|g_k|² ≤ G² at every step, as measured: the root of the largest of <see cref="SecondMoments"/>.</summary>
    public double G => Math.Sqrt(SecondMoments.DefaultIfEmpty(0).Max());

    /// <summary>The mean gap of the last iterate over all recorded steps from <paramref name="from"/> on, one number for each run: the plateau of a constant rate.</summary>
    /// <exception cref="ArgumentException">No step from there on was recorded.</exception>
    public double[] Plateau(int from)
    {
        int first = Array.FindIndex(Steps, k => k >= from);
        return first >= 0
            ? [.. last.Select(run => run.Skip(first).Average())]
            : throw new ArgumentException($"SgdRuns.Plateau: no step from {from} on was recorded; the last one is {Steps[^1]}", nameof(from));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Play(int run, NoiseSource noise, double[] squares)
    {
        double[] x = [.. start], average = new double[x.Length], gradient = new double[x.Length];
        double total = 0.0;
        int slot = 0;
        for (int k = 0; k < rates.Length; k++)
        {
            total += rates[k];
            double share = total > 0 ? rates[k] / total : 1;
            for (int j = 0; j < x.Length; j++)
            {
                average[j] += share * (x[j] - average[j]);
            }

            if (slot < Steps.Length && Steps[slot] == k)
            {
                last[run][slot] = objective.Value(x) - minimum;
                averaged[run][slot] = objective.Value(average) - minimum;
                distances[run][slot++] = Vectors.SquaredDistance(x, minimizer);
            }

            if (k < squares.Length)
            {
                objective.Sample(x, gradient, noise);
                squares[k] += Vectors.SquaredNorm(gradient);
                for (int j = 0; j < x.Length; j++)
                {
                    x[j] -= rates[k] * gradient[j];
                }
            }
        }

        ends[run] = x;
    }

    internal void AddUp(double[][] sums) =>
        SecondMoments = [.. Enumerable.Range(0, rates.Length - 1).Select(k => sums.Sum(sum => sum[k]) / last.Length)];

    private static double[][] Empty(int runs, int steps) => [.. Enumerable.Range(0, runs).Select(_ => new double[steps])];

    private static double[] Mean(double[][] runs) => [.. Enumerable.Range(0, runs[0].Length).Select(i => runs.Average(run => run[i]))];
}
