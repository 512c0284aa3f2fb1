using System.Text.Json.Nodes;
using CourseLib.Charts.Layout;
using CourseLib.Charts.Rendering;

namespace CourseLib.Charts.Traces;

/// <summary>
/// Something drawn on a pair of axes. A trace holds data and wishes; ranges, ticks, colours and the legend are the figure's. Each kind draws itself twice
/// from the same settled values: as SVG and as plotly.js traces.
/// </summary>
public abstract record Trace
{
    /// <summary>The name in the legend; empty for none. A name that <see cref="SeriesColors"/> knows brings its colour.</summary>
    public string Name { get; init; } = "";

    /// <summary>A colour <c>#rrggbb</c> in place of the one that the figure would choose.</summary>
    public string? Color { get; init; }

    /// <summary>A dash in place of the one that the figure would choose.</summary>
    public Dash? Dash { get; init; }

    /// <summary>Whether the legend lists it; unnamed traces never are.</summary>
    public bool ShowInLegend { get; init; } = true;

    internal bool InLegend => ShowInLegend && TakesColor && Name.Length > 0;

    /// <summary>Whether it is drawn in one colour of the palette.</summary>
    internal virtual bool TakesColor => true;

    /// <summary>What is drawn first lies under the rest: grounds 0, bands 1, bars 2, lines 3.</summary>
    internal virtual int Layer => 3;

    /// <summary>What its colours mean, for the colour bar; null for none.</summary>
    internal virtual ColorScale? Scale => null;

    /// <summary>Ticks with words in place of numbers; null for numbers.</summary>
    internal virtual IReadOnlyList<Tick>? LabelsX => null;

    /// <inheritdoc cref="LabelsX"/>
    internal virtual IReadOnlyList<Tick>? LabelsY => null;

    /// <summary>Whether y grows downwards, as the rows of a matrix do.</summary>
    internal virtual bool ReversesY => false;

    /// <summary>Decides what depends on the panel's other traces: the bins that histograms share, the places of grouped bars.</summary>
    internal virtual Trace Settle(Panel panel, int index) => this;

    /// <summary>What it shows, in words, where its name and its axes do not say it; empty where they do.</summary>
    internal virtual string Content => "";

    /// <summary>Whether there is no number to show.</summary>
    internal virtual bool IsEmpty(bool logX, bool logY) => ExtentX(logX).IsEmpty || ExtentY(logY).IsEmpty;

    internal abstract Extent ExtentX(bool log);

    internal abstract Extent ExtentY(bool log);

    internal abstract void Draw(SvgWriter svg, PanelFrame frame, Series series);

    /// <summary>Draws what may stand beyond the panel's edge, such as the number above a bar that reaches it.</summary>
    internal virtual void DrawOver(SvgWriter svg, PanelFrame frame)
    {
    }

    internal abstract IEnumerable<JsonObject> ToPlotly(PanelFrame frame, Series series);

    /// <summary>Draws what stands beside the name in the legend, in the middle of a line of the legend.</summary>
    internal virtual void DrawSample(SvgWriter svg, double x, double y, SeriesStyle style) => svg.Rect(x + ((Legend.SampleWidth - 12) / 2), y - 6, 12, 12, style.Color);

    private protected static void DemandSameLength(string operation, string what, int count, int expected)
    {
        if (count != expected)
        {
            throw new ArgumentException($"{operation}: expected {expected} values of {what}, as many as there are of x, got {count}");
        }
    }
}
