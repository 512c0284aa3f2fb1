using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace CourseLib.Notebooks.Book.Assets;

/// <summary>Runs Node and npm.</summary>
internal static class ExternalProgram
{
    /// <summary>How a program ended.</summary>
    /// <param name="Succeeded">Whether it exists, ended in time and returned 0.</param>
    /// <param name="Output">What it wrote to its standard output.</param>
    /// <param name="Problem">Why it did not succeed, in one line.</param>
    public sealed record Result(bool Succeeded, string Output, string Problem);

    /// <summary>Runs <paramref name="program"/> to its end; never throws for a program that is missing or fails.</summary>
    public static Result Run(string program, IReadOnlyList<string> arguments, string folder, string? input, TimeSpan limit)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            if (!process.WaitForExit(limit))
            {
                process.Kill(entireProcessTree: true);
                return new(false, "", $"{program} did not end in time");
            }

            process.WaitForExit();
            return process.ExitCode == 0
                ? new(true, output.GetAwaiter().GetResult(), "")
                : new(false, "", FirstLine(errors.GetAwaiter().GetResult()) ?? FormattableString.Invariant($"{program} returned {process.ExitCode}"));
        }
        catch (Win32Exception)
        {
            return new(false, "", $"{program} is not installed");
        }
        catch (IOException e)
        {
            return new(false, "", $"{program}: {e.Message}");
        }
    }

    private static string? FirstLine(string text) => text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase));
}
