namespace CourseLib.Analysis;

/// <summary>
/// x_1 x_2 on the unit square as one hidden layer of sigmoids: Cybenko's theorem in two dimensions, by hand (lecture intro, "Что известно из теории? Теорема Цыбенко").
/// </summary>
/// <remarks>
/// x_1 x_2 = p² - q² with p = (x_1 + x_2) / 2 and q = (x_1 - x_2) / 2. Each square is a function of one direction in the plane, hence a <see cref="SigmoidSum"/>,
/// whose sigmoids look at (x_1, x_2) along (1, 1) or (1, -1). q lies in [-1/2, 1/2] and is moved by 1/2.
/// </remarks>
public sealed class SigmoidProduct
{
    private readonly SigmoidSum sum, difference;

    private SigmoidProduct(SigmoidSum sum, SigmoidSum difference) => (this.sum, this.difference) = (sum, difference);

    /// <summary>Builds the sum.</summary>
    /// <param name="steps">The sigmoids of both directions together: half for p, half for q.</param>
    /// <param name="steepness">As for <see cref="SigmoidSum.Approximate"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not two steps, or the steepness is not positive.</exception>
    public static SigmoidProduct Approximate(int steps, double steepness = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        return new(SigmoidSum.Approximate(p => p * p, steps / 2, steepness), SigmoidSum.Approximate(q => (q - 0.5) * (q - 0.5), steps / 2, steepness));
    }

    /// <summary>The sum at a point of the unit square.</summary>
    public double Value(double x1, double x2) => sum.Value((x1 + x2) / 2) - difference.Value((x1 - x2 + 1) / 2);

    /// <summary>The largest |sum - x_1 x_2| over a grid of cells + 1 by cells + 1 points. Each direction is computed once, not once for each point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is not one cell.</exception>
    public double LargestError(int cells = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells, 1);
        double[] p = [.. Enumerable.Range(0, (2 * cells) + 1).Select(i => sum.Value(i / (2.0 * cells)))];
        double[] q = [.. Enumerable.Range(0, (2 * cells) + 1).Select(i => difference.Value(i / (2.0 * cells)))];
        double worst = 0;
        for (int a = 0; a <= cells; a++)
        {
            for (int b = 0; b <= cells; b++)
            {
                worst = Math.Max(worst, Math.Abs(p[a + b] - q[a - b + cells] - ((double)a / cells * b / cells)));
            }
        }

        return worst;
    }
}
