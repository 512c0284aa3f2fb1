using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Kernel;

/// <summary>Where the outputs of the running cell go, in the order in which they are made.</summary>
internal interface IKernelOutputs
{
    /// <summary>Text of the console.</summary>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">The text.</param>
    void Stream(string name, string text);

    /// <summary>An object shown by <c>x.Display()</c>, as a bundle of mime types.</summary>
    void Display(JsonObject bundle);

    /// <summary>The value of the cell's last expression, as a bundle of mime types.</summary>
    void Result(JsonObject bundle);
}
