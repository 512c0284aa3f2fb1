namespace CourseLib.Charts;

/// <summary>What the maker of a figure said about an axis; null where the figure decides.</summary>
internal sealed record AxisSettings
{
    public string Title { get; init; } = "";

    public bool Log { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public IReadOnlyList<(double Value, string Text)>? Ticks { get; init; }

    public bool Hidden { get; init; }
}
