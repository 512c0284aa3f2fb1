using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Claims;

/// <summary>Reads claims where any host leaves them: in the data attributes of a cell's HTML outputs.</summary>
internal static partial class ClaimReader
{
    /// <summary>The claims in the outputs of one cell, in order. One that names no control does not hold, whatever it says.</summary>
    public static IEnumerable<ClaimRecord> Read(JsonArray outputs, string notebook, int cellIndex)
    {
        foreach (JsonNode? output in outputs)
        {
            string html = NotebookText.Join(output?["data"]?["text/html"]);
            foreach (Match element in Element().Matches(html))
            {
                ILookup<string, string> data = Attribute().Matches(element.Value).ToLookup(match => match.Groups["name"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value));
                string Get(string name) => data[name].FirstOrDefault() ?? "";
                string control = Get("control");
                yield return new(Get("claim"), notebook, Get("holds") == "true" && !string.IsNullOrWhiteSpace(control), Get("expected"), Get("measured"), Get("margin"), control, cellIndex);
            }
        }
    }

    // Angle brackets inside the attributes are escaped by whoever writes a claim.
    [GeneratedRegex("""<[a-z]+\s[^<>]*\bdata-claim="[^<>]*>""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    [GeneratedRegex("""\sdata-(?<name>[a-z]+)="(?<value>[^"]*)"|\sdata-(?<name>[a-z]+)='(?<value>[^']*)'""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Attribute();
}
