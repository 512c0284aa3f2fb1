using System.ComponentModel;
using System.Diagnostics;
using CourseLib.Benchmarks.Comparing;

namespace CourseLib.Benchmarks.Running;

/// <summary>A contender's process. Each has its own: spinning thread pools of two libraries in one process disturb each other.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60), AnswerLimit = TimeSpan.FromSeconds(60);

    private readonly Process? process;
    private readonly Queue<string> complaints = new();

    private Child(Peer peer, Process? process, string? missing) => (Peer, this.process, Missing) = (peer, process, missing);

    /// <summary>Who it is.</summary>
    public Peer Peer { get; }

    /// <summary>What it said of itself.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Why it cannot be asked (any more); null when it can.</summary>
    public string? Missing { get; private set; }

    /// <summary>Starts a contender and waits until it is ready, or says why it is not.</summary>
    public static async Task<Child> StartAsync(Peer peer, IReadOnlyDictionary<string, string?> environment)
    {
        if (peer.Excluded is { } reason)
        {
            return new(peer, null, reason);
        }

        ProcessStartInfo start = new(peer.Program, peer.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        foreach ((string name, string? value) in environment.Concat(peer.Variables))
        {
            start.Environment[name] = value;
        }

        try
        {
            Child child = new(peer, Process.Start(start)!, null);
            child.process!.ErrorDataReceived += (_, line) => child.Complain(line.Data);
            child.process.BeginErrorReadLine();
            Answer hello = await child.ReadAsync(StartLimit);
            (child.Version, child.Missing) = hello.Kind == Answer.Hello ? (hello.Text, null) : ("", hello.Text);
            return child;
        }
        catch (Win32Exception)
        {
            return new(peer, null, $"{peer.Program} is not installed");
        }
    }

    /// <summary>Asks and waits for the answer. One that does not come, or a process that died, makes the contender missing from then on.</summary>
    public async Task<Answer> AskAsync(Request request)
    {
        if (Missing is { } reason)
        {
            return Answer.Without(reason);
        }

        try
        {
            await process!.StandardInput.WriteLineAsync(request.ToLine());
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // The process is gone; reading says with what words.
        }

        return await ReadAsync(AnswerLimit);
    }

    /// <summary>Lets the process end, and sees to it that it does.</summary>
    public void Dispose()
    {
        if (process is null)
        {
            return;
        }

        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(2)))
            {
                process.Kill();
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Already gone.
        }

        process.Dispose();
    }

    private async Task<Answer> ReadAsync(TimeSpan limit)
    {
        using CancellationTokenSource late = new(limit);
        try
        {
            while (await process!.StandardOutput.ReadLineAsync(late.Token) is { } line)
            {
                if (Answer.Parse(line) is { } answer)
                {
                    return answer;
                }

                Complain(line);
            }

            await process.WaitForExitAsync(late.Token);
            Missing = LastComplaint() ?? FormattableString.Invariant($"ended with {process.ExitCode}");
        }
        catch (OperationCanceledException)
        {
            Missing = FormattableString.Invariant($"did not answer within {limit.TotalSeconds} s");
            process!.Kill();
        }

        return Answer.Without(Missing);
    }

    private void Complain(string? line)
    {
        lock (complaints)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                complaints.Enqueue(line.Trim());
            }

            while (complaints.Count > 20)
            {
                complaints.Dequeue();
            }
        }
    }

    private string? LastComplaint()
    {
        lock (complaints)
        {
            return complaints.LastOrDefault();
        }
    }
}
