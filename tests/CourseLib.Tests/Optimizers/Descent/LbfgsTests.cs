using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;
using CourseLib.Tests.Coverage;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace CourseLib.Tests.Optimizers.Descent;

/// <summary>L-BFGS against MathNet's minimisers, against the matrix that it stands for, and against conjugate gradients.</summary>
[Term("L-BFGS")]
public class LbfgsTests
{
    public static TheoryData<string> Problems => ["Rosenbrock 2", "Rosenbrock 10", "logistic regression", "least squares", "log sum exp", "quadratic"];

    [Theory]
    [MemberData(nameof(Problems))]
    [Term("Wolfe conditions")]
    public void Ends_where_MathNets_minimisers_end(string name)
    {
        (IObjective objective, double[] start) = Problem(name);
        Minimization run = new LimitedMemoryBfgs().Minimize(objective, start, new StoppingRule(1e-14));
        Assert.Equal(DescentOutcome.GradientSmall, run.Outcome);
        Assert.All(run.Steps, step => Assert.True(step.Search.Succeeded && new WolfeConditions().Strong(step.Search.Start, step.Search.Accepted!.Value)));

        IObjectiveFunction function = ObjectiveFunction.Gradient(x => objective.Value(x.AsArray()), x => Vector<double>.Build.Dense(objective.GradientAt(x.AsArray())));
        double[] limited = new LimitedMemoryBfgsMinimizer(1e-8, 1e-14, 1e-14, 10, 2000).FindMinimum(function, Vector<double>.Build.Dense([.. start])).MinimizingPoint.ToArray();
        double[] full = new BfgsMinimizer(1e-8, 1e-14, 1e-14, 2000).FindMinimum(function, Vector<double>.Build.Dense([.. start])).MinimizingPoint.ToArray();
        Assert.True(Vectors.SquaredDistance(limited, run.Point) < 1e-10, $"{string.Join(' ', run.Point)} against {string.Join(' ', limited)}");
        Assert.True(Vectors.SquaredDistance(full, run.Point) < 1e-10, $"{string.Join(' ', run.Point)} against {string.Join(' ', full)}");
    }

    [Fact]
    public void A_memory_of_pairs_keeps_the_newest()
    {
        (double[] S, double[] Y)[] pairs = [([1, 0], [2, 0]), ([0, 1], [0, 4]), ([1, 1], [2, 4])];
        LbfgsMemory memory = LbfgsMemory.Of(pairs, 2);
        Assert.Equal((2, 2, 8L), (memory.Dimension, memory.Count, memory.StoredNumbers));
        Assert.Equal(0, Vectors.Distance([1, 1], memory.Multiply([2, 4])), 1e-14); // B y = s for the newest
        Assert.Equal(3, LbfgsMemory.Of(pairs).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => LbfgsMemory.Of([]));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(12, true)]
    [InlineData(12, false)]
    public void The_two_loop_recursion_is_the_product_with_the_BFGS_matrix(int pairs, bool scaled)
    {
        Rosenbrock function = new(6);
        Generator generator = new(21);
        LbfgsMemory memory = new(6, pairs, scaled);
        double[] x = function.Start;
        for (int added = 0; added < pairs + 2;)
        {
            double[] next = Vectors.AddScaled(x, 0.3, Objectives.RandomPoint(6, (ulong)generator.NextInt(1000000)));
            added += memory.Add(Vectors.Subtract(next, x), Vectors.Subtract(function.GradientAt(next), function.GradientAt(x))) ? 1 : 0;
            x = next;
        }

        Assert.Equal(pairs, memory.Count);
        Assert.Equal(2L * pairs * 6, memory.StoredNumbers);
        double[] v = Objectives.RandomPoint(6, 8);
        double[] product = new Quadratic(Symmetric(memory.ToMatrix())).Multiply(v);
        Assert.True(Math.Sqrt(Vectors.SquaredDistance(product, memory.Multiply(v))) < 1e-9 * Vectors.Norm(product));
        Assert.True(Vectors.Dot(v, product) > 0);
    }

    [Fact]
    public void The_matrix_maps_the_newest_change_of_the_gradient_to_its_step()
    {
        LbfgsMemory memory = new(2, 5);
        Assert.True(memory.Add([1, 2], [3, 1]));
        Assert.True(memory.Add([0.5, -1], [2, -3]));
        double[] s = memory.Multiply([2, -3]);
        Assert.Equal(0.5, s[0], 1e-12);
        Assert.Equal(-1, s[1], 1e-12);
        Assert.False(memory.Add([1, 0], [-1, 0]));
        Assert.Equal(2, memory.Count);
    }

    /// <summary>With exact steps on a quadratic the iterates of L-BFGS are those of conjugate gradients, whatever the memory (Nocedal and Wright, theorem 6.4 and section 7.2).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public void On_a_quadratic_with_exact_steps_it_is_conjugate_gradients(int history)
    {
        Quadratic quadratic = Objectives.RandomQuadratic(8, 12);
        ConjugateGradientSolution linear = LinearConjugateGradient.Solve(quadratic.A, quadratic.B);
        Minimization run = new LimitedMemoryBfgs(history, new ExactForQuadratics()).Minimize(quadratic, new double[8], new StoppingRule(Relative: 1e-18), 8);
        Assert.All(run.Points.Zip(linear.Points), pair => Assert.True(Vectors.SquaredDistance(pair.First, pair.Second) < 1e-16));
        Assert.Equal(8, run.Iterations);
    }

