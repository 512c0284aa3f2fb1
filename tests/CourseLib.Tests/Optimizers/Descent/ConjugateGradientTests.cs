using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers.Descent;

/// <summary>Conjugate gradients end after n steps on a quadratic, by directions that are conjugate and gradients that are orthogonal.</summary>
[Term("Conjugate gradients")]
public class ConjugateGradientTests
{
    public static TheoryData<int, ulong> Problems => new() { { 1, 1 }, { 2, 2 }, { 5, 3 }, { 10, 4 }, { 20, 5 }, { 20, 6 }, { 20, 7 } };

    [Theory]
    [MemberData(nameof(Problems))]
    public void The_linear_method_ends_after_n_steps(int n, ulong seed)
    {
        Quadratic quadratic = Objectives.RandomQuadratic(n, seed);
        ConjugateGradientSolution solution = LinearConjugateGradient.Solve(quadratic.A, quadratic.B);
        double norm = Vectors.Norm(quadratic.B);
        Assert.Equal(n, solution.Directions.Count);
        Assert.InRange(solution.LargestOverlap(x => quadratic.Multiply(x)), 0, 1e-7);
        Assert.True(n == 1 || solution.LargestOverlap(x => x) > 1e-3); // conjugate with A, not with another matrix
        Assert.True(Vectors.Norm(quadratic.GradientAt(solution.Solution)) < 1e-10 * norm);
        Assert.True(n == 1 || Vectors.Norm(solution.Residuals[n - 1]) > 1e-7 * norm);
        for (int i = 0; i < n; i++)
        {
            // The recurrence keeps the true residual, b - A x.
            Assert.True(Vectors.Norm(Vectors.AddScaled(quadratic.GradientAt(solution.Points[i]), 1, solution.Residuals[i])) < 1e-12 * norm * 100);
            for (int j = 0; j < i; j++)
            {
                Assert.InRange(Vectors.Cosine(solution.Residuals[i], solution.Residuals[j]), -1e-7, 1e-7);
                double[] ap = quadratic.Multiply(solution.Directions[j]);
                double scale = Math.Sqrt(Vectors.Dot(solution.Directions[j], ap) * Vectors.Dot(solution.Directions[i], quadratic.Multiply(solution.Directions[i])));
                Assert.InRange(Vectors.Dot(solution.Directions[i], ap) / scale, -1e-7, 1e-7);
            }
        }
    }

    [Fact]
    public void As_many_steps_as_different_eigenvalues_are_enough()
    {
        double[] spectrum = [.. Enumerable.Range(0, 20).Select(i => i < 7 ? 1.0 : i < 15 ? 10 : 50)];
        Quadratic quadratic = Quadratic.WithSpectrum(spectrum, 9);
        ConjugateGradientSolution solution = LinearConjugateGradient.Solve(x => quadratic.Multiply(x), quadratic.B, maxSteps: 3);
        Assert.True(Vectors.Norm(quadratic.GradientAt(solution.Solution)) < 1e-11 * Vectors.Norm(quadratic.B));
        Assert.True(Vectors.Norm(solution.Residuals[2]) > 1e-3 * Vectors.Norm(solution.Residuals[0]));
    }

    /// <summary>With exact steps both formulas are the linear method, iterate by iterate.</summary>
    [Theory]
    [InlineData(ConjugateGradientFormula.FletcherReeves)]
    [InlineData(ConjugateGradientFormula.PolakRibierePlus)]
    public void On_a_quadratic_the_nonlinear_method_is_the_linear_one(ConjugateGradientFormula formula)
    {
        Quadratic quadratic = Objectives.RandomQuadratic(8, 12);
        ConjugateGradientSolution linear = LinearConjugateGradient.Solve(quadratic.A, quadratic.B);
        Minimization run = new ConjugateGradient(formula, new ExactForQuadratics()).Minimize(quadratic, new double[8], new StoppingRule(Relative: 1e-20), 8);
        Assert.Equal(8, run.Iterations);
        for (int k = 0; k <= 8; k++)
        {
            Assert.True(Vectors.SquaredDistance(linear.Points[k], run.Points[k]) < 1e-18, $"step {k}");
        }

        Assert.Equal(DescentOutcome.GradientSmall, run.Outcome);
    }

    [Theory]
    [InlineData(ConjugateGradientFormula.FletcherReeves, 2)]
    [InlineData(ConjugateGradientFormula.PolakRibierePlus, 2)]
    [InlineData(ConjugateGradientFormula.FletcherReeves, 10)]
    [InlineData(ConjugateGradientFormula.PolakRibierePlus, 10)]
    [Term("Wolfe conditions")]
    public void Finds_the_end_of_Rosenbrocks_valley_by_strong_Wolfe_steps(ConjugateGradientFormula formula, int n)
    {
        Rosenbrock function = new(n);
        Minimization run = new ConjugateGradient(formula).Minimize(function, function.Start, new StoppingRule(1e-12), 3000);
        Assert.Equal(DescentOutcome.GradientSmall, run.Outcome);
        WolfeConditions conditions = new(1e-4, 0.1);
        Assert.All(run.Steps, step => Assert.True(step.Search.Succeeded && conditions.Strong(step.Search.Start, step.Search.Accepted!.Value)));
        Minimization steepest = new SteepestDescent().Minimize(function, function.Start, new StoppingRule(1e-12), run.Iterations);
        Assert.Equal(DescentOutcome.IterationsUsed, steepest.Outcome);
    }

    [Fact]
    public void A_matrix_that_is_not_positive_definite_is_refused()
    {
        Assert.Contains("positive definite", Assert.Throws<ArgumentException>(() => LinearConjugateGradient.Solve(new double[,] { { 1, 0 }, { 0, -1 } }, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("LinearConjugateGradient", Assert.Throws<ArgumentException>(() => LinearConjugateGradient.Solve(new double[,] { { 1, 0 } }, [1, 2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Quadratic(new double[,] { { 1, 2 }, { 0, 1 } }));
    }
}
