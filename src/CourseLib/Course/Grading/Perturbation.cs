using CourseLib.Kernels;

namespace CourseLib.Course.Grading;

/// <summary>Something random done to a right outcome, large enough that nobody would call it right: graders have to notice.</summary>
internal static class Perturbation
{
    // Ten times the tolerance that graders allow when they say nothing else would be noticed, too; this is what a reader would see.
    private const double Share = 0.02;

    /// <summary>The outcome with one number moved, all numbers scaled or shifted, or the signs turned.</summary>
    public static Outcome Of(Outcome outcome, Generator generator)
    {
        int chosen = generator.NextInt(outcome.Parts.Count);
        return new([.. outcome.Parts.Select((part, i) => i == chosen ? part with { Numbers = Changed(part.Numbers, generator) } : part)]);
    }

    private static double[] Changed(double[] numbers, Generator generator)
    {
        double step = Math.Max(numbers.Select(Math.Abs).DefaultIfEmpty(0).Max() * Share, 1e-3);
        int place = generator.NextInt(Math.Max(numbers.Length, 1));
        return generator.NextInt(3) switch
        {
            0 => [.. numbers.Select((number, i) => i == place ? number + step : number)],
            1 => [.. numbers.Select(number => number - step)],
            _ => [.. numbers.Select(number => number == 0 ? step : number * (1 + Share))],
        };
    }
}
