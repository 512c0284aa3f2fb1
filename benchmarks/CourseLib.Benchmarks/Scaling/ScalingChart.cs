using CourseLib.Charts;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>A chart of the results page.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Title">The heading over it.</param>
/// <param name="Figure">The picture.</param>
/// <param name="Text">What it shows, and why a curve leaves its limit where it does.</param>
/// <param name="Table">The numbers, in Markdown.</param>
internal sealed record ScalingChart(string Name, string Title, Figure Figure, string Text, string Table);
