namespace CourseLib.Charts.Layout;

/// <summary>A place on an axis and what stands beside it.</summary>
internal readonly record struct Tick(double Value, string Text);
