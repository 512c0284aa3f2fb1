namespace CourseLib.Benchmarks.Comparing;

/// <summary>The number in the middle: one sample that another process disturbed does not move it.</summary>
internal static class Median
{
    /// <summary>The median; of an even count the mean of the two in the middle.</summary>
    /// <exception cref="ArgumentException">There are no numbers.</exception>
    public static double Of(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted.Length > 0
            ? (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2
            : throw new ArgumentException("Median: expected at least one number.", nameof(numbers));
    }

    /// <summary>The number that a tenth of them do not exceed: of times, what they are while nobody disturbs. The least of them alone may be a stroke of luck.</summary>
    /// <exception cref="ArgumentException">There are no numbers.</exception>
    public static double LowestTenth(IEnumerable<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return sorted.Length > 0 ? sorted[(sorted.Length - 1) / 10] : throw new ArgumentException("LowestTenth: expected at least one number.", nameof(numbers));
    }
}
