using CourseLib.Analysis;

namespace CourseLib.Charts;

/// <summary>Optimizers that race on a function of two variables, stepped: where each stands after so many steps (lecture cnn, "Метод моментов", whose pictures are such ways).</summary>
public static class RaceChart
{
    /// <summary>One panel for each number of steps: contours, each way as a line and a dot where it stands.</summary>
    /// <param name="paths">The ways by name; a known name has its colour.</param>
    /// <param name="f">The function; its contours have equal ratios, so it should be at least 0.</param>
    /// <param name="x">The range of the first coordinate.</param>
    /// <param name="y">The range of the second one.</param>
    /// <param name="after">The numbers of steps; no way may be shorter.</param>
    /// <exception cref="ArgumentException">A way has fewer steps.</exception>
    public static Figure Snapshots(IReadOnlyDictionary<string, OptimizerPath> paths, Func<double[], double> f, (double From, double To) x, (double From, double To) y, params int[] after)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(after);
        if (paths.FirstOrDefault(entry => entry.Value.Steps < after.DefaultIfEmpty(0).Max()) is { Value: not null } tooShort)
        {
            throw new ArgumentException(FormattableString.Invariant($"RaceChart.Snapshots: expected ways of at least {after.Max()} steps, \"{tooShort.Key}\" has {tooShort.Value.Steps}"), nameof(paths));
        }

        return Chart.SmallMultiples(after.Select(k => paths.Aggregate(
            Chart.Contour((a, b) => f([a, b]) + 1e-3, x, y, levels: 10, log: true, filled: false, map: ColorMap.Grey, samples: 61),
            (panel, entry) => panel.Add(Standing(entry.Key, entry.Value, k)))
            .Title($"after {k} steps").XAxis("x", min: x.From, max: x.To).YAxis("y", min: y.From, max: y.To)), columns: 3).Size(820, 380);
    }

    /// <summary>The function's value along each way, on a logarithmic axis; values under <paramref name="least"/> are drawn there.</summary>
    public static Figure Heights(IReadOnlyDictionary<string, OptimizerPath> paths, Func<double[], double> f, double least = 1e-10)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(f);
        return paths.Aggregate(Chart.Empty, (figure, entry) => figure.Add(Chart.Line(Values.Of(entry.Value.Points.Select(p => Math.Max(f(p), least))), entry.Key)))
            .XAxis("step").YAxis("f", log: true);
    }

    private static Figure Standing(string name, OptimizerPath path, int steps)
    {
        (double[] x, double[] y) = (path.Coordinate(0)[..(steps + 1)], path.Coordinate(1)[..(steps + 1)]);
        string? color = SeriesColors.Find(name);
        return Chart.Line(x, y, name, color: color, width: 1.6).Add(Chart.Scatter(new[] { x[^1] }, new[] { y[^1] }, name, size: 10, opacity: 1, color: color));
    }
}
