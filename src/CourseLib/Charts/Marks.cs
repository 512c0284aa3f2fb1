namespace CourseLib.Charts;

/// <summary>A straight line through the whole panel at one value, with a label.</summary>
internal sealed record ReferenceLine(bool Horizontal, double At, string Label, string Color);

/// <summary>A text with an arrow to a point.</summary>
internal sealed record Annotation(double X, double Y, string Text);
