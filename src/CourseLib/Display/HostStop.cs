using System.Reflection;

namespace CourseLib.Display;

/// <summary>
/// The Stop button beside a running cell. .NET Interactive gives each cell a cancellation token, found here by name, with no reference to its packages.
/// (Verso keeps its token to itself, and the course's own runner ends the whole process.)
/// </summary>
internal static class HostStop
{
    private const string Host = "Microsoft.DotNet.Interactive";

    /// <summary>Cancelled by the Stop button of the cell that runs now; never cancelled where there is no such cell or button.</summary>
    internal static CancellationToken Token
    {
        get
        {
            Assembly? host = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == Host);
            object? cell = Read(host?.GetType($"{Host}.KernelInvocationContext"), "Current", null);
            return Read(cell?.GetType(), "CancellationToken", cell) is CancellationToken token ? token : CancellationToken.None;
        }
    }

    private static object? Read(Type? type, string property, object? instance)
    {
        try
        {
            return type?.GetProperty(property)?.GetValue(instance);
        }
        catch (TargetInvocationException)
        {
            // Work that a finished cell left behind: what could be stopped is gone.
            return null;
        }
    }
}
