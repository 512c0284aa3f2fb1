using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.SimdLevels;

/// <summary>This assembly as a program in a process of its own.</summary>
internal static class Child
{
    /// <summary>Runs it and returns what it printed.</summary>
    internal static string Run(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Repository.Run(Host(), AppContext.BaseDirectory, environment, [typeof(Child).Assembly.Location, .. arguments]);

    private static string Host()
    {
        // The test host is `dotnet` itself on most systems, and testhost.exe on Windows.
        string? own = Environment.ProcessPath;
        return Path.GetFileNameWithoutExtension(own) == "dotnet" ? own! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
    }
}
