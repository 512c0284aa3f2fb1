using System.Text.Json;
using CourseLib.Notebooks.Book.Assets;

namespace CourseLib.Notebooks.Book.Formulas;

/// <summary>The formulas of the whole book, typeset by KaTeX in one call of Node; what is not among them stays LaTeX.</summary>
internal sealed class TypesetFormulas
{
    private readonly Dictionary<Formula, Typeset> known;

    private TypesetFormulas(Dictionary<Formula, Typeset> known) => this.known = known;

    private sealed record Typeset(string? Html, string? Error);

    /// <summary>Typesets nothing.</summary>
    public static TypesetFormulas None { get; } = new([]);

    /// <summary>Whether formulas were typeset; where not, the browser has to do it.</summary>
    public bool Any => known.Count > 0;

    /// <summary>The formulas that KaTeX rejects, with its reason.</summary>
    public IEnumerable<(Formula Formula, string Reason)> Rejected => known.Where(entry => entry.Value.Html is null).Select(entry => (entry.Key, entry.Value.Error ?? "no output"));

    /// <summary>Typesets <paramref name="formulas"/> with the KaTeX in <paramref name="folder"/>; null for one means that there is no Node or that it failed.</summary>
    public static TypesetFormulas Make(IEnumerable<Formula> formulas, string? folder)
    {
        Formula[] all = formulas.Distinct().ToArray();
        if (folder is null || all.Length == 0)
        {
            return None;
        }

        // An array of arrays, because [latex, display] is all that the script needs.
        string input = JsonSerializer.Serialize(all.Select(formula => new object[] { formula.Latex, formula.Display }));
        ExternalProgram.Result run = ExternalProgram.Run("node", [Path.Combine(folder, "katex.mjs")], folder, input, TimeSpan.FromMinutes(2));
        if (!run.Succeeded)
        {
            return None;
        }

        Typeset[]? typeset = JsonSerializer.Deserialize<Typeset[]>(run.Output, JsonSerializerOptions.Web);
        return typeset?.Length == all.Length ? new(all.Zip(typeset).ToDictionary(pair => pair.First, pair => pair.Second)) : None;
    }

    /// <summary>The formula as it goes into a page.</summary>
    public Markup Show(Formula formula)
    {
        if (!known.TryGetValue(formula, out Typeset? typeset))
        {
            return formula.Readable();
        }

        if (typeset.Html is null)
        {
            return formula.Readable(typeset.Error);
        }

        string name = formula.Display ? "math display" : "math";
        return new MarkupWriter().Add($"<span class=\"{name}\">{new Markup(typeset.Html)}</span>").ToHtml();
    }
}
