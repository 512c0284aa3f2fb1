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
/// <param name="rows">The rows.</param>
/// <param name="comparison">What was seen beside them.</param>
/// <param name="settings">What was asked.</param>
/// <param name="command">The command that asked it.</param>
internal sealed class Report(IReadOnlyList<Row> rows, Comparison comparison, Settings settings, string command)
{
    private const int MostRounds = 5;
    private const double LongestAnswer = 0.1;

    /// <summary>Writes artifacts/compare.json.</summary>
    public void WriteJson(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, RowsJson.Write(rows) + "\n");
    }

    /// <summary>Writes benchmarks/results/&lt;processor&gt;.md, or …-avx2.md, and the pictures in a folder of that name.</summary>
    /// <returns>The path.</returns>
    public async Task<string> WriteMarkdownAsync(Places places)
    {
        string name = Processor.FileName + (settings.IsNarrow ? "-avx2" : "");
        string path = Path.Combine(places.ResultFolder, $"{name}.md");
        Directory.CreateDirectory(places.ResultFolder);
        string page = Comparisons();
        if (!settings.IsNarrow)
        {
            // None of it is about peers, and each has its own processes.
            int rounds = Math.Min(settings.Rounds, MostRounds);
            string growth = ScalingReport.Write(await ScalingCommand.MeasureAsync(rounds, Math.Min(settings.Seconds, LongestAnswer)), Path.Combine(places.ResultFolder, name), name);
            page += $"\n## How cost grows\n\n{growth}\n\n## Errors of a convolution\n\n{ConvolutionAccuracy.Text}\n\n{ConvolutionAccuracy.Markdown()}\n"
                + $"\n## Time to the first result\n\n{StartupText.Introduction}\n\n{StartupText.Markdown(StartupCommand.Measure(rounds))}\n";
        }

        File.WriteAllText(path, page);
        return path;
    }

    // The build writes 0.1.0+<commit> into the assembly.
    private static string Commit => typeof(Report).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, { Length: >= 10 } hash]
        ? $"commit {hash[..10]}"
        : "commit unknown";

    private string Comparisons()
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"# {Processor.Name}{(settings.IsNarrow ? ", AVX2 only" : "")}\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project benchmarks/CourseLib.Benchmarks -- {command}`, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Commit}.");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}. {settings.Rounds} rounds in turn, medians; how to read it: [../README.md](../README.md).\n");
        foreach ((string name, string version) in comparison.Versions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {name}: {version}");
        }

        text.AppendLine("\n## What the machine can do\n\n| threads | what | rate |\n|--:|---|--:|");
        foreach ((int threads, string name, double rate, string unit) in comparison.Limits.Lines)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {threads} | {name} | {rate:0.0} {unit} |");
        }

        foreach (IGrouping<string, Row> group in rows.GroupBy(row => row.Work.Split('/')[0]))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"\n## {group.Key}\n\n{RowText.Markdown(group)}");
        }

        return text.ToString();
    }
}
