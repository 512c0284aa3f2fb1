using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers.Descent;

/// <summary>Newton's method against what mathematics says of it.</summary>
[Term("Newton's method")]
[Term("Hessian")]
public class NewtonTests
{
    private static readonly FunctionObjective Saddle = FunctionObjective.OnLine(y => (y * y * y * y) - (y * y), y => (4 * y * y * y) - (2 * y), minimizer: Math.Sqrt(0.5));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(40)]
    public void One_step_ends_it_on_a_quadratic(int n)
    {
        Quadratic quadratic = Objectives.RandomQuadratic(n, 3);
        Minimization run = new Newton().Minimize(quadratic, Objectives.RandomPoint(n, 4), new StoppingRule(Relative: 1e-20));
        Assert.Equal(1, run.Iterations);
        Assert.Equal(1, run.Steps[0].Length);
        Assert.True(Vectors.SquaredDistance(run.Point, [.. quadratic.Minimizer]) < 1e-22);

        // The control: where the scales differ, one step of the gradient is far from enough.
        Assert.True(n == 1 || new SteepestDescent(new ExactForQuadratics()).Minimize(quadratic, Objectives.RandomPoint(n, 4), new StoppingRule(Relative: 1e-20)).Iterations > 5);
    }

    [Fact]
    public void Near_a_minimum_the_error_is_squared_in_each_step()
    {
        Objectives.LogSumExp function = new();
        double[] minimum = new Newton().Minimize(function, [0, 0], new StoppingRule(1e-30)).Point;
        double[] errors = [.. new Newton(new FixedStep(1)).Minimize(function, [1.2, -0.8], new StoppingRule(1e-26), 30).Points.Select(x => Math.Sqrt(Vectors.SquaredDistance(x, minimum)))];
        int first = Array.FindIndex(errors, error => error < 0.1);
        double[] ratios = [.. Enumerable.Range(first, 3).Select(k => errors[k + 1] / (errors[k] * errors[k])).TakeWhile((_, i) => errors[first + i + 1] > 1e-12)];
        Assert.True(ratios.Length >= 2, string.Join(", ", errors));
        Assert.All(ratios, ratio => Assert.InRange(ratio, 0, 1));

        // The control: the error of the gradient descent shrinks by a factor, so the same ratios grow without bound.
        double[] slow = [.. new SteepestDescent(new FixedStep(0.2)).Minimize(function, [1.2, -0.8], new StoppingRule(1e-30), 60).Points.Select(x => Math.Sqrt(Vectors.SquaredDistance(x, minimum)))];
        Assert.True(slow[40] / (slow[39] * slow[39]) > 100);
    }

    // In ten dimensions the valley has a second minimum near (-1, 1, …, 1), f = 3.99, and the path from this start ends there.
    [Theory]
    [InlineData(2, 0)]
    [InlineData(10, 3.986579)]
    [Term("Armijo")]
    public void Every_damped_step_satisfies_Armijos_rule(int n, double minimum)
    {
        Minimization run = new Newton().Minimize(new Rosenbrock(n), new Rosenbrock(n).Start);
        Assert.Equal(DescentOutcome.GradientSmall, run.Outcome);
        Assert.Equal(minimum, run.Value, 1e-6);
        Assert.Contains(run.Steps, step => step.Length < 1);
        Assert.All(run.Steps, step => Assert.True(new WolfeConditions().Armijo(step.Search.Start, step.Search.Accepted!.Value)));
    }

    [Fact]
    public void Where_the_Hessian_is_not_positive_definite_the_plain_step_climbs_and_the_shifted_one_does_not()
    {
        double[] plain = new Newton(new FixedStep(1), indefinite: IndefiniteHessian.Ignore).Minimize(Saddle, [0.2], maxIterations: 1).Values.ToArray();
        Assert.True(plain[1] > plain[0]);
        Assert.Contains("direction of descent", Assert.Throws<ArgumentException>(() => new Newton(indefinite: IndefiniteHessian.Ignore).Minimize(Saddle, [0.2])).Message, StringComparison.Ordinal);
        Assert.Contains("positive definite", Assert.Throws<InvalidOperationException>(() => new Newton(indefinite: IndefiniteHessian.Refuse).Minimize(Saddle, [0.2])).Message, StringComparison.Ordinal);
        Minimization shifted = new Newton().Minimize(Saddle, [0.2]);
        Assert.Equal(Math.Sqrt(0.5), shifted.Point[0], 1e-8);
        Assert.All(shifted.Values.Zip(shifted.Values.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
    }

    [Fact]
    public void The_shift_is_the_least_that_is_tried_and_0_where_none_is_needed()
    {
        Newton.Direction(new double[,] { { 2, 0 }, { 0, 3 } }, [1, 1], out double none);
        Assert.Equal(0, none);
        double[] direction = Newton.Direction(new double[,] { { 1, 2 }, { 2, 1 } }, [1, -1], out double shift); // eigenvalues 3 and -1
        Assert.InRange(shift, 1, 2);
        Assert.Equal(-1 / (shift - 1), direction[0], 1e-9);
        Assert.True(Vectors.Dot(Newton.Direction(new double[,] { { -5, 0 }, { 0, 0 } }, [1, 1], out _), [1, 1]) < 0);
        Assert.Throws<ArgumentException>(() => Newton.Direction(new double[,] { { double.NaN } }, [1], out _));
        Assert.Throws<ArgumentException>(() => Newton.Direction(new double[,] { { 1 } }, [1, 2], out _));
    }

    [Fact]
    public void Differences_of_gradients_give_the_Hessian_to_ten_digits()
    {
        Rosenbrock function = new(4);
        double[] x = [0.3, -0.7, 1.1, 0.4];
        double[,] exact = function.Hessian(x);
        double[,] numeric = NumericHessian.Of(function, x);
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(exact[i, j], numeric[i, j], 1e-6);
                Assert.Equal(numeric[i, j], numeric[j, i]);
            }
        }

        LogisticRegression risk = LogisticRegression.Generate(50, 3, seed: 2, l2: 0.1);
        Assert.Equal(risk.Hessian([0.1, 0.2, 0.3])[0, 1], NumericHessian.Of(risk, [0.1, 0.2, 0.3])[0, 1], 1e-9);
    }

    [Fact]
    public void A_given_Hessian_is_used()
    {
        int asked = 0;
        Newton newton = new(hessian: x =>
        {
            asked++;
            return new double[,] { { 1, 0 }, { 0, 100 } };
        });
        Assert.Equal(1, newton.Minimize(new NoisyQuadratic([1, 100], 0), [3, 4]).Iterations);
        Assert.Equal(1, asked);
    }
}
