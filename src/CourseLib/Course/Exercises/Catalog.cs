using System.Reflection;
using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises;

/// <summary>All exercises: every static class of a namespace below this one with a property <c>Grader</c>. A file more is an exercise more.</summary>
internal static class Catalog
{
    /// <summary>By notebook, then from easy to hard.</summary>
    public static IReadOnlyList<Grader> All { get; } =
    [
        .. typeof(Catalog).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(typeof(Catalog).Namespace + ".", StringComparison.Ordinal) == true)
            .Select(type => type.GetProperty(nameof(Grader), BindingFlags.Static | BindingFlags.Public)?.GetValue(null))
            .OfType<Grader>().OrderBy(grader => grader.Notebook, StringComparer.Ordinal).ThenBy(grader => grader.Level).ThenBy(grader => grader.Id, StringComparer.Ordinal),
    ];

    /// <summary>The exercise of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names those with the same beginning.</exception>
    public static Grader Find(string operation, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return All.FirstOrDefault(grader => grader.Id == id) ?? throw new ArgumentException($"Exercise.{operation}: there is no exercise \"{id}\"; there are {string.Join(", ", Near(id))}", nameof(id));
    }

    private static IEnumerable<string> Near(string id)
    {
        string[] family = [.. All.Select(grader => grader.Id).Where(other => other.Split('.')[0] == id.Split('.')[0])];
        return family.Length > 0 ? family : All.Select(grader => grader.Id);
    }
}
