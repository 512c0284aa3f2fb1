using System.Diagnostics;
using System.Text.Json.Nodes;
using CourseLib.Notebooks.Kernel;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Tests.Kernel;

/// <summary>Cells that never end, each in a kernel of its own, all at the same time.</summary>
public class RunawayTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task At_its_limit_a_cell_is_ended()
    {
        TimeSpan limit = TimeSpan.FromSeconds(0.5);
        (CellStatus Status, CellError? Error, string Printed)[] results = await Task.WhenAll(RunAsync("while (true) { }", limit), RunAsync("System.Threading.Thread.Sleep(-1);", limit));
        Assert.All(results, ran => Assert.Equal((CellStatus.TimedOut, "Timeout"), (ran.Status, ran.Error?.Name)));
        Assert.Contains("after 0.5 s", results[0].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_a_cell_waits_for_cancelling_ends_it_and_keeps_what_it_printed()
    {
        string[] endless =
        [
            "while (true) { try { } catch { } }",
            "while (true) { try { await Task.Delay(1); } catch { } }",
            "System.Threading.Thread.Sleep(-1);",
            "new System.Threading.ManualResetEvent(false).WaitOne();",
        ];
        (CellStatus Status, CellError? Error, string Printed)[] results = await Task.WhenAll(endless.Select(async source =>
        {
            using CancellationTokenSource cancel = new();
            return await RunAsync("Console.WriteLine(\"begun\"); " + source, Long, cancel);
        }));
        Assert.All(results, ran => Assert.Equal((CellStatus.Cancelled, "begun\n"), (ran.Status, ran.Printed)));
    }

    [Theory]
    [InlineData("int Deep(int n) => Deep(n + 1) + 1;\nDeep(0)", "StackOverflow", "stack overflow")]
    [InlineData("Environment.Exit(3);", "KernelEnded", "exit code 3")]
    [InlineData("var t = new System.Threading.Thread(() => throw new FormatException(\"elsewhere\")); t.Start(); t.Join(); System.Threading.Thread.Sleep(-1);", "KernelEnded", "FormatException: elsewhere")]
    public async Task A_cell_that_ends_the_process_is_told_so(string source, string name, string expected)
    {
        (CellStatus Status, CellError? Error, string Printed) ran = await RunAsync(source, Long);
        Assert.Equal((CellStatus.Failed, name), (ran.Status, ran.Error?.Name));
        Assert.Contains(expected, ran.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_words_hold_the_cells_frames_and_what_it_printed_is_kept()
    {
        (CellStatus Status, CellError? Error, string Printed) ran = await RunAsync("async void Later() { await Task.Delay(1); throw new FormatException(\"elsewhere\"); }\nConsole.Write(\"begun\"); Later(); System.Threading.Thread.Sleep(-1);", Long);
        Assert.Matches(@"FormatException: elsewhere\s+at .* in cell \[1\]:line 1$", ran.Error!.Message);
        Assert.Equal("begun", (await RunAsync("Console.Write(\"begun\"); Environment.Exit(0);", Long)).Printed);
    }

    [Fact]
    public async Task A_program_that_a_cell_leaves_behind_does_not_keep_its_notebook_waiting()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no sleep there
        }

        (CellStatus Status, CellError? Error, string Printed) ran = await RunAsync("Console.Write(System.Diagnostics.Process.Start(\"sleep\", \"300\").Id); Environment.Exit(3);", Long);
        using Process left = System.Diagnostics.Process.GetProcessById(int.Parse(ran.Printed, System.Globalization.CultureInfo.InvariantCulture));
        Assert.False(left.HasExited);
        left.Kill();
        Assert.Contains("exit code 3", ran.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_keeps_talking_is_ended_all_the_same()
    {
        using CancellationTokenSource cancel = new();
        await using KernelProcess kernel = await KernelProcess.StartAsync(new(AppContext.BaseDirectory, 1, null, false));
        (CellStatus status, _) = await kernel.RunAsync(new("for (var i = 0; i < 9; i++) Console.WriteLine(i);", 1, 1), Long, new SlowListener(cancel), cancel.Token);
        Assert.Equal(CellStatus.Cancelled, status);
    }

    private static async Task<(CellStatus Status, CellError? Error, string Printed)> RunAsync(string source, TimeSpan limit, CancellationTokenSource? cancelWhenPrinting = null)
    {
        await using KernelProcess kernel = await KernelProcess.StartAsync(new(AppContext.BaseDirectory, 1, null, false));
        Listener outputs = new(cancelWhenPrinting);
        (CellStatus status, CellError? error) = await kernel.RunAsync(new(source, 1, 1), limit, outputs, cancelWhenPrinting?.Token ?? CancellationToken.None);
        return (status, error, outputs.Printed);
    }

    /// <summary>Cancels, and then takes so long that everything the cell will ever say is there.</summary>
    private sealed class SlowListener(CancellationTokenSource cancel) : IKernelOutputs
    {
        public void Stream(string name, string text)
        {
            cancel.Cancel();
            Thread.Sleep(300);
        }

        public void Display(JsonObject bundle) { }

        public void Result(JsonObject bundle) { }
    }

    private sealed class Listener(CancellationTokenSource? cancel) : IKernelOutputs
    {
        public string Printed { get; private set; } = "";

        public void Stream(string name, string text)
        {
            Printed += text;
            cancel?.Cancel();
        }

        public void Display(JsonObject bundle) { }

        public void Result(JsonObject bundle) { }
    }
}
