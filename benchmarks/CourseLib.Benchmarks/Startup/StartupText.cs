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
        when it has been called often: nobody waits for that. *every work* does each work of the comparison once, so it has every kernel.
        """;

    private const int Families = 12;

    private static readonly string[] Headings =
    [
        "|in a fresh process", "ready, ms", "first step, ms", FormattableString.Invariant($"{StartupChild.Steps} steps, ms"), "compiled methods", "compiler, ms", "kernels among them",
        "compiler for kernels, ms", "again, in the background, ms",
    ];

    /// <summary>One line for each start, then the kernels that take longest to compile.</summary>
    public static string Markdown(IReadOnlyList<Start> starts) => $"{MarkdownTable.Of(Headings, starts.Select(Cells))}\n\n{OfKernels(starts)}";

    private static string[] Cells(Start start) =>
    [
        start.Subject, Trains(start) ? Whole(start.Ready) : "", Trains(start) ? Whole(start.First) : "", Whole(start.All), Whole(start.MethodCount), Whole(start.Compiling),
        Whole(start.Kernels.Count()), Whole(start.KernelMilliseconds), Whole(start.AgainMilliseconds),
    ];

    private static bool Trains(Start start) => start.Subject != StartupChild.Everything;

    private static string OfKernels(IReadOnlyList<Start> starts)
    {
        IEnumerable<string> longest = starts.SelectMany(start => start.Kernels).GroupBy(method => method.Family)
            .OrderByDescending(group => group.Sum(method => method.Milliseconds)).Take(Families).Select(group => group.Key);
        return MarkdownTable.Of(
            ["|kernel", .. starts.Select(start => $"{start.Subject}, ms (methods)")], longest.Select(family => starts.Select(start => Of(start, family)).Prepend(family)));
    }

    private static string Of(Start start, string family)
    {
        CompiledMethod[] methods = [.. start.Kernels.Where(method => method.Family == family)];
        return methods.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{methods.Sum(method => method.Milliseconds):0.0} ({methods.Length})");
    }

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
