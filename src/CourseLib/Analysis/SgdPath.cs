namespace CourseLib.Analysis;

/// <summary>One run of SGD, step by step.</summary>
/// <param name="Points">x_0 … x_K.</param>
/// <param name="Gradients">The sampled gradients g_0 … g_(K-1).</param>
/// <param name="Rates">alpha_0 … alpha_(K-1).</param>
public sealed record SgdPath(IReadOnlyList<double[]> Points, IReadOnlyList<double[]> Gradients, IReadOnlyList<double> Rates)
{
    /// <summary>K, the number of updates.</summary>
    public int Steps => Gradients.Count;

    /// <summary>One coordinate of x_0 … x_K, for charts.</summary>
    public double[] Coordinate(int index) => [.. Points.Select(point => point[index])];

    /// <summary>The average of x_0 … x_k with weights alpha_i, the point that the SGD bound is about.</summary>
    /// <param name="k">The last index, below <see cref="Steps"/>.</param>
    public double[] Average(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, Steps);
        double[] average = new double[Points[0].Length];
        double total = 0.0;
        for (int i = 0; i <= k; i++)
        {
            total += Rates[i];
            for (int j = 0; j < average.Length && total > 0; j++)
            {
                average[j] += Rates[i] / total * (Points[i][j] - average[j]);
            }
        }

        return average;
    }
}
