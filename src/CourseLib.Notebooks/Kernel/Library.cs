using System.Reflection;

namespace CourseLib.Notebooks.Kernel;

/// <summary>The build of CourseLib that the command carries: what <c>#r "nuget: CourseLib, …"</c> means without a host.</summary>
internal static class Library
{
    public const string Id = "CourseLib";

    private static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The assemblies that a restored package would bring: CourseLib and, transitively, its dependencies.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = Closure(Assembly.Load(Id));

    /// <summary>The version without the commit that the build appends.</summary>
    public static string Version { get; } =
        Assemblies[0].GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>The assemblies of the framework that every cell sees; those of the command itself must not be among them.</summary>
    public static IEnumerable<string> FrameworkPaths => ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(path => Path.GetDirectoryName(path) == Framework)
        .Where(path => !Path.GetFileName(path).StartsWith("System.Private.", StringComparison.Ordinal));

    private static List<Assembly> Closure(Assembly root)
    {
        List<Assembly> found = new() { root };
        for (int i = 0; i < found.Count; i++)
        {
            foreach (AssemblyName name in found[i].GetReferencedAssemblies())
            {
                Assembly assembly = Assembly.Load(name);
                if (Path.GetDirectoryName(assembly.Location) != Framework && !found.Contains(assembly))
                {
                    found.Add(assembly);
                }
            }
        }

        return found;
    }
}
