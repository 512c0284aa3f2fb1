namespace CourseLib.Analysis;

/// <summary>
/// "The most important estimate about SGD" (lecture cnn, "Стохастический градиентный спуск"): for convex F, |x_0 - x*| ≤ R and E|g_i|² ≤ G²,
/// E F(x̂_k) - F* ≤ (R² + G² sum alpha_i²) / (2 sum alpha_i), sums over i = 0 … k, where x̂_k is the average of x_0 … x_k with weights alpha_i.
/// </summary>
public static class SgdBound
{
    /// <summary>The bound at each of some steps.</summary>
    /// <param name="rates">alpha_0, alpha_1, …</param>
    /// <param name="r">R, the distance from the start to the minimum.</param>
    /// <param name="g">G, a bound of the root of the second moment E|g|² - not of the variance.</param>
    /// <param name="steps">The k, rising, each below the number of rates.</param>
    /// <exception cref="ArgumentException">A step has no rate, or the steps do not rise.</exception>
    public static double[] At(IReadOnlyList<double> rates, double r, double g, IEnumerable<int> steps)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(steps);
        double sum = 0, squares = 0;
        int next = 0;
        List<double> bounds = new();
        foreach (int k in steps)
        {
            if (k < next - 1 || k >= rates.Count)
            {
                throw new ArgumentException($"SgdBound.At: expected rising steps below {rates.Count}, the number of rates, got {k}", nameof(steps));
            }

            for (; next <= k; next++)
            {
                sum += rates[next];
                squares += rates[next] * rates[next];
            }

            bounds.Add(((r * r) + (g * g * squares)) / (2 * sum));
        }

        return [.. bounds];
    }

    /// <summary>The bound for a constant rate h after the points x_0 … x_k: R²/(2h(k+1)) + G² h/2.</summary>
    public static double Constant(double h, double r, double g, int k) => (r * r / (2 * h * (k + 1))) + (g * g * h / 2);

    /// <summary>The constant rate that makes the bound least for a budget of k: R / (G sqrt(k+1)); the bound is then R G / sqrt(k+1).</summary>
    public static double BestConstantRate(double r, double g, int k) => r / (g * Math.Sqrt(k + 1));
}
