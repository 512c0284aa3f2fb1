using System.Text.RegularExpressions;

namespace CourseLib.Benchmarks.Startup;

/// <summary>A method that the just-in-time compiler made code of.</summary>
/// <param name="Type">Its type with namespace and type arguments, as the runtime writes it.</param>
/// <param name="Name">Its name, with the types that a generic method was compiled for where they are known.</param>
/// <param name="Milliseconds">How long that took, methods compiled meanwhile left out.</param>
/// <param name="IsAgain">Whether a quick version is in use and this is the better one, made in the background while the program goes on.</param>
internal sealed partial record CompiledMethod(string Type, string Name, double Milliseconds, bool IsAgain)
{
    /// <summary>Whether it belongs to the library's kernels.</summary>
    public bool IsKernel => Type.StartsWith("CourseLib.Kernels", StringComparison.Ordinal);

    /// <summary>The method with what it was compiled for, namespaces left out: <c>GemmTile.Run&lt;Lanes16, Count6, Count4&gt;</c>.</summary>
    public string Instance => $"{NameSpaces().Replace(Type, "")}.{Name}";

    /// <summary>The type without its type arguments and inner types, by which kernels are added up: <c>Gemm</c>, <c>Pooling</c>.</summary>
    public string Family => Type.Split('`', '+', '[', '<')[0] is var outer ? outer[(outer.LastIndexOf('.') + 1)..] : Type;

    [GeneratedRegex(@"(\w+\.)+|`\d+")]
    private static partial Regex NameSpaces();
}
