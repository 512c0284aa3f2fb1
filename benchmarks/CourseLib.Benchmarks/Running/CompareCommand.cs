using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using CourseLib.Benchmarks.Comparing;

namespace CourseLib.Benchmarks.Running;

/// <summary><c>compare</c>: this library and every peer that the machine has, side by side.</summary>
internal static class CompareCommand
{
    private static readonly Option<bool> Quick = new("--quick") { Description = "Short samples, three rounds, no product above 512 cubed, fewer settings of PyTorch, one round for who is far behind: ends within three minutes" };
    private static readonly Option<string[]> Only = List("--only", "Works by the beginning of their names (gemm, conv/3x3, …), mlp, lenet, cnn, optimizers, functions");
    private static readonly Option<string[]> Against = List("--peers", "Peers by the beginning of their names, such as openblas,pytorch");
    private static readonly Option<string[]> Threads = List("--threads", "Numbers of threads; 1,2 when not given");
    private static readonly Option<int?> Rounds = new("--rounds") { Description = "How often everybody is asked in turn; 7, or 3 with --quick" };
    private static readonly Option<double?> Seconds = new("--seconds") { Description = "How long each answer takes samples; 0.2", CustomParser = ParseSeconds };
    private static readonly Option<string?> Level = new("--level") { Description = "avx2: holds everybody to AVX2; products on one thread against OpenBLAS when nothing else is asked for" };
    private static readonly Option<bool> Results = new("--results") { Description = "Writes benchmarks/results/<processor>.md with its charts and tables, AVX2 included: ends within twenty minutes" };
    private static readonly Option<bool> Install = new("--install") { Description = "Fetches onnxruntime-node with npm into artifacts/peers first" };

    /// <summary>Runs the command.</summary>
    public static Task<int> RunAsync(string[] arguments)
    {
        RootCommand command = new("This library and every peer that the machine has, side by side") { Quick, Only, Against, Threads, Rounds, Seconds, Level, Results, Install };
        command.SetAction(line => CompareAsync(line, arguments));
        return command.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> CompareAsync(ParseResult line, string[] arguments)
    {
        bool quick = line.GetValue(Quick), results = line.GetValue(Results);
        Settings settings;
        try
        {
            bool narrow = IsAvx2(line.GetValue(Level));
            if (narrow && results)
            {
                throw new FormatException("--results has AVX2 on its page: leave --level out");
            }

            settings = new(Words(Only, narrow ? Settings.NarrowGroups : []), Numbers(Split(line.GetValue(Threads)), narrow ? [1] : [1, 2]), line.GetValue(Rounds) ?? (quick ? 3 : 7),
                line.GetValue(Seconds) ?? 0.2, Words(Against, narrow ? Settings.NarrowPeers : []), narrow, quick, quick ? Settings.QuickLimit : results ? Settings.ResultsLimit : null);
        }
        catch (FormatException e)
        {
            Console.Error.WriteLine($"compare: {e.Message}");
            return 2;
        }

        Stopwatch clock = Stopwatch.StartNew();
        Places places = new();
        await Installer.PrepareAsync(places, line.GetValue(Install));
        Comparison comparison = new(places, settings, Progress, Show);
        Console.WriteLine(RowText.Line(RowText.Headings));
        await comparison.RunAsync();
        Summarize(comparison);
        Comparison? narrowed = results ? new(places, settings.Narrow, Progress, Show) : null;
        if (narrowed is not null)
        {
            Console.WriteLine("\nAVX2 only");
            await narrowed.RunAsync();
            Summarize(narrowed);
        }

        Report report = new(comparison, narrowed, $"compare {string.Join(' ', arguments)}".TrimEnd());
        report.WriteJson(places.Json);
        Console.WriteLine($"rows: {places.Json}");
        if (results)
        {
            Console.WriteLine($"results: {await report.WriteMarkdownAsync(places)}");
        }

        Console.WriteLine($"in {clock.Elapsed:m\\:ss} min");
        return comparison.Disagreed || narrowed is { Disagreed: true } ? 1 : 0;

        IReadOnlyList<string> Words(Option<string[]> option, IReadOnlyList<string> otherwise) => Split(line.GetValue(option)) is { Length: > 0 } words ? words : otherwise;
    }

    // A whole comparison takes a while, and its end shall not be the first that is seen of it.
    private static void Progress(string line) => Console.Error.WriteLine($"compare: {line}");

    private static void Show(IReadOnlyList<Row> rows)
    {
        foreach (Row row in rows)
        {
            ConsoleColor? colour = row.Missing is not null ? ConsoleColor.DarkGray : row.Goal is not { } goal ? null : row.Ratio >= goal ? ConsoleColor.Green : ConsoleColor.Red;
            if (colour is { } chosen)
            {
                Console.ForegroundColor = chosen;
            }

            Console.WriteLine(RowText.Line(RowText.Cells(row)));
            Console.ResetColor();
        }
    }

    private static void Summarize(Comparison comparison)
    {
        GoalSummary goals = new(comparison.Rows);
        Console.WriteLine($"\n{goals}{(goals.Behind.Count > 0 ? "; not met:" : "")}");
        Show(goals.Behind);
        Console.WriteLine();
        foreach ((string name, string version) in comparison.Versions)
        {
            Console.WriteLine($"{name}: {version}");
        }

        foreach ((int threads, string name, double rate, string unit) in comparison.Limits.Lines)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}, {threads} thread(s): {rate:0.0} {unit}"));
        }
    }

    private static Option<string[]> List(string name, string description) => new(name) { Description = description, HelpName = "A,B,…" };

    private static string[] Split(string[]? values) => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static int[] Numbers(string[] words, int[] otherwise) => words.Length == 0 ? otherwise : [.. words.Select(word =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : throw new FormatException($"--threads: expected numbers from 1 on, got {word}"))];

    private static bool IsAvx2(string? level) => level is null or "" ? false : level == "avx2" ? true : throw new FormatException($"--level: expected avx2, got {level}");

    // Not by the user's culture, which may want a comma.
    private static double? ParseSeconds(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds > 0)
        {
            return seconds;
        }

        result.AddError($"--seconds: expected a number above 0 such as 0.2, got \"{result.Tokens[0].Value}\"");
        return null;
    }
}
