using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CourseLib.Kernels;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Kernel;

/// <summary>
/// The child's side of a kernel: runs cells one after the other and reports over a pipe, one JSON object on a line. The pipe is
/// not the console, so whatever a cell (or native code below it) writes there cannot be taken for a message.
/// </summary>
internal sealed class KernelServer : IKernelOutputs
{
    private readonly StreamReader requests;
    private readonly StreamWriter replies;
    private readonly Lock gate = new();
    private readonly BlockingCollection<JsonObject> cells = [];
    private readonly CancellationTokenSource stop = new();

    private KernelServer(Stream pipe)
    {
        requests = new(pipe);
        replies = new(pipe) { AutoFlush = true };
    }

    /// <summary>Serves the process that listens on <paramref name="pipeName"/> until it hangs up.</summary>
    /// <returns>The exit code of the process.</returns>
    public static int Run(string pipeName)
    {
        // Ctrl+C reaches every process of the terminal; the parent decides what becomes of this one.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);

        // Errors are read by people who compare them with the text; the culture of numbers and dates stays the user's.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        using var pipe = new NamedPipeClientStream(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        pipe.Connect(TimeSpan.FromSeconds(30));
        new KernelServer(pipe).Serve();
        return 0;
    }

    public void Stream(string name, string text) => Send(new() { [KernelMessage.Stream] = name, [KernelMessage.Text] = text });

    public void Display(JsonObject bundle)
    {
        FlushConsole();
        Send(new() { [KernelMessage.Display] = bundle });
    }

    public void Result(JsonObject bundle)
    {
        FlushConsole();
        Send(new() { [KernelMessage.Result] = bundle });
    }

    private void Serve()
    {
        KernelOutputs.Current = this;
        var (output, error) = (new ConsoleCapture("stdout"), new ConsoleCapture("stderr"));
        Console.SetOut(output);
        Console.SetError(error);
        new Thread(Listen) { IsBackground = true, Name = "requests" }.Start();

        var session = new Session();
        var threads = 0;
        foreach (var cell in cells.GetConsumingEnumerable())
        {
            output.Restart();
            error.Restart();
            var number = (int)cell[KernelMessage.Number]!;
            if ((int)cell[KernelMessage.Threads]! is var offered && offered != threads)
            {
                // Only when it changes: a notebook may set the number itself and keep it from cell to cell.
                Workers.Count = threads = offered;
            }

            var reply = new JsonObject { [KernelMessage.Done] = true };
            try
            {
                if (session.Execute((string)cell[KernelMessage.Run]!, number, stop.Token) is { } failure)
                {
                    reply[KernelMessage.Error] = KernelMessage.From(failure);
                }
            }
            catch (OperationCanceledException)
            {
                // The parent asked for it and knows why.
            }

            FlushConsole();
            Send(reply);
        }
    }

    private void Listen()
    {
        try
        {
            while (requests.ReadLine() is { } line)
            {
                var request = JsonNode.Parse(line)!.AsObject();
                if (request.ContainsKey(KernelMessage.Stop))
                {
                    stop.Cancel();
                }
                else
                {
                    cells.Add(request);
                }
            }
        }
        catch (IOException)
        {
            // The parent is gone: the same as hanging up.
        }

        // A cell may still be running, or have left threads behind: nobody waits for them any more.
        Environment.Exit(0);
    }

    private static void FlushConsole()
    {
        Console.Out.Flush();
        Console.Error.Flush();
    }

    private void Send(JsonObject message)
    {
        lock (gate)
        {
            try
            {
                replies.WriteLine(message.ToJsonString());
            }
            catch (IOException)
            {
                Environment.Exit(0);
            }
        }
    }
}
