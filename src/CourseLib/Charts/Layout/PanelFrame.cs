using CourseLib.Charts.Traces;

namespace CourseLib.Charts.Layout;

/// <summary>A panel with its place in the figure.</summary>
internal sealed record PanelFrame(int Number, Panel Panel, Box Plot, AxisFrame X, AxisFrame Y, IReadOnlyList<Series> Series, ColorBarFrame? ColorBar)
{
    /// <summary>Said in the middle of a panel that has traces and nothing to show of them; else empty.</summary>
    public string Excuse => Series.Count > 0 && Series.All(s => s.Trace.ExtentX(X.Range.Log).IsEmpty || s.Trace.ExtentY(Y.Range.Log).IsEmpty) ? "no finite values" : "";

    /// <summary>What plotly.js puts behind <c>x</c> and <c>y</c> in the names of this panel's axes.</summary>
    public string Suffix => Number == 0 ? "" : (Number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A trace with its style and its place in the legend's order.</summary>
internal sealed record Series(Trace Trace, SeriesStyle Style, int Rank, bool InLegend);
