using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using CourseLib.Benchmarks.Accuracy;
using CourseLib.Benchmarks.Comparing;
using CourseLib.Benchmarks.Scaling;
using CourseLib.Benchmarks.Startup;

namespace CourseLib.Benchmarks.Running;

/// <summary>What a comparison leaves behind: rows for programs, and a page for people.</summary>
/// <param name="comparison">The rows, and what was seen beside them.</param>
/// <param name="narrow">The same with AVX2; null where it was not asked for.</param>
/// <param name="command">The command that asked it.</param>
internal sealed class Report(Comparison comparison, Comparison? narrow, string command)
{
    private const int MostRounds = 5;
    private const double LongestAnswer = 0.1;

    /// <summary>Writes artifacts/compare.json.</summary>
    public void WriteJson(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, RowsJson.Write(comparison.Rows.Concat(narrow?.Rows ?? [])) + "\n");
    }

    /// <summary>Writes benchmarks/results/&lt;processor&gt;.md, and the pictures in a folder of that name.</summary>
    /// <returns>The path.</returns>
    public async Task<string> WriteMarkdownAsync(Places places)
    {
        string name = Processor.FileName, path = Path.Combine(places.ResultFolder, $"{name}.md");
        Directory.CreateDirectory(places.ResultFolder);

        // Nothing after the comparisons is about peers, and each part has its own processes.
        int rounds = Math.Min(comparison.Settings.Rounds, MostRounds);
        string growth = ScalingReport.Write(await ScalingCommand.MeasureAsync(rounds, Math.Min(comparison.Settings.Seconds, LongestAnswer)), Path.Combine(places.ResultFolder, name), name);
        File.WriteAllText(path, $"""
            {Comparisons()}
            ## How cost grows

            {growth}

            ## Errors of a convolution

            {ConvolutionAccuracy.Text}

            {ConvolutionAccuracy.Markdown()}

            ## Time to the first result

            {StartupText.Introduction}

            {StartupText.Markdown(StartupCommand.Measure(rounds))}

            """);
        return path;
    }

    // The build writes 0.1.0+<commit> into the assembly.
    private static string Commit => typeof(Report).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: >= 10 } hash]
        ? $"commit {hash[..10]}"
        : "commit unknown";

    private string Comparisons()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {Processor.Name}\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project benchmarks/CourseLib.Benchmarks -- {command}`, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Commit}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}. {comparison.Settings.Rounds} rounds in turn, medians; how to read it: [../README.md](../README.md).\n");
        AppendVersions(text, comparison);
        text.AppendLine(CultureInfo.InvariantCulture, $"\n## Goals\n\n{new GoalSummary(comparison.Rows).Markdown()}");
        text.AppendLine("\n## What the machine can do\n\n| threads | what | rate |\n|--:|---|--:|");
        foreach ((int threads, string name, double rate, string unit) in comparison.Limits.Lines)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {threads} | {name} | {rate:0.0} {unit} |");
        }

        AppendRows(text, comparison, "");
        if (narrow is not null)
        {
            text.AppendLine("\n## AVX2 only\n");
            AppendVersions(text, narrow);
            text.AppendLine(CultureInfo.InvariantCulture, $"\n{new GoalSummary(narrow.Rows).Markdown()}");
            AppendRows(text, narrow, ", AVX2 only");
        }

        return text.ToString();
    }

    private static void AppendVersions(StringBuilder text, Comparison comparison)
    {
        foreach ((string name, string version) in comparison.Versions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {version}");
        }
    }

    private static void AppendRows(StringBuilder text, Comparison comparison, string level)
    {
        foreach (IGrouping<string, Row> group in comparison.Rows.GroupBy(row => row.Work.Split('/')[0]))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"\n## {group.Key}{level}\n\n{RowText.Markdown(group)}");
        }
    }
}
