using CourseLib.Display;

namespace CourseLib.Charts;

/// <summary>The formatters of figures: HTML for every host, and plotly.js JSON for hosts that draw it themselves.</summary>
public sealed class FigureFormatterSource
{
    /// <summary>The MIME type of a plotly.js figure.</summary>
    public const string PlotlyMimeType = "application/vnd.plotly.v1+json";

    /// <summary>One formatter for each MIME type. .NET Interactive calls this method by its name.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [MimeFormatter.Html, new MimeFormatter(PlotlyMimeType, nameof(Figure.ToPlotlyJson))];
}
