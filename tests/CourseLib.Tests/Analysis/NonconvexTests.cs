using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Optimizers.Descent;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Analysis;

/// <summary>Where gradient descent ends on functions that are not convex, and what tells the places apart.</summary>
public class NonconvexTests
{
    private static readonly FunctionObjective Saddle = FunctionObjective.OnPlane((x, y) => (x * x) - (y * y) + (y * y * y * y / 4), (x, y) => (2 * x, (y * y * y) - (2 * y)), minimizer: (0, Math.Sqrt(2)));

    private static readonly FunctionObjective Rippled = FunctionObjective.OnLine(x => (x * x / 20) - Math.Cos(x), x => (x / 10) + Math.Sin(x));

    [Fact]
    [Term("Saddle point")]
    public void At_a_saddle_the_gradient_is_zero_and_the_Hessian_has_both_signs()
    {
        Assert.Equal([0, 0], Saddle.Gradient(0.0, 0.0));
        double[] curvatures = Covariance.Eigenvalues(NumericHessian.Of(Saddle, [0, 0]));
        Assert.Equal([-2, 2], curvatures, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.All(Covariance.Eigenvalues(NumericHessian.Of(Saddle, [0, Math.Sqrt(2)])), value => Assert.True(value > 1));

        // From the axis descent walks into the saddle and stays; a small push to the side leads to a minimum.
        Assert.Equal(0, Descend(Saddle, [1, 0], 0.1, 200)[1]);
        Assert.Equal(Math.Sqrt(2), Descend(Saddle, [1, 1e-6], 0.1, 400)[1], 1e-6);
    }

    [Fact]
    [Term("Local minimum")]
    public void Descent_ends_in_the_minimum_of_its_valley_and_only_some_are_global()
    {
        double near = Descend(Rippled, [1], 0.2, 500)[0], far = Descend(Rippled, [6], 0.2, 500)[0];
        Assert.Equal(0, near, 1e-6);
        Assert.InRange(far, 5, 6.3);
        Assert.All(new[] { near, far }, x => Assert.Equal(0, Rippled.Gradient(x)[0], 1e-9));
        Assert.All(new[] { near, far }, x => Assert.True(NumericHessian.Of(Rippled, [x])[0, 0] > 0));
        Assert.True(Rippled.Value([far]) > Rippled.Value([near]) + 1);
    }

    [Fact]
    [Term("Convex function")]
    public void A_convex_function_lies_above_its_tangents_and_a_rippled_one_does_not()
    {
        Generator generator = new(1);
        Assert.Equal(0, Below(LogisticRegression.Generate(50, 1, seed: 2, l2: 0.1), generator));
        Assert.Equal(0, Below(new NoisyQuadratic([2.0], 0), generator));
        Assert.True(Below(Rippled, generator) > 50);
    }

    [Fact]
    [Term("Region of uncertainty")]
    public void A_constant_rate_does_not_settle_and_half_the_rate_halves_the_region()
    {
        StochasticObjective noisy = new NoisyQuadratic([1.0], noise: 1);
        double Gap(double rate) => SgdSimulation.Run(noisy, [0], _ => rate, 4000, runs: 40, seed: 3).MeanGap[^8..].Average();
        Assert.InRange(Gap(0.2) / Gap(0.1), 1.5, 2.8);
        Assert.True(Gap(0.1) < SgdBound.At(Enumerable.Repeat(0.1, 4001).ToArray(), 0, 2, [4000])[0]);
    }

    // How many of 200 pairs of points have the second below the tangent at the first.
    private static int Below(StochasticObjective objective, Generator generator) => Enumerable.Range(0, 200).Count(_ =>
    {
        double x = 12 * (generator.NextSingle() - 0.5), z = 12 * (generator.NextSingle() - 0.5);
        return objective.Value([z]) < objective.Value([x]) + (objective.Gradient([x])[0] * (z - x)) - 1e-9;
    });

    private static double[] Descend(StochasticObjective objective, double[] start, double rate, int steps)
    {
        double[] x = [.. start];
        for (int step = 0; step < steps; step++)
        {
            double[] gradient = objective.Gradient(x);
            x = [.. x.Zip(gradient, (coordinate, slope) => coordinate - (rate * slope))];
        }

        return x;
    }
}
