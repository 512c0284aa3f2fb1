using System.Text.Json.Nodes;

namespace CourseLib.Notebooks.Kernel;

/// <summary>The outputs of the cell that runs now. Console and displays belong to a process, so this does too.</summary>
internal static class KernelOutputs
{
    public static IKernelOutputs Current { get; set; } = new Nowhere();

    private sealed class Nowhere : IKernelOutputs
    {
        public void Stream(string name, string text) { }

        public void Display(JsonObject bundle) { }

        public void Result(JsonObject bundle) { }
    }
}
