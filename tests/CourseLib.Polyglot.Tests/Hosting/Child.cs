using CourseLib.Notebooks.Format;
using CourseLib.Tests.Architecture;

namespace CourseLib.Polyglot.Tests.Hosting;

/// <summary>A notebook in a process of its own: this assembly, run as a program.</summary>
internal static class Child
{
    /// <summary>Runs a notebook and gives it back with its outputs, which stay in artifacts/polyglot for whoever wants to look.</summary>
    public static NotebookDocument Run(string notebook)
    {
        string folder = Repository.Full("artifacts/polyglot");
        Directory.CreateDirectory(folder);
        string executed = Path.Combine(folder, Path.GetFileName(notebook));
        File.Delete(executed);
        CourseLib.Tests.SimdLevels.Child.Run(new Dictionary<string, string?>(), notebook, executed);
        return NotebookDocument.Read(executed);
    }
}
