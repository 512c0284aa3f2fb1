namespace CourseLib.Analysis;

/// <summary>
/// A continuous function of straight pieces of equal width through a function on [0, 1]: what one hidden layer of ReLU neurons can make, a kink for each neuron
/// (lecture perc, "Зачем глубина").
/// </summary>
public sealed class BrokenLine
{
    private readonly double[] knots;
    private readonly double shift;

    private BrokenLine(double[] knots, double shift) => (this.knots, this.shift) = (knots, shift);

    /// <summary>The line that meets a function at the ends of its pieces, moved up by a constant.</summary>
    /// <param name="f">The function on [0, 1].</param>
    /// <param name="pieces">How many pieces; n ReLU neurons make n + 1 at most.</param>
    /// <param name="shift">How far the line is moved up: half of a chord's error halves the largest one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not one piece.</exception>
    public static BrokenLine Through(Func<double, double> f, int pieces, double shift = 0)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieces, 1);
        return new([.. Enumerable.Range(0, pieces + 1).Select(i => f((double)i / pieces))], shift);
    }

    /// <summary>The line at a place of [0, 1]; its outer pieces go on beyond.</summary>
    public double Value(double x)
    {
        double place = x * (knots.Length - 1);
        int piece = Math.Clamp((int)place, 0, knots.Length - 2);
        return knots[piece] + ((place - piece) * (knots[piece + 1] - knots[piece])) + shift;
    }

    /// <summary>The largest |line - f| over equally spaced points of [0, 1].</summary>
    public double LargestError(Func<double, double> f, int points = 4097)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        return Enumerable.Range(0, points).Select(i => (double)i / (points - 1)).Max(x => Math.Abs(Value(x) - f(x)));
    }
}
