using System.Text.Json.Nodes;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Kernel;

/// <summary>The words of the protocol between <see cref="KernelProcess"/> and <see cref="KernelServer"/>.</summary>
internal static class KernelMessage
{
    /// <summary>Request: the source of a cell to run, with its <see cref="Number"/>.</summary>
    public const string Run = "run";

    /// <summary>The number shown beside the cell.</summary>
    public const string Number = "number";

    /// <summary>How many threads the library's kernels may use from this cell on.</summary>
    public const string Threads = "threads";

    /// <summary>Request: end the running cell.</summary>
    public const string Stop = "stop";

    /// <summary>Reply: console text of the stream that this names, in <see cref="Text"/>.</summary>
    public const string Stream = "stream";

    /// <summary>The text of a <see cref="Stream"/>.</summary>
    public const string Text = "text";

    /// <summary>Reply: a bundle of mime types.</summary>
    public const string Display = "display";

    /// <summary>Reply: the value of the last expression as a bundle of mime types.</summary>
    public const string Result = "result";

    /// <summary>Reply: the cell has ended, with an <see cref="Error"/> if it failed.</summary>
    public const string Done = "done";

    /// <summary>What went wrong.</summary>
    public const string Error = "error";

    public static JsonObject From(CellError error) => new() { ["name"] = error.Name, ["message"] = error.Message, ["line"] = error.Line };

    public static CellError? ToError(JsonNode? node) => node is null ? null : new((string)node["name"]!, (string)node["message"]!, (int?)node["line"]);
}
