using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Kernel;

/// <summary>The parent's side of a kernel: a child process of this command that runs the cells of one notebook.</summary>
internal sealed partial class KernelProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process process;
    private readonly NamedPipeServerStream pipe;
    private readonly Channel<JsonObject> replies = Channel.CreateUnbounded<JsonObject>();
    private readonly StringBuilder lastWords = new();

    private KernelProcess(Process process, NamedPipeServerStream pipe)
    {
        this.process = process;
        this.pipe = pipe;
    }

    /// <summary>Starts a child and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">The child ended instead; the message says how.</exception>
    public static async Task<KernelProcess> StartAsync(KernelSettings settings, CancellationToken cancel = default)
    {
        // Short: on macOS the path of the socket behind it may not exceed 104 characters, most of them taken by the temporary folder.
        string name = "course-" + Guid.NewGuid().ToString("N")[..12];
        NamedPipeServerStream pipe = new(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        KernelProcess kernel = new(Process.Start(KernelCommandLine.For(settings, name))!, pipe);
        try
        {
            kernel.ReadConsole();
            using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            Task connected = pipe.WaitForConnectionAsync(waiting.Token);
            if (await Task.WhenAny(connected, kernel.process.WaitForExitAsync(waiting.Token)) != connected)
            {
                await waiting.CancelAsync();
                cancel.ThrowIfCancellationRequested();
                throw new InvalidOperationException($"the kernel did not start: {kernel.Obituary()}");
            }

            await connected;
            await waiting.CancelAsync();
            _ = kernel.ReadRepliesAsync();
            return kernel;
        }
        catch
        {
            await kernel.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a cell ended the process, and no other can run.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Runs a cell. After one that failed others can run, on what was there before it, unless <see cref="HasEnded"/>; after one that was ended none can.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="limit">How long it may run.</param>
    /// <param name="outputs">Takes what the cell shows.</param>
    /// <param name="cancel">Ends the cell.</param>
    public async Task<(CellStatus Status, CellError? Error)> RunAsync(CellRequest cell, TimeSpan limit, IKernelOutputs outputs, CancellationToken cancel = default)
    {
        using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer.CancelAfter(limit);
        try
        {
            await SendAsync(new() { [KernelMessage.Run] = cell.Source, [KernelMessage.Number] = cell.Number, [KernelMessage.Threads] = cell.Threads });
            JsonObject? done = await UntilDoneAsync(outputs, timer.Token);
            HasEnded = done is null;
            return done is null ? (CellStatus.Failed, await Died()) : KernelMessage.ToError(done[KernelMessage.Error]) is { } error ? (CellStatus.Failed, error) : (CellStatus.Succeeded, null);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(outputs);
            return cancel.IsCancellationRequested
                ? (CellStatus.Cancelled, new("Cancelled", "the run was cancelled while this cell was running", null))
                : (CellStatus.TimedOut, new("Timeout", string.Create(CultureInfo.InvariantCulture, $"the cell was still running after {limit.TotalSeconds} s and was ended"), null));
        }
    }

    /// <summary>Ends the process.</summary>
    public async ValueTask DisposeAsync()
    {
        // Hanging up ends a child that listens; one that is stuck, and whatever it started, is killed.
        await pipe.DisposeAsync();
        await EndAsync(Patience);
        process.Dispose();
    }

    /// <summary>
    /// Waits for the end of the process and of its output, then kills what is left. The output may stay open after the end:
    /// a program that the cell started has it too.
    /// </summary>
    private async Task EndAsync(TimeSpan wait)
    {
        using CancellationTokenSource patience = new(wait);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Patience);
        }
    }

    /// <summary>Asks the child to end its cell, which lets it send what was printed; kills it when it cannot.</summary>
    private async Task StopAsync(IKernelOutputs outputs)
    {
        using CancellationTokenSource patience = new(Patience);
        try
        {
            await SendAsync(new() { [KernelMessage.Stop] = true });
            await UntilDoneAsync(outputs, patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private async Task SendAsync(JsonObject request)
    {
        try
        {
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The child is gone; the end of its replies says so.
        }
    }

    private async Task<JsonObject?> UntilDoneAsync(IKernelOutputs outputs, CancellationToken cancel)
    {
        await foreach (JsonObject reply in replies.Reader.ReadAllAsync(cancel))
        {
            if (reply.ContainsKey(KernelMessage.Done))
            {
                return reply;
            }

            // Enumerating looks at the token only when it has to wait: a cell that keeps talking would have no limit.
            cancel.ThrowIfCancellationRequested();

            if (reply[KernelMessage.Stream] is { } stream)
            {
                outputs.Stream((string)stream!, (string)reply[KernelMessage.Text]!);
            }
            else if (reply[KernelMessage.Display] is JsonObject shown)
            {
                outputs.Display((JsonObject)shown.DeepClone());
            }
            else if (reply[KernelMessage.Result] is JsonObject result)
            {
                outputs.Result((JsonObject)result.DeepClone());
            }
        }

        return null;
    }

    private async Task ReadRepliesAsync()
    {
        try
        {
            using StreamReader reader = new(pipe, leaveOpen: true);
            while (await reader.ReadLineAsync() is { } line)
            {
                replies.Writer.TryWrite(JsonNode.Parse(line)!.AsObject());
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or System.Text.Json.JsonException)
        {
            // A line cut short by the child's end.
        }

        replies.Writer.TryComplete();
    }

    // What reaches the real console came from below the cell's Console: the runtime's last words, or a native library.
    private void ReadConsole()
    {
        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (lastWords)
            {
                if (line.Data is not null && lastWords.Length < 2000 && !Machinery().IsMatch(line.Data))
                {
                    lastWords.AppendLine(line.Data);
                }
            }
        }

        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    private async Task<CellError> Died()
    {
        await EndAsync(2 * Patience);
        string obituary = Obituary();
        return obituary.StartsWith("Stack overflow", StringComparison.Ordinal)
            ? new("StackOverflow", "stack overflow: the cell ended its process; does a function call itself without end?", null)
            : new("KernelEnded", $"the cell ended its process: {obituary}", null);
    }

    private string Obituary()
    {
        lock (lastWords)
        {
            return lastWords.Length > 0 ? lastWords.ToString().Trim()
                : !process.HasExited ? "it did not end when it was told to"
                : string.Create(CultureInfo.InvariantCulture, $"exit code {process.ExitCode}");
        }
    }

    // Frames of a stack trace that are not the cell's: a reader looks for "cell [3]:line 1" among them.
    [GeneratedRegex(@"^\s*at (System|Microsoft\.CodeAnalysis|CourseLib\.Notebooks|Program)[.+]|^--- End of stack trace", RegexOptions.CultureInvariant)]
    private static partial Regex Machinery();
}
