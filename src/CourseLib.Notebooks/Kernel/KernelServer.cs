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
    private const int MostShown = 20_000_000;

    private readonly StreamReader requests;
    private readonly StreamWriter replies;
    private readonly Lock gate = new();
    private readonly BlockingCollection<JsonObject> cells = [];
    private readonly CancellationTokenSource stop = new();
    private readonly ConsoleCapture output = new("stdout");
    private readonly ConsoleCapture error = new("stderr");
    private long shown;

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
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);

        // Errors are read by people who compare them with the text; the culture of numbers and dates stays the user's.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;

        using NamedPipeClientStream pipe = new(".", pipeName, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
        pipe.Connect(TimeSpan.FromSeconds(30));
        new KernelServer(pipe).Serve();
        return 0;
    }

    public void Stream(string name, string text) => Send(new() { [KernelMessage.Stream] = name, [KernelMessage.Text] = text });

    public void Display(JsonObject bundle)
    {
        Show(KernelMessage.Display, bundle);
    }

    public void Result(JsonObject bundle)
    {
        Show(KernelMessage.Result, bundle);
    }

    // A cell that shows things without end would fill the memory of the process that collects them.
    private void Show(string kind, JsonObject bundle)
    {
        FlushConsole();
        string message = new JsonObject { [kind] = bundle }.ToJsonString();
        long before = Interlocked.Add(ref shown, message.Length) - message.Length;
        if (before + message.Length <= MostShown)
        {
            Reply(message);
        }
        else if (before <= MostShown)
        {
            Stream(error.Name, string.Create(CultureInfo.InvariantCulture, $"… cut: the cell showed more than {MostShown} characters\n"));
        }
    }

    private void Serve()
    {
        KernelOutputs.Current = this;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => FlushConsole();
        new Thread(Listen) { IsBackground = true, Name = "requests" }.Start();

        Session session = new();
        int threads = 0;
        foreach (JsonObject cell in cells.GetConsumingEnumerable())
        {
            // Anew for each cell: one may have redirected the console to catch what something prints.
            Console.SetOut(output);
            Console.SetError(error);
            output.Restart();
            error.Restart();
            Interlocked.Exchange(ref shown, 0);
            int number = (int)cell[KernelMessage.Number]!;
            if ((int)cell[KernelMessage.Threads]! is var offered && offered != threads)
            {
                // Only when it changes: a notebook may set the number itself and keep it from cell to cell.
                Workers.Count = threads = offered;
            }

            JsonObject reply = new() { [KernelMessage.Done] = true };
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
            catch (Exception e)
            {
                // Not the cell's own exception but one on the way to it, such as in the compiler: it is the cell that cannot run.
                reply[KernelMessage.Error] = KernelMessage.From(ErrorReport.Of(e, number));
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
                JsonObject request = JsonNode.Parse(line)!.AsObject();
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

    private void FlushConsole()
    {
        output.Flush();
        error.Flush();
    }

    private void Send(JsonObject message) => Reply(message.ToJsonString());

    private void Reply(string message)
    {
        lock (gate)
        {
            try
            {
                replies.WriteLine(message);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                Environment.Exit(0);
            }
        }
    }
}
