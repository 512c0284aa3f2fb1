using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>Looks for a place where a function of two numbers is not convex (lecture intro, "Методы оптимизации"): convex means that at the middle between two points it is nowhere above the mean of its values there.</summary>
public static class Convexity
{
    /// <summary>The share of random pairs of points for which the middle is too high: 0 for a convex function, and a proof that it is not convex when more.</summary>
    /// <param name="f">The function.</param>
    /// <param name="radius">Points are drawn evenly from the square -radius ≤ x, y ≤ radius.</param>
    /// <param name="pairs">How many.</param>
    /// <param name="generator">Source of randomness; one of a fixed seed when null.</param>
    /// <param name="tolerance">What rounding may add.</param>
    public static double BrokenShare(Func<double, double, double> f, double radius, int pairs = 500, Generator? generator = null, double tolerance = 1e-9)
    {
        ArgumentNullException.ThrowIfNull(f);
        Requires.AtLeast("Convexity.BrokenShare", nameof(pairs), pairs, 1);
        generator ??= new Generator(12);
        double Draw() => radius * ((2 * generator.NextSingle()) - 1);
        int broken = 0;
        for (int i = 0; i < pairs; i++)
        {
            (double x1, double y1, double x2, double y2) = (Draw(), Draw(), Draw(), Draw());
            broken += f((x1 + x2) / 2, (y1 + y2) / 2) > ((f(x1, y1) + f(x2, y2)) / 2) + tolerance ? 1 : 0;
        }

        return (double)broken / pairs;
    }
}
