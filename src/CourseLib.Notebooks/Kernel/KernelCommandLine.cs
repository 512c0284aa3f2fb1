using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CourseLib.Notebooks.Kernel;

/// <summary>How this program starts itself as a kernel.</summary>
internal static class KernelCommandLine
{
    /// <summary>The hidden command that makes a process of this program a kernel.</summary>
    public const string Command = "kernel";

    /// <summary>The <c>dotnet</c> that runs this process, or the one that its runtime belongs to where this process has a host of its own.</summary>
    public static string DotnetHost
    {
        get
        {
            string name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            return Path.GetFileName(Environment.ProcessPath) == name
                ? Environment.ProcessPath!
                : Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        }
    }

    /// <summary>A kernel that calls back on the pipe <paramref name="pipeName"/>.</summary>
    public static ProcessStartInfo For(KernelSettings settings, string pipeName)
    {
        ProcessStartInfo start = new(DotnetHost, [typeof(KernelCommandLine).Assembly.Location, Command, pipeName])
        {
            WorkingDirectory = settings.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["COURSELIB_THREADS"] = settings.Threads.ToString(CultureInfo.InvariantCulture);
        if (settings.DataDirectory is not null)
        {
            start.Environment["COURSELIB_DATA"] = settings.DataDirectory;
        }

        if (settings.Full)
        {
            start.Environment["COURSELIB_FULL"] = "1";
        }

        return start;
    }
}
