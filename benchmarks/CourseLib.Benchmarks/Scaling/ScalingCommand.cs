using CourseLib.Benchmarks.Running;

namespace CourseLib.Benchmarks.Scaling;

/// <summary><c>scaling</c>: how the cost of our own works grows with batch, width, image size and threads, and how near the machine's limits they are.</summary>
internal static class ScalingCommand
{
    private const int Rounds = 3;
    private const double Seconds = 0.1;

    /// <summary>Measures and writes the pictures and their text to artifacts/scaling.</summary>
    public static async Task<int> RunAsync()
    {
        string folder = Path.Combine(new Places().Root, "artifacts", "scaling");
        string text = ScalingReport.Write(await MeasureAsync(Rounds, Seconds), folder, ".");
        File.WriteAllText(Path.Combine(folder, "scaling.md"), text + "\n");
        Console.WriteLine(text);
        Console.WriteLine($"\npictures: {folder}");
        return 0;
    }

    /// <summary>Measures and draws.</summary>
    public static async Task<IReadOnlyList<ScalingChart>> MeasureAsync(int rounds, double seconds) =>
        new ScalingCharts(await ScalingRun.MeasureAsync(rounds, seconds, line => Console.Error.WriteLine($"scaling: {line}"))).All;
}
