using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

public class ObjectiveTests
{
    public static TheoryData<string> Names => [.. All.Keys];

    private static Dictionary<string, StochasticObjective> All => new()
    {
        ["quadratic"] = new NoisyQuadratic([1, 0.1, 3], noise: 0.5),
        ["norm"] = new NoisyNorm(3, noise: 0.5),
        ["line"] = FunctionObjective.OnLine(x => (x * x) + (0.5 * Math.Sin(3 * x)), x => (2 * x) + (1.5 * Math.Cos(3 * x)), noise: 2),
        ["plane"] = FunctionObjective.OnPlane((x, y) => (x * x) - (y * x), (x, y) => ((2 * x) - y, -x), noise: 1),
        ["elbo"] = new GaussianElbo(1.6),
        ["least squares"] = LeastSquares.Generate(50, 3, noise: 1, seed: 2, l2: 0.1),
        ["logistic"] = LogisticRegression.Generate(50, 3, seed: 2, l2: 0.1),
        ["batch"] = LogisticRegression.Generate(50, 3, seed: 2, l2: 0.1).MiniBatch(4),
        ["distinct batch"] = LogisticRegression.Generate(50, 3, seed: 2, l2: 0.1).MiniBatchWithoutReplacement(7),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_is_the_derivative_of_the_value(string name)
    {
        StochasticObjective objective = All[name];
        double[] x = [.. new[] { 0.7, -1.3, 0.4 }.Take(objective.Dimension)];
        double[] gradient = objective.Gradient(x);
        for (int j = 0; j < x.Length; j++)
        {
            double[] up = [.. x], down = [.. x];
            (up[j], down[j]) = (x[j] + 1e-5, x[j] - 1e-5);
            Assert.Equal((objective.Value(up) - objective.Value(down)) / 2e-5, gradient[j], 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Term("Stochastic optimisation")]
    [Term("Monte Carlo")]
    public void Samples_are_unbiased(string name)
    {
        StochasticObjective objective = All[name];
        double[] x = [.. new[] { 0.7, -1.3, 0.4 }.Take(objective.Dimension)];
        GradientStatistics statistics = GradientStatistics.Measure(objective, x, 4000, seed: 3);
        Assert.All(statistics.BiasInErrors, z => Assert.InRange(z, -4.5, 4.5));
        Assert.True(statistics.Variance > 0);
        Assert.Equal(Vectors.SquaredNorm(statistics.Exact) + statistics.Variance, statistics.SecondMoment, 0.1 * statistics.SecondMoment);
    }

    [Fact]
    [Term("Monte Carlo")]
    public void A_biased_estimate_is_found_out()
    {
        LogisticRegression risk = LogisticRegression.Generate(50, 3, seed: 2);
        GradientStatistics statistics = GradientStatistics.Measure(new Biased(risk), [0.7, -1.3, 0.4], 4000);
        Assert.Contains(statistics.BiasInErrors, z => Math.Abs(z) > 10);
    }

    [Fact]
    public void Without_noise_a_sample_is_the_gradient()
    {
        GradientStatistics statistics = GradientStatistics.Measure(new NoisyQuadratic([1, 1], 1).Exact(), [3, 4], 10);
        Assert.Equal((0, 25), (statistics.Variance, statistics.SecondMoment));
        Assert.Equal([0, 0], statistics.BiasInErrors);
    }

    [Fact]
    [Term("Convex function")]
    public void Convexity_loses_nothing_for_the_norm()
    {
        double[] x = [3, -4];
        NoisyNorm norm = new(2, 0);
        Assert.Equal(5, norm.Value(x));
        Assert.Equal(5, Vectors.Dot(norm.Gradient(x), x), 1e-14);
        Assert.Equal([0, 0], norm.Gradient(0, 0));
    }

    [Fact]
    [Term("Mini-batch")]
    [Term("Monte Carlo")]
    public void The_variance_of_a_batch_is_that_of_one_example_over_m()
    {
        LeastSquares risk = LeastSquares.Generate(40, 2, noise: 1, seed: 5);
        double[] x = [0.5, 0.5];
        double one = risk.GradientMoments(x).Variance;
        Assert.Equal(one / 8, GradientStatistics.Measure(risk.MiniBatch(8), x, 20000).Variance, 0.05 * one / 8);
        Assert.Equal(one / 8 * 32 / 39, GradientStatistics.Measure(risk.MiniBatchWithoutReplacement(8), x, 20000).Variance, 0.05 * one / 8);
        Assert.Equal(0, GradientStatistics.Measure(risk.MiniBatchWithoutReplacement(40), x, 10).Variance, 1e-25);
    }

    [Fact]
    public void Newton_ends_where_the_gradient_vanishes()
    {
        foreach (EmpiricalRisk risk in new EmpiricalRisk[] { LeastSquares.Generate(60, 4, 1), LogisticRegression.Generate(200, 4), LogisticRegression.Generate(30, 4, seed: 9, l2: 1e-3) })
        {
            Assert.Equal(0, Vectors.Norm(risk.Gradient([.. risk.Minimizer])), 1e-13);
        }
    }

    [Fact]
    [Term("Empirical risk")]
    public void Exact_targets_can_all_be_met()
    {
        LeastSquares risk = LeastSquares.Generate(60, 4, noise: 0);
        Assert.Equal(0, risk.Minimum, 1e-25);
        Assert.Equal(0, risk.GradientMoments([.. risk.Minimizer]).SecondMoment, 1e-25);
        Assert.True(LeastSquares.Generate(60, 4, noise: 1).Minimum > 0.1);
    }

    [Fact]
    [Term("Empirical risk")]
    public void The_risk_is_the_mean_of_its_examples_and_a_part_has_the_first_ones()
    {
        LogisticRegression risk = LogisticRegression.Generate(30, 2, seed: 4, l2: 0.5);
        double[] x = [1, -2];
        Assert.Equal(Enumerable.Range(0, 30).Average(i => risk.Value(i, x)), risk.Value(x), 1e-13);
        Assert.Equal(Enumerable.Range(0, 10).Average(i => risk.Value(i, x)), risk.Take(10).Value(x), 1e-13);
        double[] part = new double[2];
        risk.Gradient(x, part, [.. Enumerable.Range(0, 10)]);
        Assert.Equal(0, Vectors.SquaredDistance(part, risk.Take(10).Gradient(x)), 1e-28);
    }

    [Fact]
    [Term("Empirical risk")]
    public void A_drawn_batch_is_a_risk_of_some_of_the_examples()
    {
        LogisticRegression risk = LogisticRegression.Generate(30, 2, seed: 4, l2: 0.5);
        EmpiricalRisk batch = risk.Draw(500, new NoiseSource(1));
        Assert.Equal((500, 0.5), (batch.Count, batch.L2));
        double[][] all = [.. Enumerable.Range(0, 30).Select(i => risk.Row(i).Append(risk.Target(i)).ToArray())];
        Assert.All(Enumerable.Range(0, 500), i => Assert.Contains(batch.Row(i).Append(batch.Target(i)), all));
        Assert.Equal(risk.Value([1.0, -2]), batch.Value([1.0, -2]), 0.2);
    }

    [Theory]
    [InlineData(false, 50.5)]
    [InlineData(true, 10)]
    public void A_quadratic_with_a_condition_has_curvatures_from_one_to_it(bool logSpaced, double middle)
    {
        double[] curvatures = Spectrum.Eigenvalues(Quadratic.WithCondition(3, 100, 5, logSpaced).A);
        Assert.Equal(0, Vectors.Distance([1, middle, 100], curvatures), 1e-10);
        Assert.Equal(1, Quadratic.WithCondition(1, 100, 5).A[0, 0], 1e-12);
    }

    [Fact]
    public void Mean_squares_are_a_quadratic_and_a_penalty_is_on_its_diagonal()
    {
        double[][] rows = [[1, 2], [-1, 0.5], [3, 1]];
        double[] targets = [1, -2, 0.5];
        Quadratic squares = Quadratic.MeanSquares(rows, targets), penalised = squares.WithPenalty(0.3);
        double constant = Vectors.SquaredNorm(targets) / 3;
        foreach (double[] x in new double[][] { [0, 0], [1, -2], [0.3, 0.7] })
        {
            double mean = Enumerable.Range(0, 3).Average(i => Math.Pow(Vectors.Dot(rows[i], x) - targets[i], 2));
            Assert.Equal(mean, squares.Value(x) + constant, 1e-12);
            Assert.Equal(squares.Value(x) + (0.3 * Vectors.SquaredNorm(x)), penalised.Value(x), 1e-12);
        }

        Assert.Contains("MeanSquares", Assert.Throws<ArgumentException>(() => Quadratic.MeanSquares(rows, [1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => squares.WithPenalty(-1));
    }

    [Fact]
    public void Logistic_losses_do_not_overflow()
    {
        LogisticRegression risk = new([[1000.0]], [-1]);
        Assert.Equal((1000, 1000), (risk.Value([1.0]), risk.Gradient(1)[0]));
        Assert.Equal((0, 0), (risk.Value([-1.0]), risk.Gradient(-1)[0]));
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Contains("2 coordinates, got 1", Assert.Throws<ArgumentException>(() => new NoisyNorm(2, 0).Gradient(1)).Message);
        Assert.Contains("eigenvalue", Assert.Throws<ArgumentException>(() => new NoisyQuadratic([1, -1], 0)).Message);
        Assert.Contains("3 rows and 2 targets", Assert.Throws<ArgumentException>(() => new LeastSquares([[1.0], [2.0], [3.0]], [1, 2])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NoisyNorm(2, 0).MiniBatch(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeastSquares.Generate(5, 1, 1).MiniBatchWithoutReplacement(6));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeastSquares.Generate(5, 1, 1).Take(6));
        Assert.Contains("2 and 1", Assert.Throws<ArgumentException>(() => Vectors.Dot([1, 2], [1])).Message);
    }

    [Fact]
    [Term("ELBO")]
    public void The_lower_bound_reaches_the_evidence_at_the_posterior_and_nowhere_else()
    {
        GaussianElbo elbo = new(1.6);
        Assert.Equal(elbo.LogEvidence, -elbo.Minimum, 1e-12);
        Assert.Equal(-0.5 * Math.Log(4 * Math.PI) - (1.6 * 1.6 / 4), elbo.LogEvidence, 1e-12);
        foreach ((double m, double logS) in new[] { (0.8, 0.0), (1.6, -0.35), (-3, 1), (0.8, -2) })
        {
            // KL(N(m, s²) || N(x/2, 1/2)) in closed form is what is missing.
            double s2 = Math.Exp(2 * logS);
            double divergence = 0.5 * ((2 * s2) + (2 * (m - 0.8) * (m - 0.8)) - 1 - Math.Log(2 * s2));
            Assert.Equal(elbo.LogEvidence - divergence, -elbo.Value([m, logS]), 1e-12);
            Assert.True(divergence > 1e-3);
        }

        SgdRuns runs = SgdSimulation.Run(elbo, [-2, 0], k => 1.0 / (k + 50), 5000, runs: 10);
        Assert.Equal(0.8, runs.Ends.Average(end => end[0]), 0.05);
        Assert.Equal(0.5, runs.Ends.Average(end => Math.Exp(2 * end[1])), 0.05);
    }

    private sealed class Biased(StochasticObjective inner) : StochasticObjective
    {
        public override int Dimension => inner.Dimension;

        public override IReadOnlyList<double> Minimizer => inner.Minimizer;

        public override double Value(ReadOnlySpan<double> x) => inner.Value(x);

        public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient) => inner.Gradient(x, gradient);

        public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise)
        {
            inner.Sample(x, gradient, noise);
            gradient[0] += 0.2;
        }
    }
}
