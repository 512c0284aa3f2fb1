using System.ComponentModel;
using System.Diagnostics;
using CourseLib.Benchmarks.Works;

namespace CourseLib.Benchmarks.Running;

/// <summary>What peers need beside themselves: the package of ONNX Runtime, and the networks as files, which PyTorch makes.</summary>
internal static class Installer
{
    private const string Package = "onnxruntime-node@1.30.0";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Installs when asked to; makes the models when they are not there. What cannot be had is said, and its rows will be missing.</summary>
    public static async Task PrepareAsync(Places places, bool install)
    {
        Directory.CreateDirectory(places.PeerFolder);
        if (install)
        {
            // Without its scripts: they fetch libraries for graphics cards.
            await RunAsync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", places.PeerFolder, Package]);
        }

        if (install || InferenceWorks.All.Any(work => !File.Exists(Path.Combine(places.ModelFolder, $"{work.Name["infer/".Length..]}.onnx"))))
        {
            await RunAsync(places.Python, [places.TorchScript, "--export", places.ModelFolder]);
        }
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
            using CancellationTokenSource late = new(Limit);
            try
            {
                await process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }

            await output;
            if (process.ExitCode != 0)
            {
                Console.WriteLine($"{program} {arguments[0]}: {(await errors).Trim().Split('\n')[^1]}");
            }
        }
        catch (Win32Exception)
        {
            Console.WriteLine($"{program} is not installed");
        }
    }
}
