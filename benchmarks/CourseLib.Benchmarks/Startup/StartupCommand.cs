using System.Diagnostics;
using System.Globalization;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Running;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Startup;

/// <summary><c>startup</c>: how long the first steps take in a fresh process, and what of that is the just-in-time compiler.</summary>
internal static class StartupCommand
{
    private const int Repetitions = 5;

    /// <summary>Measures, prints the table, and fails when the kernels take longer to compile than they may.</summary>
    public static int Run()
    {
        IReadOnlyList<Start> starts = Measure();
        Console.WriteLine(StartupText.Markdown(starts));
        return starts.All(start => start.KernelMilliseconds <= Start.Limit) ? 0 : 1;
    }

    /// <summary>Starts each network, and every work at once.</summary>
    public static IReadOnlyList<Start> Measure() => [.. Networks.Names.Append(StartupChild.Everything).Select(Measure)];

    // Medians over several processes: the first one reads the files of the library, and another program may take the processor away.
    private static Start Measure(string subject)
    {
        double[][] times = [.. Enumerable.Range(0, Repetitions).Select(_ => Ask(subject, listens: false).Times)];
        IReadOnlyList<CompiledMethod>[] methods = [.. Enumerable.Range(0, Repetitions).Select(_ => Ask(subject, listens: true).Methods)];
        IReadOnlyList<CompiledMethod> usual = methods.OrderBy(list => list.Where(method => method.IsKernel).Sum(method => method.Milliseconds)).ElementAt(Repetitions / 2);
        return new(subject, At(0), At(1), At(2), At(3), (int)At(4), usual);

        double At(int index) => Median.Of(times.Select(values => values[index]));
    }

    private static (double[] Times, IReadOnlyList<CompiledMethod> Methods) Ask(string subject, bool listens)
    {
        ProcessStartInfo start = Peers.ThisProgram(["start", subject, listens ? "methods" : "times"]);
        foreach ((string name, string? value) in CleanEnvironment.For(Environment.ProcessorCount, narrow: false, coreType: null))
        {
            start.Environment[name] = value;
        }

        start.Environment.Remove("DOTNET_TC_CallCountingDelayMs"); // as a user has it
        using Process process = Process.Start(start)!;
        string[][] lines = [.. process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r').Split('\t'))];
        process.WaitForExit();
        double[] times = [.. lines.Single(parts => parts[0] == StartupChild.Times)[1..].Select(Number)];
        return (times, [.. lines.Where(parts => parts[0] == StartupChild.Method).Select(parts => new CompiledMethod(parts[1], parts[2], Number(parts[3])))]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