    /// <summary>With full memory it is BFGS: each direction is the product with the matrix that the dense update makes of all pairs so far, from H_0 = I scaled by the newest pair.</summary>
    [Fact]
    public void With_full_memory_it_is_BFGS()
    {
        Rosenbrock function = new(4);
        Minimization run = new LimitedMemoryBfgs(1000).Minimize(function, function.Start, new StoppingRule(1e-10));
        LbfgsMemory memory = new(4, 1000);
        for (int k = 0; k < run.Iterations; k++)
        {
            double[] gradient = function.GradientAt(run.Points[k]);
            double[] expected = new Quadratic(Symmetric(memory.ToMatrix())).Multiply(gradient);
            Assert.True(Vectors.Cosine(expected, run.Steps[k].Direction) < -0.999999, $"step {k}");
            memory.Add(Vectors.Subtract(run.Points[k + 1], run.Points[k]), Vectors.Subtract(function.GradientAt(run.Points[k + 1]), gradient));
        }

        // The inverse Hessian itself is learned on a quadratic, after n pairs.
        Quadratic quadratic = Objectives.RandomQuadratic(5, 30);
        Minimization path = new LimitedMemoryBfgs(50, new ExactForQuadratics()).Minimize(quadratic, Objectives.RandomPoint(5, 1), new StoppingRule(Relative: 1e-20), 5);
        LbfgsMemory learned = new(5, 50);
        for (int k = 0; k < 5; k++)
        {
            learned.Add(Vectors.Subtract(path.Points[k + 1], path.Points[k]), Vectors.Subtract(quadratic.GradientAt(path.Points[k + 1]), quadratic.GradientAt(path.Points[k])));
        }

        double[] v = Objectives.RandomPoint(5, 2);
        Assert.True(Math.Sqrt(Vectors.SquaredDistance(learned.Multiply(quadratic.Multiply(v)), v)) < 1e-6 * Vectors.Norm(v));
    }

    [Fact]
    [Term("Stopping rule")]
    public void The_lectures_stopping_rules_stop()
    {
        NoisyQuadratic quadratic = new([1, 30], 0);
        Minimization absolute = new LimitedMemoryBfgs().Minimize(quadratic, [3, 4], new StoppingRule(1e-4));
        Assert.True(absolute.SquaredGradientNorms[^1] <= 1e-4 && absolute.SquaredGradientNorms[^2] > 1e-4);
        Minimization relative = new LimitedMemoryBfgs().Minimize(quadratic, [3, 4], new StoppingRule(0, 1e-4));
        Assert.True(relative.SquaredGradientNorms[^1] <= 1e-4 * relative.SquaredGradientNorms[0] && relative.SquaredGradientNorms[^2] > 1e-4 * relative.SquaredGradientNorms[0]);
        Assert.True(relative.Iterations < absolute.Iterations || relative.SquaredGradientNorms[^1] > absolute.SquaredGradientNorms[^1]);
        Assert.Equal(0, new LimitedMemoryBfgs().Minimize(quadratic, [0, 0], new StoppingRule(0)).Iterations);
        Assert.Equal(DescentOutcome.IterationsUsed, new LimitedMemoryBfgs().Minimize(quadratic, [3, 4], maxIterations: 1).Outcome);
    }

    [Fact]
    public void An_objective_that_is_not_a_number_is_refused_and_a_wrong_gradient_ends_the_descent()
    {
        Assert.Contains("LimitedMemoryBfgs: expected a finite objective", Assert.Throws<ArgumentException>(() => new LimitedMemoryBfgs().Minimize(new Objectives.Broken(double.NaN), [0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("start has 3 elements, expected 2", Assert.Throws<ArgumentException>(() => new LimitedMemoryBfgs().Minimize(new Objectives.Broken(0), [0, 0, 0])).Message, StringComparison.Ordinal);
        Minimization constant = new LimitedMemoryBfgs().Minimize(new Objectives.Broken(1), [0, 0]);
        Assert.Equal((DescentOutcome.NoLowerPoint, 0), (constant.Outcome, constant.Iterations));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LimitedMemoryBfgs(0));
    }

    private static double[,] Symmetric(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.Equal(matrix[i, j], matrix[j, i], 1e-9 * (1 + Math.Abs(matrix[i, j])));
                matrix[i, j] = matrix[j, i];
            }
        }

        return matrix;
    }

    private static (IObjective Objective, double[] Start) Problem(string name) => name switch
    {
        "Rosenbrock 2" => (new Rosenbrock(), new Rosenbrock().Start),
        "Rosenbrock 10" => (new Rosenbrock(10), new Rosenbrock(10).Start),
        "logistic regression" => (LogisticRegression.Generate(80, 6, seed: 2, l2: 0.05), new double[6]),
        "least squares" => (LeastSquares.Generate(80, 6, noise: 1, seed: 3, l2: 0.1), new double[6]),
        "log sum exp" => (new Objectives.LogSumExp(), [3, -2]),
        _ => (Objectives.RandomQuadratic(12, 5), new double[12]),
    };
}
