using CourseLib.Kernels;
using CourseLib.Schedules;

namespace CourseLib.Analysis;

/// <summary>
/// Plays SGD, x_(k+1) = x_k - alpha_k g_k, many times on a problem whose exact F is known (lecture cnn, "Стохастический градиентный спуск"). Runs differ by
/// their noise alone and are played in parallel; run r of a seed gives the same numbers on any number of threads.
/// </summary>
public static class SgdSimulation
{
    // Runs that one thread plays together: partial sums belong to such a group, so that their order never depends on the threads.
    private const int Group = 4;

    /// <summary>Plays many runs and records gaps and distances at some steps.</summary>
    /// <param name="objective">The problem.</param>
    /// <param name="start">x_0, the same for every run.</param>
    /// <param name="rate">alpha_k as a function of k, from 0: a schedule.</param>
    /// <param name="steps">How many updates each run makes.</param>
    /// <param name="runs">How many runs.</param>
    /// <param name="seed">The randomness.</param>
    /// <param name="record">The k in 0 … steps at which to record x_k, rising; null for <see cref="LogSteps"/>.</param>
    /// <exception cref="ArgumentException">The start has another dimension, a recorded step is out of range, or a rate is not a finite number.</exception>
    public static SgdRuns Run(StochasticObjective objective, double[] start, Schedule rate, int steps, int runs = 100, ulong seed = 1, IEnumerable<int>? record = null)
    {
        ArgumentNullException.ThrowIfNull(objective);
        objective.Check(start, "start of SgdSimulation.Run");
        ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
        SgdRuns result = new(objective, start, Rates(rate, steps), runs, [.. record ?? LogSteps(steps)]);
        Generator seeds = new(seed);
        Generator[] generators = Enumerable.Range(0, runs).Select(_ => seeds.Fork()).ToArray();
        int groups = (runs + Group - 1) / Group;
        double[][] sums = new double[groups][];
        Workers.For(groups, new Play(result, generators, sums));
        result.AddUp(sums);
        return result;
    }

    /// <summary>Plays one run and keeps every point and every sampled gradient.</summary>
    /// <param name="objective">The problem.</param>
    /// <param name="start">x_0.</param>
    /// <param name="rate">alpha_k as a function of k, from 0: a schedule.</param>
    /// <param name="steps">How many updates.</param>
    /// <param name="seed">The randomness.</param>
    /// <exception cref="ArgumentException">The start has another dimension, or a rate is not a finite number.</exception>
    public static SgdPath Path(StochasticObjective objective, double[] start, Schedule rate, int steps, ulong seed = 1)
    {
        ArgumentNullException.ThrowIfNull(objective);
        objective.Check(start, "start of SgdSimulation.Path");
        double[] rates = Rates(rate, steps)[..steps];
        double[][] points = new double[steps + 1][];
        double[][] gradients = new double[steps][];
        NoiseSource noise = new(seed);
        points[0] = [.. start];
        for (int k = 0; k < steps; k++)
        {
            gradients[k] = objective.Sample(points[k], noise);
            points[k + 1] = Vectors.AddScaled(points[k], -rates[k], gradients[k]);
        }

        return new SgdPath(points, gradients, rates);
    }

    /// <summary>0, 1, 2 and on to <paramref name="last"/>, about evenly on a logarithmic axis.</summary>
    /// <param name="last">The last step, which is always there.</param>
    /// <param name="perDecade">How many from k to 10 k.</param>
    public static int[] LogSteps(int last, int perDecade = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(perDecade, 1);
        int count = last < 1 ? 0 : (int)Math.Ceiling(perDecade * Math.Log10(last));
        return [.. Enumerable.Range(0, count + 1).Select(i => (int)Math.Round(Math.Pow(10, i / (double)perDecade))).Where(k => k < last).Prepend(0).Append(last).Distinct()];
    }

    // One rate more than steps: the weighted average over x_0 … x_k needs alpha_k even where no step follows.
    private static double[] Rates(Schedule rate, int steps)
    {
        ArgumentNullException.ThrowIfNull(rate);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        double[] rates = rate.Rates(steps + 1);
        int bad = Array.FindIndex(rates, value => !double.IsFinite(value) || value < 0);
        return bad < 0
            ? rates
            : throw new ArgumentException($"SgdSimulation: expected rates that are finite and not negative, got {Display.Readable.Number(rates[bad])} at step {bad}", nameof(rate));
    }

    private readonly struct Play(SgdRuns result, Generator[] generators, double[][] sums) : IWork
    {
        public void Run(int chunk)
        {
            double[] squares = new double[result.Rates.Count - 1];
            for (int run = chunk * Group; run < Math.Min((chunk + 1) * Group, generators.Length); run++)
            {
                result.Play(run, new NoiseSource(generators[run]), squares);
            }

            sums[chunk] = squares;
        }
    }
}
