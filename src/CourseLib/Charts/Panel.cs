using System.Collections.Immutable;
using CourseLib.Charts.Traces;

namespace CourseLib.Charts;

/// <summary>One pair of axes with what is drawn on it.</summary>
internal sealed record Panel
{
    public string Title { get; init; } = "";

    public ImmutableArray<Trace> Traces { get; init; } = [];

    public AxisSettings X { get; init; } = new();

    public AxisSettings Y { get; init; } = new();

    public ImmutableArray<ReferenceLine> Lines { get; init; } = [];

    public ImmutableArray<Annotation> Annotations { get; init; } = [];

    /// <summary>One unit of x is as long as one of y.</summary>
    public bool EqualScale { get; init; }
}
