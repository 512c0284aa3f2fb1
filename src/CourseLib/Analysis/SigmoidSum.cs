namespace CourseLib.Analysis;

/// <summary>
/// A network with one hidden layer of sigmoids, G(x) = sum of alpha_i sigma(w_i x + theta_i), built by hand for a function on [0, 1]: what Cybenko's theorem
/// (теорема Цыбенко, universal approximation) says exists (lectures intro, "Что известно из теории? Теорема Цыбенко", and lbd; Cybenko 1989).
/// </summary>
/// <remarks>
/// A staircase: a steep sigmoid at each midpoint of a grid adds f's rise from one grid point to the next, and one that is saturated everywhere carries f(0).
/// For a continuous f the error falls with the number of steps as f's change within a step; the catch is the width. Near a jump of f it does not fall.
/// </remarks>
public sealed class SigmoidSum
{
    // sigma(40) is 1 to the last bit of a double.
    private const double Saturated = 40;

    private readonly double[] alpha, weight, theta;

    private SigmoidSum(double[] alpha, double[] weight, double[] theta) => (this.alpha, this.weight, this.theta) = (alpha, weight, theta);

    /// <summary>The weights of the output.</summary>
    public IReadOnlyList<double> Alpha => alpha;

    /// <summary>The weights of the hidden units.</summary>
    public IReadOnlyList<double> Weight => weight;

    /// <summary>The biases of the hidden units.</summary>
    public IReadOnlyList<double> Theta => theta;

    /// <summary>Builds the sum for a function.</summary>
    /// <param name="f">The function on [0, 1].</param>
    /// <param name="steps">Steps of the staircase; the sum has one unit more.</param>
    /// <param name="steepness">The weight of a hidden unit as a multiple of the number of steps: how sharp the stairs are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not one step, or the steepness is not positive.</exception>
    public static SigmoidSum Approximate(Func<double, double> f, int steps, double steepness = 8)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steepness);
        double[] alpha = new double[steps + 1], weight = new double[steps + 1], theta = new double[steps + 1];
        (alpha[0], theta[0]) = (f(0), Saturated);
        for (int i = 1; i <= steps; i++)
        {
            alpha[i] = f((double)i / steps) - f((double)(i - 1) / steps);
            weight[i] = steepness * steps;
            theta[i] = -weight[i] * (i - 0.5) / steps;
        }

        return new(alpha, weight, theta);
    }

    /// <summary>G(x).</summary>
    public double Value(double x)
    {
        double sum = 0;
        for (int i = 0; i < alpha.Length; i++)
        {
            sum += alpha[i] / (1 + Math.Exp(-((weight[i] * x) + theta[i])));
        }

        return sum;
    }

    /// <summary>The largest |G - f| over equally spaced points of [0, 1].</summary>
    public double LargestError(Func<double, double> f, int points = 2001)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        return Enumerable.Range(0, points).Max(i => Math.Abs(Value((double)i / (points - 1)) - f((double)i / (points - 1))));
    }
}
