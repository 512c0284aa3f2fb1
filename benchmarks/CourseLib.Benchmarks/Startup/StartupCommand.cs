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
        IReadOnlyList<Start> starts = Measure(Repetitions);
        Console.WriteLine(StartupText.Markdown(starts));
        return starts.Any(start => start.IsSlow) ? 1 : 0;
    }

    /// <summary>Starts each network, and every work at once.</summary>
    /// <param name="repetitions">In how many processes each.</param>
    public static IReadOnlyList<Start> Measure(int repetitions) => [.. Networks.Names.Append(StartupChild.Everything).Select(subject => Measure(subject, repetitions))];

    // Medians over several processes: the first one reads the files of the library, and another program may take the processor away.
    private static Start Measure(string subject, int repetitions)
    {
        double[][] times = [.. Enumerable.Range(0, repetitions).Select(_ => Ask(subject, listens: false).Times)];
        IReadOnlyList<CompiledMethod> methods = Undisturbed([.. Enumerable.Range(0, repetitions).Select(_ => Ask(subject, listens: true).Methods)]);
        return new(subject, At(0), At(1), At(2), At(3), (int)At(4), methods);

        double At(int index) => Median.Of(times.Select(values => values[index]));
    }

    // A thread that lost its processor while it compiled is counted with the time that it waited: of each method the shortest time seen. Several methods may
    // have one name (instances of a generic one); they are told apart by their places among those.
    private static IReadOnlyList<CompiledMethod> Undisturbed(IReadOnlyList<CompiledMethod>[] runs) =>
    [
        .. runs.SelectMany(run => run.GroupBy(method => (method.Type, method.Name, method.IsAgain))
                .SelectMany(group => group.OrderByDescending(method => method.Milliseconds).Select((method, place) => (Key: (group.Key, place), Method: method))))
            .GroupBy(entry => entry.Key).Where(group => group.Count() > runs.Length / 2).Select(group => group.MinBy(entry => entry.Method.Milliseconds).Method),
    ];

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
        return (times, [.. lines.Where(parts => parts[0] == StartupChild.Method).Select(parts => new CompiledMethod(parts[1], parts[2], Number(parts[3]), bool.Parse(parts[4])))]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
