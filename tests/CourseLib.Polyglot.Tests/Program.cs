using CourseLib.Notebooks.Format;
using CourseLib.Polyglot.Tests.Hosting;

namespace CourseLib.Polyglot.Tests;

/// <summary>What this assembly does when it is run as a program: one notebook in a kernel of its own, as the hosts have one process for each notebook.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [string notebook, string executed])
        {
            Console.Error.WriteLine("These are tests: run `dotnet test`. As a program the assembly runs a notebook: <notebook.ipynb> <executed.ipynb>");
            return 2;
        }

        Environment.CurrentDirectory = Path.GetDirectoryName(Path.GetFullPath(notebook))!;
        NotebookDocument document = NotebookDocument.Read(notebook);
        using RealKernel kernel = new();
        int number = 0;
        foreach (NotebookCell cell in document.CodeCells)
        {
            RealCell result = await kernel.RunAsync(cell.Source);
            cell.Outputs = result.Outputs;
            cell.ExecutionCount = ++number;
            if (result.Error is { } error)
            {
                Console.Error.WriteLine($"cell {cell.Index}: {error}");
                return 1;
            }
        }

        document.Write(executed);
        return 0;
    }
}
