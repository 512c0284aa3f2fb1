using System.Collections.Concurrent;

namespace CourseLib.Charts;

/// <summary>
/// The colours of series: the palette of Okabe and Ito (2008), distinguishable with any colour blindness, and the names that have the same colour
/// in every chart of the course - optimizers, initializers, activations, train and validation. Names are compared without case.
/// </summary>
public static class SeriesColors
{
    private const string Blue = "#0072b2", Vermillion = "#d55e00", Green = "#009e73", Purple = "#cc79a7", Orange = "#e69f00", Sky = "#56b4e9", Black = "#000000", Grey = "#7f7f7f";

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Blue, ["training"] = Blue, ["validation"] = Vermillion, ["test"] = Green,
        ["measured"] = Blue, ["theory"] = Black, ["expected"] = Black, ["exact"] = Black, ["bound"] = Black,
        ["GD"] = Black, ["SGD"] = Blue, ["Momentum"] = Sky, ["SGD + momentum"] = Sky, ["SGD with momentum"] = Sky, ["Nesterov"] = Green,
        ["Adam"] = Vermillion, ["AdamW"] = Orange, ["RMSprop"] = Purple, ["Adagrad"] = Orange, ["AMSGrad"] = Black, ["NAdam"] = Black, ["Adadelta"] = Grey,
        ["Newton"] = Blue, ["CG"] = Green, ["L-BFGS"] = Vermillion,
        ["Zeros"] = Black, ["Constant"] = Grey, ["Uniform"] = Sky, ["Normal"] = Purple, ["LinearDefault"] = Purple, ["Xavier"] = Blue, ["Glorot"] = Blue,
        ["Kaiming"] = Vermillion, ["He"] = Vermillion, ["Orthogonal"] = Green, ["LSUV"] = Orange,
        ["ReLU"] = Blue, ["LeakyReLU"] = Sky, ["Sigmoid"] = Vermillion, ["Tanh"] = Green, ["Identity"] = Black,
        ["BatchNorm"] = Blue, ["LayerNorm"] = Green, ["no normalization"] = Vermillion,
    };

    /// <summary>The palette, in the order in which series without a known name take its colours.</summary>
    public static IReadOnlyList<string> Palette { get; } = [Blue, Vermillion, Green, Purple, Orange, Sky, Black, Grey];

    /// <summary>Gives a name its colour, <c>#rrggbb</c>, in every chart made afterwards.</summary>
    /// <exception cref="ArgumentException">The colour is not of the form #rrggbb.</exception>
    public static void Register(string name, string color)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Known[name] = Colour.Parse(color).Hex;
    }

    /// <summary>The colour that a name has everywhere, or null.</summary>
    public static string? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>
    /// Colours for the series of one figure, by name: first the known names, each its own colour unless an earlier series has it, then the others with
    /// the palette's unused colours in order. Past the palette's end colours come again, with another dash.
    /// </summary>
    internal static IReadOnlyDictionary<string, SeriesStyle> Assign(IEnumerable<string> names)
    {
        List<string> all = names.Distinct().ToList();
        HashSet<string> taken = new();
        Dictionary<string, SeriesStyle> styles = new();
        foreach (string? name in all)
        {
            if (Find(name) is { } color && taken.Add(color))
            {
                styles[name] = new SeriesStyle(color, Dash.Solid);
            }
        }

        List<string> rest = all.Where(name => !styles.ContainsKey(name)).ToList();
        List<SeriesStyle> order = Palette.Where(color => !taken.Contains(color)).Select(color => new SeriesStyle(color, Dash.Solid))
            .Concat(new[] { Dash.Dashed, Dash.Dotted, Dash.DashDot }.SelectMany(dash => Palette.Select(color => new SeriesStyle(color, dash)))).ToList();
        for (int i = 0; i < rest.Count; i++)
        {
            styles[rest[i]] = order[i % order.Count];
        }

        return styles;
    }
}
