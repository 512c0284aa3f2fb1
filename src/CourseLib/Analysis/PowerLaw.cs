namespace CourseLib.Analysis;

/// <summary>y = factor · x^exponent, fitted by least squares on log-log axes within a stated window of x.</summary>
/// <param name="Exponent">The slope on log-log axes.</param>
/// <param name="Factor">y at x = 1 on the fitted line.</param>
/// <param name="From">The window's first x.</param>
/// <param name="To">The window's last x.</param>
/// <param name="Points">How many points it has.</param>
/// <param name="StandardError">The slope's standard error, from the scatter around the line; 0 for two points.</param>
public sealed record PowerLaw(double Exponent, double Factor, double From, double To, int Points, double StandardError)
{
    /// <summary>The fitted y.</summary>
    public double At(double x) => Factor * Math.Pow(x, Exponent);

    /// <summary>Fits a curve over steps; see the other overload.</summary>
    public static PowerLaw Fit(IEnumerable<int> x, IEnumerable<double> y, double from = 1, double to = double.PositiveInfinity) => Fit(x.Select(k => (double)k), y, from, to);

    /// <summary>Fits the points with from ≤ x ≤ to.</summary>
    /// <exception cref="ArgumentException">There are fewer than two points in the window, the lengths differ, or a number in the window is not positive.</exception>
    public static PowerLaw Fit(IEnumerable<double> x, IEnumerable<double> y, double from = 0, double to = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        double[] xs = [.. x], ys = [.. y];
        int[] inside = Enumerable.Range(0, Math.Min(xs.Length, ys.Length)).Where(i => xs[i] >= from && xs[i] <= to).ToArray();
        if (xs.Length != ys.Length || inside.Length < 2 || inside.Any(i => !(xs[i] > 0) || !(ys[i] > 0) || !double.IsFinite(ys[i])))
        {
            throw new ArgumentException($"PowerLaw.Fit: expected as many y as x and at least two points, all positive, with x from {Display.Readable.Number(from)} to {Display.Readable.Number(to)}; got {xs.Length} x, {ys.Length} y, {inside.Length} points in the window");
        }

        double[] u = [.. inside.Select(i => Math.Log(xs[i]))], v = [.. inside.Select(i => Math.Log(ys[i]))];
        double meanU = u.Average(), meanV = v.Average(), spread = u.Sum(value => (value - meanU) * (value - meanU));
        double slope = u.Zip(v, (a, b) => (a - meanU) * (b - meanV)).Sum() / spread;
        double intercept = meanV - (slope * meanU);
        double residual = u.Zip(v, (a, b) => Math.Pow(b - intercept - (slope * a), 2)).Sum();
        double error = u.Length > 2 ? Math.Sqrt(residual / (u.Length - 2) / spread) : 0;
        return new PowerLaw(slope, Math.Exp(intercept), xs[inside[0]], xs[inside[^1]], inside.Length, error);
    }

    /// <summary><c>slope -0.5 on [100, 10000]</c>.</summary>
    public override string ToString() => $"slope {Display.Readable.Number(Exponent, 3)} on [{Display.Readable.Number(From)}, {Display.Readable.Number(To)}]";
}
