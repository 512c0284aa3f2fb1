namespace CourseLib.Charts;

/// <summary>An arrow of <see cref="Chart.Graph"/> with two texts: in a computation graph (граф вычислений) the value that went forward and the gradient that came back.</summary>
/// <param name="From">The index of the node where it begins.</param>
/// <param name="To">The index of the node where it ends, further right.</param>
/// <param name="Above">The text above the arrow.</param>
/// <param name="Below">The text below it.</param>
public sealed record GraphEdge(int From, int To, string Above = "", string Below = "");
