using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Format;

/// <summary>
/// Makes a notebook with the metadata that both hosts need: the kernel for Jupyter, and the kernel's name on the notebook and on every cell
/// for Polyglot Notebooks, which cannot import a notebook that has the one without the other.
/// </summary>
public sealed class NotebookBuilder
{
    private readonly JsonArray cells = [];

    /// <summary>Adds text for the reader.</summary>
    public NotebookBuilder Markdown(string text) => Add("markdown", text);

    /// <summary>Adds a C# cell that has not run.</summary>
    public NotebookBuilder Code(string source) => Add("code", source);

    /// <summary>The notebook.</summary>
    public NotebookDocument Build()
    {
        JsonObject root = new()
        {
            ["cells"] = cells.DeepClone(),
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
                ["language_info"] = new JsonObject { ["file_extension"] = ".cs", ["name"] = "C#" },
                ["polyglot_notebook"] = new JsonObject
                {
                    ["kernelInfo"] = new JsonObject
                    {
                        ["defaultKernelName"] = "csharp",
                        ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = "csharp" }),
                    },
                },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return NotebookReader.From(root, NotebookStyle.Canonical, "new notebook");
    }

    private NotebookBuilder Add(string kind, string text)
    {
        JsonObject cell = new() { ["cell_type"] = kind };
        if (kind == "code")
        {
            cell["execution_count"] = null;
        }

        cell["id"] = Id(text);
        cell["metadata"] = kind == "code" ? new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "csharp" } } : new JsonObject();
        if (kind == "code")
        {
            cell["outputs"] = new JsonArray();
        }

        cell["source"] = NotebookText.Lines(text);
        cells.Add((JsonNode)cell);
        return this;
    }

    // The same notebook made twice is the same file; the place keeps ids apart where the text does not.
    private string Id(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{cells.Count}\n{text}"))))[..8];
}
