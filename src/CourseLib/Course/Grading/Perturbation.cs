using CourseLib.Kernels;

namespace CourseLib.Course.Grading;

/// <summary>Something random done to a right outcome, large enough that nobody would call it right: graders have to notice.</summary>
internal static class Perturbation
{
    // What a reader would see; a case that allows more is asked to notice three times what it allows.
    private const double Least = 0.02;

    /// <summary>The outcome with one number moved, or all numbers scaled or shifted.</summary>
    public static Outcome Of(Outcome outcome, double tolerance, Generator generator)
    {
        double share = Math.Max(Least, 3 * tolerance);
        int chosen = generator.NextInt(outcome.Parts.Count);
        return new([.. outcome.Parts.Select((part, i) => i == chosen ? part with { Numbers = Changed(part.Numbers, share, generator) } : part)]);
    }

    private static double[] Changed(double[] numbers, double share, Generator generator)
    {
        double step = Math.Max(numbers.Select(Math.Abs).DefaultIfEmpty(0).Max() * share, 1e-3);
        int place = generator.NextInt(Math.Max(numbers.Length, 1));
        return generator.NextInt(3) switch
        {
            0 => [.. numbers.Select((number, i) => i == place ? number + step : number)],
            1 => [.. numbers.Select(number => number - step)],
            _ => [.. numbers.Select(number => number == 0 ? step : number * (1 + share))],
        };
    }
}
