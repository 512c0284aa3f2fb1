using System.Text;

namespace CourseLib.Benchmarks.Scaling;

/// <summary>Writes the charts: pictures in a folder, and the page's part that shows them.</summary>
internal static class ScalingReport
{
    /// <summary>Writes the pictures.</summary>
    /// <param name="charts">The charts.</param>
    /// <param name="folder">Where the pictures go.</param>
    /// <param name="link">That folder as the page names it.</param>
    /// <returns>Markdown: heading, picture, text and table of each chart.</returns>
    public static string Write(IReadOnlyList<ScalingChart> charts, string folder, string link)
    {
        Directory.CreateDirectory(folder);
        StringBuilder text = new();
        foreach (ScalingChart chart in charts)
        {
            chart.Figure.Save(Path.Combine(folder, $"{chart.Name}.svg"));
            text.Append($"### {chart.Title}\n\n![{chart.Figure}]({link}/{chart.Name}.svg)\n\n{chart.Text}\n\n{chart.Table}\n\n");
        }

        return text.ToString().TrimEnd('\n');
    }
}
