using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// Momentum on quadratics, in double precision: v = β v - α f'(x + ahead v), x = x + v. How fast it is (lecture intro, "Метод инерции, momentum" and "Accelerated Gradient
/// Descent"; Polyak 1964, Nesterov 1983) and how large a cloud noise makes of it (lecture cnn, "Метод моментов").
/// </summary>
public static class QuadraticMomentum
{
    /// <summary>|x_k - x*| for k = 0 … steps on ½ Σ λ_i x_i², from (1, …, 1).</summary>
    /// <param name="curvatures">The λ_i.</param>
    /// <param name="rate">α.</param>
    /// <param name="momentum">β; 0 is gradient descent.</param>
    /// <param name="steps">The number of steps.</param>
    /// <param name="ahead">How many velocities ahead the gradient is taken: 0 for the heavy ball, β for Nesterov.</param>
    public static double[] Errors(double[] curvatures, double rate, double momentum, int steps, double ahead = 0)
    {
        ArgumentNullException.ThrowIfNull(curvatures);
        Requires.AtLeast("QuadraticMomentum.Errors", nameof(steps), steps, 0);
        double[] x = new double[curvatures.Length], v = new double[curvatures.Length], errors = new double[steps + 1];
        Array.Fill(x, 1);
        errors[0] = Vectors.Norm(x);
        for (int k = 1; k <= steps; k++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                v[i] = (momentum * v[i]) - (rate * curvatures[i] * (x[i] + (ahead * v[i])));
                x[i] += v[i];
            }

            errors[k] = Vectors.Norm(x);
        }

        return errors;
    }

    /// <summary>How much ln |x_k - x*| falls in one step, from the middle of the way to its end.</summary>
    /// <exception cref="ArgumentException">There are fewer than three errors.</exception>
    public static double LogSlope(double[] errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Requires.AtLeast("QuadraticMomentum.LogSlope", "number of errors", errors.Length, 3);
        int last = errors.Length - 1, middle = last / 2;
        return Math.Log(errors[last] / errors[middle]) / (last - middle);
    }

    /// <summary>The mean of x² in the steady state on ½ x², with normal noise of variance 1 on the gradient, over independent runs; and the standard error of that mean.</summary>
    /// <param name="rate">α.</param>
    /// <param name="momentum">β.</param>
    /// <param name="runs">The number of runs, at least 2.</param>
    /// <param name="steps">Steps of each run, at least 5; the first fifth is left out.</param>
    /// <param name="seed">The first run's seed; the others follow it.</param>
    public static (double Mean, double Error) Variance(double rate, double momentum, int runs = 200, int steps = 3000, ulong seed = 100)
    {
        Requires.AtLeast("QuadraticMomentum.Variance", nameof(runs), runs, 2);
        Requires.AtLeast("QuadraticMomentum.Variance", nameof(steps), steps, 5);
        double[] means = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            NoiseSource noise = new(seed + (ulong)run);
            double x = 0, v = 0, sum = 0;
            for (int k = 0; k < steps; k++)
            {
                v = (momentum * v) - (rate * (x + noise.Normal()));
                x += v;
                sum += k >= steps / 5 ? x * x : 0;
            }

            means[run] = sum / (steps - (steps / 5));
        }

        double mean = means.Average();
        return (mean, Math.Sqrt(means.Sum(m => (m - mean) * (m - mean)) / (runs - 1) / runs));
    }
}
