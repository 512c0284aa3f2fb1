using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Commands;

/// <summary>The repository as the command sees it.</summary>
/// <param name="Root">The folder that holds <c>CourseLib.sln</c> and <c>notebooks</c>.</param>
internal sealed record CourseFolder(string Root)
{
    private const string Extension = ".ipynb";

    public string Notebooks => Path.Combine(Root, "notebooks");

    /// <summary>
    /// The notebooks that need packages from the reader's own sources. They are no part of <see cref="Notebooks"/>: its NuGet.config shuts those sources out for every folder
    /// inside it, and no configuration further in can let them in again.
    /// </summary>
    public string Polyglot => Path.Combine(Root, "notebooks-polyglot");

    /// <summary>What students write in; made from <see cref="Solutions"/>.</summary>
    public string Exercises => Path.Combine(Notebooks, "exercises");

    /// <summary>The exercises with their solutions.</summary>
    public string Solutions => Path.Combine(Notebooks, "solutions");

    public string Artifacts => Path.Combine(Root, "artifacts");

    /// <summary>The course's own notebooks with their outputs, from the last runs.</summary>
    public string Executed => Path.Combine(Artifacts, "executed");

    /// <summary>Other notebooks that were run, a folder for each student.</summary>
    public string HandedIn => Path.Combine(Artifacts, "handed-in");

    public string Ledger => Path.Combine(Notebooks, "claims.json");

    /// <summary>The notebooks of the course, in order.</summary>
    public IReadOnlyList<string> Lectures => [.. Files(Notebooks, SearchOption.TopDirectoryOnly), .. Files(Polyglot, SearchOption.TopDirectoryOnly)];

    /// <summary>Every notebook of the repository, exercises included.</summary>
    public IReadOnlyList<string> All => [.. Files(Notebooks, SearchOption.AllDirectories), .. Files(Polyglot, SearchOption.AllDirectories)];

    /// <summary>Finds the repository around the current folder, or else around the command itself.</summary>
    /// <exception cref="NotebookException">There is none.</exception>
    public static CourseFolder Find()
    {
        foreach (string? start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "CourseLib.sln")) && Directory.Exists(Path.Combine(folder.FullName, "notebooks")))
                {
                    return new(folder.FullName);
                }
            }
        }

        throw new NotebookException($"no course around {Environment.CurrentDirectory}: expected a folder with CourseLib.sln and notebooks/ in it or above it");
    }

    /// <summary>
    /// The files that a user means: paths, names with or without the extension, or beginnings of names that fit one notebook
    /// (<c>05</c>). No name means all notebooks.
    /// </summary>
    /// <exception cref="NotebookException">A name fits no notebook or several, two files have the same name, or there are no notebooks.</exception>
    public IReadOnlyList<string> Resolve(IReadOnlyCollection<string> names) =>
        names.Count > 0 ? [.. names.Select(Resolve).Distinct()]
        : Lectures.Count > 0 ? All
        : throw new NotebookException($"there are no notebooks in {Notebooks}");

    /// <summary>The notebooks to run; a name may also be a folder, which means every notebook below it.</summary>
    /// <exception cref="NotebookException">As in <see cref="Resolve(IReadOnlyCollection{string})"/>, or there is no notebook in a folder.</exception>
    public IReadOnlyList<RunTarget> Targets(IReadOnlyCollection<string> names)
    {
        RunTarget[] targets = [.. (names.Count > 0 ? names.SelectMany(Targets) : Resolve([]).Select(path => RunTarget.Of(this, path))).DistinctBy(target => target.Path)];

        // Reports and pages know a notebook by its name alone: the second would silently take the place of the first.
        IGrouping<string, RunTarget>? twins = targets.GroupBy(target => target.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        return twins is null ? targets : throw new NotebookException($"two notebooks are named \"{twins.Key}\": {string.Join(", ", twins.Select(target => target.Path))}; run one at a time, or the folder above them");
    }

    private IEnumerable<RunTarget> Targets(string name)
    {
        if (!Directory.Exists(name))
        {
            return [RunTarget.Of(this, Resolve(name))];
        }

        string folder = Path.GetFullPath(name);
        string[] files = Files(folder, SearchOption.AllDirectories);
        return files.Length > 0 ? files.Select(path => RunTarget.Below(this, folder, path)) : throw new NotebookException($"there are no notebooks in {folder}");
    }

    private string Resolve(string name)
    {
        if (File.Exists(name) && name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            return Path.GetFullPath(name);
        }

        string wanted = name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? name[..^Extension.Length] : name;
        IReadOnlyList<string>[] searches = [Named(Lectures, n => n == wanted), Named(All, n => n == wanted), Named(Lectures, Begins), Named(All, Begins)];
        IReadOnlyList<string> found = searches.FirstOrDefault(search => search.Count > 0) ?? [];
        return found.Count switch
        {
            1 => found[0],
            0 => throw new NotebookException($"no notebook \"{name}\"; there are: {string.Join(", ", Lectures.Select(NotebookName.Of))}"),
            _ => throw new NotebookException($"\"{name}\" fits several notebooks: {string.Join(", ", found.Select(path => Path.GetRelativePath(Root, path)))}"),
        };

        bool Begins(string n) => wanted.Length > 0 && n.StartsWith(wanted, StringComparison.OrdinalIgnoreCase);
        static IReadOnlyList<string> Named(IReadOnlyList<string> files, Func<string, bool> fits) => [.. files.Where(path => fits(NotebookName.Of(path)))];
    }

    private static string[] Files(string folder, SearchOption depth) => !Directory.Exists(folder) ? [] :
        [.. Directory.EnumerateFiles(folder, "*" + Extension, depth).Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
