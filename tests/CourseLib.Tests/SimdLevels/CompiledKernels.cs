using System.Reflection;
using CourseLib.Kernels;

namespace CourseLib.Tests.SimdLevels;

/// <summary>
/// Which kernels a process has compiled for which registers, told by its own compiler: what was not compiled was not run. A kernel is a method that says it wants full optimisation and is generic in
/// its registers; none of these may be inlined, which one that is small has to say.
/// </summary>
internal static class CompiledKernels
{
    // Where the compiler lists what it compiles, one method on a line: "12: JIT compiled Name.Space.Type`1[Argument]:Method[Argument](parameters) [FullOpts, IL size=…". A process
    // that is started from there adds to the same file, and its first line can stand within another one.
    private const string ListFile = "DOTNET_JitStdOutFile", Summary = "DOTNET_JitDisasmSummary", Prefix = "JIT compiled ";

    /// <summary>Adds to the environment of a process that it is to write the list to a file.</summary>
    internal static void Listen(Dictionary<string, string?> environment, string file)
    {
        environment[ListFile] = file;
        environment[Summary] = "1";
    }

    /// <summary>The kernels that are not in the list with registers of so many bits.</summary>
    internal static string[] Missing(IEnumerable<string> list, int bits)
    {
        string lanes = FormattableString.Invariant($"{typeof(Lanes16).Namespace}.Lanes{Math.Max(1, bits / 32)}");
        HashSet<string> compiled = [.. list.SelectMany(line => line.Split(Prefix).Skip(1)).Select(entry => Name(entry, lanes)).OfType<string>()];
        return [.. All().Where(kernel => !compiled.Contains(kernel)).Order(StringComparer.Ordinal)];
    }

    // "Type:Method" of what follows the prefix, where the arguments of either contain the registers.
    private static string? Name(string entry, string lanes)
    {
        int end = entry.IndexOf('(', StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        string[] parts = entry[..end].Split(':');
        return parts.Length == 2 && parts.Any(part => part.Contains(lanes + "]", StringComparison.Ordinal) || part.Contains(lanes + ",", StringComparison.Ordinal))
            ? $"{parts[0].Split('[')[0]}:{parts[1].Split('[')[0]}"
            : null;
    }

    private static IEnumerable<string> All() =>
        from type in typeof(Lanes16).Assembly.GetTypes()
        where type.Namespace?.StartsWith(typeof(Lanes16).Namespace!, StringComparison.Ordinal) == true
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where (method.MethodImplementationFlags & MethodImplAttributes.AggressiveOptimization) != 0
            && method.GetGenericArguments().Concat(type.GetGenericArguments()).Any(argument => argument.Name == "TLanes")
        select $"{type.FullName}:{method.Name}";
}
