using System.Runtime.CompilerServices;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;

namespace CourseLib.Analysis;

/// <summary>
/// The empirical risk of a linear model, F(x) = (1/N) sum of f_i(x) with f_i(x) = loss(a_i·x, b_i) + l2/2 |x|² (эмпирический риск; lecture cnn,
/// "Стохастический градиентный спуск"): the expectation over an index i that is uniform. A sample is the gradient of one f_i.
/// </summary>
public abstract class EmpiricalRisk : StochasticObjective, ITwiceDifferentiable
{
    private readonly double[][] rows;
    private readonly double[] targets;
    private readonly Lazy<double[]> minimizer;

    /// <summary>The risk over N examples.</summary>
    /// <param name="rows">The inputs a_i, all of one length.</param>
    /// <param name="targets">The targets b_i.</param>
    /// <param name="l2">The weight of the penalty, which makes the minimum unique.</param>
    protected EmpiricalRisk(double[][] rows, double[] targets, double l2)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfNegative(l2);
        if (rows.Length == 0 || rows.Length != targets.Length || rows.Any(row => row.Length != rows[0].Length || row.Length == 0))
        {
            throw new ArgumentException($"{GetType().Name}: expected as many targets as rows and rows of one length, got {rows.Length} rows and {targets.Length} targets");
        }

        (this.rows, this.targets, L2) = (rows, targets, l2);
        minimizer = new(FindMinimizer);
    }

    /// <summary>N.</summary>
    public int Count => rows.Length;

    /// <summary>The weight of the penalty l2/2 |x|².</summary>
    public double L2 { get; }

    /// <inheritdoc/>
    public override int Dimension => rows[0].Length;

    /// <summary>Found by Newton's method, to rounding.</summary>
    public override IReadOnlyList<double> Minimizer => minimizer.Value;

    /// <summary>The inputs of an example.</summary>
    public IReadOnlyList<double> Row(int index) => rows[index];

    /// <summary>The target of an example.</summary>
    public double Target(int index) => targets[index];

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Value(ReadOnlySpan<double> x)
    {
        double sum = 0.0;
        for (int i = 0; i < rows.Length; i++)
        {
            sum += Loss(Vectors.Dot(rows[i], x), targets[i]);
        }

        return (sum / rows.Length) + (L2 / 2 * Vectors.SquaredNorm(x));
    }

    /// <summary>f_i, the part of one example, its penalty included.</summary>
    public double Value(int index, ReadOnlySpan<double> x) => Loss(Vectors.Dot(rows[index], x), targets[index]) + (L2 / 2 * Vectors.SquaredNorm(x));

    /// <inheritdoc/>
    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            Add(i, x, gradient, 1.0 / rows.Length);
        }

        AddPenalty(x, gradient);
    }

    /// <summary>The gradient of the mean of some f_i: a mini-batch of these examples.</summary>
    /// <param name="x">Where.</param>
    /// <param name="gradient">Receives it.</param>
    /// <param name="indices">The examples.</param>
    public void Gradient(ReadOnlySpan<double> x, Span<double> gradient, ReadOnlySpan<int> indices)
    {
        gradient.Clear();
        foreach (int i in indices)
        {
            Add(i, x, gradient, 1.0 / indices.Length);
        }

        AddPenalty(x, gradient);
    }

    /// <summary>(1/N) sum of curvature_i a_i a_iᵀ + l2 I.</summary>
    public double[,] Hessian(ReadOnlySpan<double> x)
    {
        double[,] hessian = new double[Dimension, Dimension];
        for (int i = 0; i < rows.Length; i++)
        {
            double[] row = rows[i];
            double curvature = Curvature(Vectors.Dot(row, x), targets[i]) / rows.Length;
            for (int j = 0; j < row.Length; j++)
            {
                for (int l = 0; l < row.Length; l++)
                {
                    hessian[j, l] += curvature * row[j] * row[l];
                }
            }
        }

        for (int j = 0; j < Dimension; j++)
        {
            hessian[j, j] += L2;
        }

        return hessian;
    }

    /// <inheritdoc/>
    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise) => Gradient(x, gradient, [noise.Index(rows.Length)]);

    /// <summary>The gradient of one example, exactly averaged over all N: its second moment E|g|² and its variance E|g - grad F|².</summary>
    public (double SecondMoment, double Variance) GradientMoments(params double[] x)
    {
        double[] mean = Gradient(x);
        double[] one = new double[Dimension];
        double second = 0, variance = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            Gradient(x, one, [i]);
            second += Vectors.SquaredNorm(one) / rows.Length;
            variance += Vectors.SquaredDistance(one, mean) / rows.Length;
        }

        return (second, variance);
    }

    /// <summary>The same risk, estimated by mini-batches of different examples (without replacement) as an epoch of shuffled data gives them.</summary>
    public StochasticObjective MiniBatchWithoutReplacement(int size) => new DistinctBatch(this, size);

    /// <summary>The risk of the first m examples alone.</summary>
    public EmpiricalRisk Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return Over(rows[..count], targets[..count]);
    }

    /// <summary>The risk of a mini-batch, as a function by itself: m examples drawn with replacement.</summary>
    /// <param name="size">m.</param>
    /// <param name="noise">Draws them.</param>
    public EmpiricalRisk Draw(int size, NoiseSource noise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentNullException.ThrowIfNull(noise);
        int[] drawn = [.. Enumerable.Range(0, size).Select(_ => noise.Index(rows.Length))];
        return Over([.. drawn.Select(i => rows[i])], [.. drawn.Select(i => targets[i])]);
    }

    /// <summary>The loss of one example as a function of the score s = a_i·x.</summary>
    protected abstract double Loss(double score, double target);

    /// <summary>d loss / d score.</summary>
    protected abstract double Slope(double score, double target);

    /// <summary>d² loss / d score².</summary>
    protected abstract double Curvature(double score, double target);

    /// <summary>The same risk with the same penalty over other examples.</summary>
    protected abstract EmpiricalRisk Over(double[][] rows, double[] targets);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int index, ReadOnlySpan<double> x, Span<double> gradient, double weight)
    {
        double[] row = rows[index];
        double slope = weight * Slope(Vectors.Dot(row, x), targets[index]);
        for (int j = 0; j < row.Length; j++)
        {
            gradient[j] += slope * row[j];
        }
    }

    private void AddPenalty(ReadOnlySpan<double> x, Span<double> gradient)
    {
        for (int j = 0; j < x.Length; j++)
        {
            gradient[j] += L2 * x[j];
        }
    }

    // Newton's method, damped by the norm of the gradient, which goes on falling where rounding hides that F does; ends where it falls no further.
    private double[] FindMinimizer()
    {
        double[] x = new double[Dimension];
        double[] gradient = Gradient(x);
        for (double scale = 1.0; scale > 1e-6 && Vectors.Norm(gradient) > 0;)
        {
            double[] step = Newton.Direction(Hessian(x), gradient, out _);
            for (scale = 1; scale > 1e-6; scale /= 2)
            {
                double[] next = Vectors.AddScaled(x, scale, step);
                double[] there = Gradient(next);
                if (Vectors.Norm(there) < Vectors.Norm(gradient))
                {
                    (x, gradient) = (next, there);
                    break;
                }
            }
        }

        return x;
    }
}
