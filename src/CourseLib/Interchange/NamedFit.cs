using CourseLib.Tensors;

namespace CourseLib.Interchange;

/// <summary>Compares the tensors that a file has with those that somebody needs, before anything is changed.</summary>
internal static class NamedFit
{
    private const int MostNamed = 8;

    /// <summary>Throws unless names and shapes are the same.</summary>
    /// <param name="path">The file.</param>
    /// <param name="owner">Whose tensors they are to be.</param>
    /// <param name="own">The tensors that are needed.</param>
    /// <param name="found">The tensors of the file.</param>
    /// <exception cref="InterchangeException">Something is missing, unexpected or of another shape; the message names all three.</exception>
    internal static void Require(string path, string owner, IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> found)
    {
        string[] parts =
        [
            .. List("missing", own.Where(entry => !found.ContainsKey(entry.Key)), entry => $"'{Excerpt.Of(entry.Key)}' {entry.Value.Shape}"),
            .. List("unexpected", found.Where(entry => !own.ContainsKey(entry.Key)), entry => $"'{Excerpt.Of(entry.Key)}' {entry.Value.Shape}"),
            .. List(
                "of another shape",
                own.Where(entry => found.TryGetValue(entry.Key, out Tensor value) && value.Shape != entry.Value.Shape),
                entry => $"'{Excerpt.Of(entry.Key)}' is {found[entry.Key].Shape} in the file and {entry.Value.Shape} in the {owner}"),
        ];
        if (parts.Length > 0)
        {
            throw new InterchangeException($"{path} does not fit the {owner}, which is left as it was; {string.Join("; ", parts)}.");
        }
    }

    private static string[] List(string what, IEnumerable<KeyValuePair<string, Tensor>> entries, Func<KeyValuePair<string, Tensor>, string> describe)
    {
        string[] all = [.. entries.Select(describe)];
        string rest = all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : "";
        return all.Length == 0 ? [] : [$"{what}: {string.Join(", ", all.Take(MostNamed))}{rest}"];
    }
}
