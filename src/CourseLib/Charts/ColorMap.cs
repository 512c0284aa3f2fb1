namespace CourseLib.Charts;

/// <summary>Numbers from 0 to 1 as colours, interpolated between evenly spaced anchors. Both renderers use the same anchors.</summary>
public sealed class ColorMap
{
    private readonly Colour[] anchors;

    private ColorMap(string anchors) => this.anchors = [.. anchors.Split(' ').Select(hex => Colour.Parse("#" + hex))];

    /// <summary>Viridis (van der Walt and Smith 2015, public domain), 17 of its colours: lightness rises evenly, readable with colour blindness and in grey.</summary>
    public static ColorMap Viridis { get; } = new("440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725");

    /// <summary>Blue, white, vermillion: for numbers with a sign, 0 in the middle.</summary>
    public static ColorMap Diverging { get; } = new("003d63 0072b2 6aaed6 b9d8ea f7f7f7 f4cfb0 e8955a d55e00 7d3600");

    /// <summary>Black to white.</summary>
    public static ColorMap Grey { get; } = new("000000 ffffff");

    /// <summary>White to black, as ink on paper.</summary>
    public static ColorMap Ink { get; } = new("ffffff 000000");

    /// <summary>Pale blue-greys: a quiet ground for coloured paths on contours.</summary>
    public static ColorMap Mist { get; } = new("5f7f99 87a0b5 a9bccb c7d4de e1e9ef f7f9fb");

    /// <summary>The colour at t, <c>#rrggbb</c>; outside 0 to 1 the colour of the nearer end.</summary>
    public string At(double t) => Pick(t).Hex;

    internal IReadOnlyList<Colour> Anchors => anchors;

    internal Colour Pick(double t)
    {
        double place = Math.Clamp(double.IsNaN(t) ? 0 : t, 0, 1) * (anchors.Length - 1);
        int below = Math.Min((int)place, anchors.Length - 2);
        return Colour.Mix(anchors[below], anchors[below + 1], place - below);
    }
}
