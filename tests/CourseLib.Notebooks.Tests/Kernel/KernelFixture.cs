using System.Text.Json.Nodes;
using CourseLib.Notebooks.Format;
using CourseLib.Notebooks.Kernel;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Kernel;

/// <summary>One kernel for all tests of cells: starting one costs more than the tests.</summary>
public sealed class KernelFixture : IAsyncLifetime
{
    private KernelProcess? kernel;
    private int number;

    public async Task InitializeAsync()
    {
        kernel = await KernelProcess.StartAsync(new(AppContext.BaseDirectory, 1, null, false));
        Assert.Null((await RunAsync($"#r \"nuget: CourseLib, {Library.Version}\"")).Error);
    }

    public async Task DisposeAsync() => await kernel!.DisposeAsync();

    /// <summary>Runs a cell.</summary>
    internal async Task<Ran> RunAsync(string source)
    {
        CellOutputs outputs = new(++number);
        (CellStatus status, CellError? error) = await kernel!.RunAsync(new(source, number, 1), TimeSpan.FromMinutes(1), outputs);
        outputs.EndStream();
        return new(number, status, error, outputs.Outputs);
    }

    /// <summary>Runs a cell that must succeed and returns its outputs, one text each: <c>stdout:…</c>, <c>shown:…</c>, <c>value:…</c>.</summary>
    internal async Task<string[]> TextsAsync(string source)
    {
        Ran ran = await RunAsync(source);
        Assert.True(ran.Status == CellStatus.Succeeded, ran.Error?.ToString());
        return [.. ran.Outputs.Select(Text)];
    }

    private static string Text(JsonNode? output) => (string?)output!["output_type"] switch
    {
        "stream" => $"{output["name"]}:{NotebookText.Join(output["text"])}",
        "display_data" => "shown:" + NotebookText.Join(output["data"]!["text/plain"]),
        _ => "value:" + NotebookText.Join(output["data"]!["text/plain"]),
    };

    internal sealed record Ran(int Number, CellStatus Status, CellError? Error, JsonArray Outputs);
}

/// <summary>The classes that share the kernel; their tests run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SharedKernel : ICollectionFixture<KernelFixture>
{
    public const string Name = "kernel";
}
