using CourseLib.Course;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Exercises;

/// <summary>Which exercises are solved, read off executed notebooks: one learner's folder, or a folder with a folder for each student.</summary>
/// <param name="Folder">The folder, as it was named.</param>
/// <param name="Rows">Learners by name: everybody who has an exercise notebook, run or not.</param>
/// <param name="Unread">Files that are no notebooks, with the reason.</param>
internal sealed partial record ProgressTable(string Folder, IReadOnlyList<ProgressTable.Row> Rows, IReadOnlyList<string> Unread)
{
    /// <summary>One learner.</summary>
    /// <param name="Learner">The folder's name; empty for notebooks that lie in the folder itself.</param>
    /// <param name="Records">The exercises whose checks were run, by their names.</param>
    /// <param name="NotRun">The exercises whose checks stand in the notebooks, but have no output.</param>
    internal sealed record Row(string Learner, IReadOnlyDictionary<string, ExerciseRecord> Records, IReadOnlySet<string> NotRun)
    {
        /// <summary>How many are solved.</summary>
        public int Solved => Records.Values.Count(record => record.State == ExerciseState.Solved);

        /// <summary>What there is to say of the learner's notebooks; empty where all was run.</summary>
        public string Note => NotRun.Count == 0 ? "" : Records.Count == 0 ? "nothing was run" : FormattableString.Invariant($"{NotRun.Count} not run");
    }

    /// <summary>Exercises that anybody has, in the course's order; those it does not know come last.</summary>
    public IReadOnlyList<string> Ids { get; } = [.. Rows.SelectMany(row => row.Records.Keys.Concat(row.NotRun)).Distinct().OrderBy(Place).ThenBy(id => id, StringComparer.Ordinal)];

    /// <summary>How to run what was not run; empty where all was, or where this is what a run left.</summary>
    public string Advice => Rows.All(row => row.NotRun.Count == 0) ? ""
        : IsOfRun ? "not run: a cell before it ended the notebook, by its time limit or with the process; the run said which"
        : $"not run: the notebook was saved without its outputs, or stopped before; `course run {Quoted(Folder)}` runs it, then `course progress artifacts/handed-in`";

    // Where `course run` writes what was handed in, CourseFolder.HandedIn: running that again would tell nothing new.
    private bool IsOfRun => Path.GetFullPath(Folder).TrimEnd(Path.DirectorySeparatorChar).EndsWith(Path.Combine("artifacts", "handed-in"), StringComparison.Ordinal);

    /// <summary>Reads every notebook below a folder; a learner is the first folder on the way to a file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="counts">Which notebooks count, by their files' names without extension; all when not given.</param>
    /// <exception cref="NotebookException">There is no such folder, or no notebook in it.</exception>
    public static ProgressTable Read(string folder, Func<string, bool>? counts = null)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.ipynb", SearchOption.AllDirectories).Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : throw new NotebookException($"progress: there is no folder {Path.GetFullPath(folder)}");
        if (files.Length == 0)
        {
            throw new NotebookException($"progress: there are no notebooks in {Path.GetFullPath(folder)}");
        }

        List<string> unread = [];
        Dictionary<string, (Dictionary<string, ExerciseRecord> Records, HashSet<string> Asked)> found = [];
        foreach (string file in files.Where(file => counts?.Invoke(Path.GetFileNameWithoutExtension(file)) ?? true))
        {
            string learner = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) is { Length: > 1 } parts ? parts[0] : "";
            try
            {
                NotebookDocument notebook = NotebookDocument.Read(file);
                (IReadOnlyList<ExerciseRecord> read, string[] asked) = (ExerciseRecord.Read(notebook), [.. ExerciseCalls.In(notebook)]);
                if (read.Count + asked.Length == 0)
                {
                    continue;
                }

                (Dictionary<string, ExerciseRecord> records, HashSet<string> all) = found.TryGetValue(learner, out (Dictionary<string, ExerciseRecord>, HashSet<string>) have) ? have : found[learner] = ([], []);
                all.UnionWith(asked);
                foreach (ExerciseRecord record in read)
                {
                    records[record.Id] = Better(records.GetValueOrDefault(record.Id), record);
                }
            }
            catch (NotebookException e)
            {
                unread.Add(e.Message);
            }
        }

        return new(folder, [.. found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Row(pair.Key, pair.Value.Records, pair.Value.Asked.Except(pair.Value.Records.Keys).ToHashSet()))], unread);
    }

    /// <summary>What a learner's exercise is, in words: its state, "not run", or empty for one that was not handed in.</summary>
    internal static string Words(Row row, string id) => row.Records.TryGetValue(id, out ExerciseRecord? record) ? Words(record.State) : row.NotRun.Contains(id) ? "not run" : "";

    internal static string Words(ExerciseState state) => state switch
    {
        ExerciseState.Solved => "solved",
        ExerciseState.NotDone => "not done",
        ExerciseState.Wrong => "wrong",
        _ => "no answer",
    };

    /// <summary>What the signs mean.</summary>
    internal const string Legend = "✓ solved, ✗ wrong or no answer, ○ not done, – not run, · not handed in";

    /// <summary>The same as one sign.</summary>
    internal static string Sign(Row row, string id) => row.Records.GetValueOrDefault(id)?.State switch
    {
        ExerciseState.Solved => "✓",
        ExerciseState.NotDone => "○",
        null => row.NotRun.Contains(id) ? "–" : "·",
        _ => "✗",
    };

    // A notebook handed in twice counts by its better copy.
    private static ExerciseRecord Better(ExerciseRecord? one, ExerciseRecord other) => one is null || Rank(other) > Rank(one) ? other : one;

    private static int Rank(ExerciseRecord record) => record.State switch
    {
        ExerciseState.Solved => 3,
        ExerciseState.Wrong => 2,
        ExerciseState.Broken => 1,
        _ => 0,
    };

    private static int Place(string id) => Exercise.All.Index().Where(pair => pair.Item == id).Select(pair => pair.Index).DefaultIfEmpty(int.MaxValue).First();

    private static string Quoted(string folder) => folder.Contains(' ', StringComparison.Ordinal) ? $"\"{folder}\"" : folder;
}
