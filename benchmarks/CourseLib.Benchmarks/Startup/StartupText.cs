using System.Globalization;
using CourseLib.Benchmarks.Comparing;

namespace CourseLib.Benchmarks.Startup;

/// <summary>The starts as tables in Markdown.</summary>
internal static class StartupText
{
    /// <summary>What stands before the tables.</summary>
    public const string Introduction = """
        A training from nothing: the network and its batches are made, the first step is done, then nine more; times are medians over the processes. *Compiler* is the just-in-time compiler on all
        threads. Which methods it compiled, and for how long, is heard from the runtime in processes of their own; of each method the shortest time counts, because a thread that loses its
        processor while it compiles looks slow. Kernels that are loops are compiled once, at full optimisation, when they are first called; what surrounds them quickly, and again in the background
        when it has been called often: nobody waits for that. *every work* does each work of the comparison once, so it has every kernel; the goal is for what a training uses together.
        A kernel is whatever is in the library's room of that name, with what hands out the work, checks sizes and makes random numbers; the lambdas, layers and optimizers around it are not.
        """;

    private const int Families = 12, Instances = 16;

    private static readonly string[] Headings =
    [
        "|in a fresh process", "ready, ms", "first step, ms", FormattableString.Invariant($"{StartupChild.Steps} steps, ms"), "compiled methods", "compiler, ms", "kernels among them",
        "compiler for kernels, ms", "|goal", "again, in the background, ms",
    ];

    /// <summary>One line for each start, then the kernels that take longest to compile, and which instances of them.</summary>
    public static string Markdown(IReadOnlyList<Start> starts) => $"{MarkdownTable.Of(Headings, starts.Select(Cells))}\n\n{Longest("kernel", starts, Families, method => method.Family)}\n\n{Longest("instance", starts, Instances, method => method.Instance)}";

    private static string[] Cells(Start start) =>
    [
        start.Subject, start.Trains ? Whole(start.Ready) : "", start.Trains ? Whole(start.First) : "", Whole(start.All), Whole(start.MethodCount), Whole(start.Compiling),
        Whole(start.Kernels.Count()), Whole(start.KernelMilliseconds), start.Trains ? $"<= {Whole(Start.Limit)} {(start.IsSlow ? "not met" : "met")}" : "", Whole(start.AgainMilliseconds),
    ];

    private static string Longest(string title, IReadOnlyList<Start> starts, int count, Func<CompiledMethod, string> name)
    {
        IEnumerable<string> longest = starts.SelectMany(start => start.Kernels).GroupBy(name).OrderByDescending(group => group.Sum(method => method.Milliseconds)).Take(count).Select(group => group.Key);
        return MarkdownTable.Of([$"|{title}", .. starts.Select(start => $"{start.Subject}, ms (methods)")], longest.Select(key => starts.Select(start => Of(start, key)).Prepend(key)));

        string Of(Start start, string key)
        {
            CompiledMethod[] methods = [.. start.Kernels.Where(method => name(method) == key)];
            return methods.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{methods.Sum(method => method.Milliseconds):0.0} ({methods.Length})");
        }
    }

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
