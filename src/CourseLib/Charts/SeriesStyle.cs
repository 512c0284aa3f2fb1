namespace CourseLib.Charts;

/// <summary>What a series looks like in one figure.</summary>
internal readonly record struct SeriesStyle(string Color, Dash Dash)
{
    /// <summary>The name that plotly.js has for the dash.</summary>
    public string PlotlyDash => Dash switch { Dash.Dashed => "dash", Dash.Dotted => "dot", Dash.DashDot => "dashdot", _ => "solid" };

    /// <summary>The lengths that plotly.js draws for lines up to 3 pixels wide, for <c>stroke-dasharray</c>; null for a solid line.</summary>
    public string? SvgDash => Dash switch { Dash.Dashed => "9,9", Dash.Dotted => "3,3", Dash.DashDot => "9,3,3,3", _ => null };

    public string Rgba(double alpha) => Colour.Parse(Color).Rgba(alpha);
}
