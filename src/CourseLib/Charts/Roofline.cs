namespace CourseLib.Charts;

/// <summary>
/// What a machine can do at most for work of a given arithmetic intensity, rate = min(peak, intensity bandwidth): over logarithmic axes a slope and a roof
/// (Williams, Waterman, Patterson 2009, "Roofline: an insightful visual performance model").
/// </summary>
/// <param name="Peak">The roof: operations in a unit of time, such as GFLOP/s.</param>
/// <param name="Bandwidth">The slope: bytes in the same unit of time, such as GB/s.</param>
/// <exception cref="ArgumentOutOfRangeException">A rate is not positive.</exception>
public sealed record Roofline(double Peak, double Bandwidth)
{
    private const int Points = 121;

    /// <summary>The roof.</summary>
    public double Peak { get; } = Positive(nameof(Peak), Peak);

    /// <summary>The slope.</summary>
    public double Bandwidth { get; } = Positive(nameof(Bandwidth), Bandwidth);

    /// <summary>The intensity where the slope meets the roof, in operations per byte: work left of it waits for memory, right of it for arithmetic.</summary>
    public double Ridge => Peak / Bandwidth;

    /// <summary>The rate that work of this intensity can reach.</summary>
    /// <param name="intensity">Operations for each byte moved.</param>
    public double Attainable(double intensity) => Math.Min(Peak, intensity * Bandwidth);

    /// <summary>The chart, for GFLOP/s and GB/s; kernels are laid over it with <see cref="Figure.Add(Figure)"/>.</summary>
    /// <param name="from">The least intensity.</param>
    /// <param name="to">The greatest intensity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not 0 &lt; from &lt; to.</exception>
    public Figure ToFigure(double from = 0.1, double to = 1000)
    {
        Positive(nameof(from), from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        double[] places = [.. Enumerable.Range(0, Points).Select(i => from * Math.Pow(to / from, i / (Points - 1.0))), Ridge];
        Values x = Values.Of(places.Where(place => place >= from && place <= to).Order());
        Figure roof = Chart.Line(x, Values.Of(x.Select(Attainable)), "the machine's limit", color: "#000000");
        roof = Ridge > from && Ridge < to ? roof.VerticalLine(Ridge, "ridge") : roof;
        return roof.XAxis("arithmetic intensity, operations per byte", log: true).YAxis("attainable GFLOP/s", log: true);
    }

    private static double Positive(string name, double rate) =>
        rate > 0 && double.IsFinite(rate) ? rate : throw new ArgumentOutOfRangeException(name, rate, $"Roofline: expected a positive {name}");
}
