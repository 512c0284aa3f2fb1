namespace CourseLib.Charts.Layout;

/// <summary>A colour bar with its place. Bands are the colours from low to high; a single smooth map has none.</summary>
internal sealed record ColorBarFrame(ColorScale Scale, Box Place, IReadOnlyList<Tick> Ticks)
{
    public const double Gap = 14;
    public const double Thickness = 14;

    /// <summary>The middle of the title, which reads upwards at the right of the ticks' texts.</summary>
    public double TitleX => Place.Right + 5 + TextMetrics.Widest(Ticks.Select(tick => tick.Text), Scene.TickSize) + 10;

    /// <summary>The pixel of a number of the scale.</summary>
    public double Map(double value) => Place.Bottom - ((value - Scale.Low) / (Scale.High - Scale.Low) * Place.Height);
}

/// <summary>Which numbers have which colours: what a colour bar shows.</summary>
/// <param name="Map">The colours.</param>
/// <param name="Low">The number of the first colour.</param>
/// <param name="High">The number of the last colour.</param>
/// <param name="Title">What the numbers are.</param>
/// <param name="Ticks">Fixed ticks; null for round numbers.</param>
/// <param name="Bands">The number of bands, which meet at 0, 1, 2…; 0 for a smooth scale.</param>
/// <param name="Line">The colour of the lines between bands; null for none.</param>
internal sealed record ColorScale(ColorMap Map, double Low, double High, string Title, IReadOnlyList<Tick>? Ticks = null, int Bands = 0, string? Line = null)
{
    /// <summary>The place of a number in the map, 0 to 1; NaN stays NaN.</summary>
    public double Place(double value) => Math.Clamp((value - Low) / (High - Low), 0, 1);

    public IReadOnlyList<Tick> TicksFor(double length) => Ticks ?? Layout.Ticks.Linear(Low, High, Math.Max(2, (int)(length / 36) + 1));
}
