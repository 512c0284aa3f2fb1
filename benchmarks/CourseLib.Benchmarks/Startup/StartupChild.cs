using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Startup;

/// <summary>What a fresh process does: trains a network for ten steps, or does every work once, and says how long it took and what was compiled for it.</summary>
internal static class StartupChild
{
    /// <summary>The first words of its lines.</summary>
    public const string Times = "times", Method = "method";

    /// <summary>The subject that is no network: every work of the comparison once, each kernel that the course has among them.</summary>
    public const string Everything = "every work";

    /// <summary>How many steps.</summary>
    public const int Steps = 10;

    private static readonly TimeSpan EventsArrive = TimeSpan.FromMilliseconds(500);

    /// <summary>Does it and prints what was seen.</summary>
    /// <param name="subject">A network's name, or <see cref="Everything"/>.</param>
    /// <param name="listens">Whether to list the methods: who listens makes the compiler slower.</param>
    public static int Run(string subject, bool listens)
    {
        using JitListener? listener = listens ? new() : null;
        (TimeSpan compiling, long methods, long start) = (JitInfo.GetCompilationTime(), JitInfo.GetCompiledMethodCount(), Stopwatch.GetTimestamp());
        (double ready, double first) = subject == Everything ? DoEverything(start) : Train(subject, start);
        double all = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        (compiling, methods) = (JitInfo.GetCompilationTime() - compiling, JitInfo.GetCompiledMethodCount() - methods);
        Say(Times, ready, first, all, compiling.TotalMilliseconds, methods);
        if (listener is not null)
        {
            Thread.Sleep(EventsArrive);
            foreach (CompiledMethod method in listener.Methods)
            {
                Say(Method, method.Type, method.Name, method.Milliseconds, method.IsAgain);
            }
        }

        return 0;
    }

    private static (double Ready, double First) Train(string network, long start)
    {
        Prepared prepared = WorkCatalog.Find($"train/{network}_b64").Prepare();
        double ready = Stopwatch.GetElapsedTime(start).TotalMilliseconds, first = 0;
        for (int step = 0; step < Steps; step++)
        {
            prepared.Call();
            first = step == 0 ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : first;
        }

        return (ready, first);
    }

    private static (double Ready, double First) DoEverything(long start)
    {
        foreach (Work work in WorkCatalog.All.Where(work => work.Group != "limit" && !work.IsLong))
        {
            work.Prepare().Call();
        }

        return (0, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    private static void Say(params object[] parts) => Console.WriteLine(string.Join('\t', parts.Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))));
}
