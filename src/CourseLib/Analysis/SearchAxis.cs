namespace CourseLib.Analysis;

/// <summary>
/// A hyperparameter and the range in which it is searched, on a linear or, as the lecture advises for rates and penalties, on a logarithmic scale
/// (логарифмическая шкала; lecture cnn, "Практические замечания").
/// </summary>
public sealed record SearchAxis
{
    /// <param name="name">The hyperparameter.</param>
    /// <param name="low">Its least value; positive on a logarithmic scale.</param>
    /// <param name="high">Its largest value, above the least.</param>
    /// <param name="logarithmic">Whether equal ratios count as equal steps.</param>
    /// <exception cref="ArgumentException">The range is empty, or holds zero on a logarithmic scale.</exception>
    public SearchAxis(string name, double low, double high, bool logarithmic = false)
    {
        if (!(low < high) || (logarithmic && !(low > 0)) || !double.IsFinite(high - low))
        {
            throw new ArgumentException(FormattableString.Invariant($"SearchAxis: expected {(logarithmic ? "0 < low < high" : "low < high")} for '{name}', got {low} and {high}."));
        }

        (Name, Low, High, Logarithmic) = (name, low, high, logarithmic);
    }

    /// <summary>The hyperparameter.</summary>
    public string Name { get; }

    /// <summary>Its least value.</summary>
    public double Low { get; }

    /// <summary>Its largest value.</summary>
    public double High { get; }

    /// <summary>Whether equal ratios count as equal steps.</summary>
    public bool Logarithmic { get; }

    /// <summary>The value at a share of the way from <see cref="Low"/> (0) to <see cref="High"/> (1) on the axis' scale.</summary>
    public double At(double share) => Logarithmic ? Low * Math.Pow(High / Low, share) : Low + ((High - Low) * share);
}
