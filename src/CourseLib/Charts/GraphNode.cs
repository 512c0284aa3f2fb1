namespace CourseLib.Charts;

/// <summary>A node of <see cref="Chart.Graph"/>.</summary>
/// <param name="Text">What stands in it: the sign of an operation, the name of a variable.</param>
/// <param name="IsLeaf">Whether it is a box, for what comes from outside (or goes there), in place of the circle of an operation.</param>
public sealed record GraphNode(string Text, bool IsLeaf = false);
