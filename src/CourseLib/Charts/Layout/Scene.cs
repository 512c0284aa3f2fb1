namespace CourseLib.Charts.Layout;

/// <summary>
/// A figure with everything decided: places, ranges, ticks, colours, the legend's order. Both renderers read it and decide nothing themselves, so that
/// the static picture and the interactive one agree.
/// </summary>
internal sealed record Scene(double Width, double Height, string[] Title, string[] Message, IReadOnlyList<PanelFrame> Panels, Legend Legend)
{
    public const string Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
    public const string Paper = "#ffffff";
    public const string TextColor = "#1f2933";
    public const string QuietColor = "#52606d";
    public const string AxisColor = "#9aa5b1";
    public const string GridColor = "#e4e7eb";
    public const double TitleSize = 16;
    public const double MessageSize = 13;
    public const double PanelTitleSize = 13;
    public const double AxisTitleSize = 13;
    public const double TickSize = 12;
    public const double TitleLine = 22;
    public const double MessageLine = 18;
    public const double Edge = 12;

    /// <summary>What plotly's four buttons take of the title's line, at its right end: a title wraps before them.</summary>
    public const double ToolsWidth = 100;

    /// <summary>The middle of a title line, in pixels from the top.</summary>
    public static double TitleMiddle(int line) => Edge + (TitleLine * (line + 0.5)) - 2;

    /// <summary>The middle of a line of the message, in pixels from the top.</summary>
    public double MessageMiddle(int line) => Edge + (TitleLine * Title.Length) + (MessageLine * (line + 0.5)) - 2;
}
