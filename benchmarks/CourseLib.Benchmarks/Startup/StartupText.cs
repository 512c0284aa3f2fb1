using System.Globalization;
using System.Text;

namespace CourseLib.Benchmarks.Startup;

/// <summary>The starts as tables in Markdown.</summary>
internal static class StartupText
{
    private const int Families = 12;

    /// <summary>One line for each start, then the kernels that take longest to compile.</summary>
    public static string Markdown(IReadOnlyList<Start> starts)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"| in a fresh process | ready, ms | first step, ms | {StartupChild.Steps} steps, ms | compiled methods | compiler, ms | kernels among them | compiler for kernels, ms | again, in the background, ms |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (Start start in starts)
        {
            bool trains = start.Subject != StartupChild.Everything;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {start.Subject} | {(trains ? Whole(start.Ready) : "")} | {(trains ? Whole(start.First) : "")} | {Whole(start.All)} | {start.MethodCount} | {Whole(start.Compiling)} | {start.Kernels.Count()} | {Whole(start.KernelMilliseconds)} | {Whole(start.AgainMilliseconds)} |");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"\n| kernel | {string.Join(" | ", starts.Select(start => $"{start.Subject}, ms (methods)"))} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"|---|{string.Concat(starts.Select(_ => "--:|"))}");
        foreach (string family in starts.SelectMany(start => start.Kernels).GroupBy(method => method.Family).OrderByDescending(group => group.Sum(method => method.Milliseconds)).Take(Families).Select(group => group.Key))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {family} | {string.Join(" | ", starts.Select(start => Of(start, family)))} |");
        }

        return text.ToString();
    }

    private static string Of(Start start, string family)
    {
        CompiledMethod[] methods = [.. start.Kernels.Where(method => method.Family == family)];
        return methods.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{methods.Sum(method => method.Milliseconds):0.0} ({methods.Length})");
    }

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
