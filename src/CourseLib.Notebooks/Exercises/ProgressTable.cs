using System.Text;
using CourseLib.Course;
using CourseLib.Notebooks.Format;

namespace CourseLib.Notebooks.Exercises;

/// <summary>Which exercises are solved, read off executed notebooks: one learner's folder, or a folder with a folder for each student.</summary>
/// <param name="Rows">Learners by name.</param>
/// <param name="Unread">Files that are no notebooks, with the reason.</param>
internal sealed record ProgressTable(IReadOnlyList<ProgressTable.Row> Rows, IReadOnlyList<string> Unread)
{
    /// <summary>One learner.</summary>
    /// <param name="Learner">The folder's name; empty for notebooks that lie in the folder itself.</param>
    /// <param name="Records">The exercises found, by their names.</param>
    internal sealed record Row(string Learner, IReadOnlyDictionary<string, ExerciseRecord> Records)
    {
        /// <summary>How many are solved.</summary>
        public int Solved => Records.Values.Count(record => record.State == ExerciseState.Solved);
    }

    /// <summary>Exercises that anybody has, in the course's order; those it does not know come last.</summary>
    public IReadOnlyList<string> Ids => [.. Exercise.All.Where(id => Rows.Any(row => row.Records.ContainsKey(id))), .. Rows.SelectMany(row => row.Records.Keys).Except(Exercise.All).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads every notebook below a folder; a learner is the first folder on the way to a file.</summary>
    /// <exception cref="NotebookException">There is no such folder, or no notebook in it.</exception>
    public static ProgressTable Read(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.ipynb", SearchOption.AllDirectories).Where(path => !path.Contains(".ipynb_checkpoints", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : throw new NotebookException($"progress: there is no folder {folder}");
        if (files.Length == 0)
        {
            throw new NotebookException($"progress: there are no notebooks in {folder}");
        }

        List<string> unread = [];
        Dictionary<string, Dictionary<string, ExerciseRecord>> found = [];
        foreach (string file in files)
        {
            string learner = Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar) is { Length: > 1 } parts ? parts[0] : "";
            try
            {
                foreach (ExerciseRecord record in ExerciseRecord.Read(NotebookDocument.Read(file)))
                {
                    Dictionary<string, ExerciseRecord> records = found.TryGetValue(learner, out Dictionary<string, ExerciseRecord>? have) ? have : found[learner] = [];
                    records[record.Id] = Better(records.GetValueOrDefault(record.Id), record);
                }
            }
            catch (NotebookException e)
            {
                unread.Add(e.Message);
            }
        }

        return new([.. found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Row(pair.Key, pair.Value))], unread);
    }

    /// <summary>The table for a terminal: a line for each learner when there are several, else a line for each exercise.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        if (Rows is [{ Learner: "" } only])
        {
            foreach (string id in Ids)
            {
                ExerciseRecord record = only.Records[id];
                text.Append($"{Sign(record),-2} {id,-28} {Words(record.State)}").AppendLine(record.Misconception.Length > 0 ? $" ({record.Misconception})" : "");
            }
        }
        else
        {
            foreach (Row row in Rows)
            {
                text.Append($"{(row.Learner.Length > 0 ? row.Learner : "."),-24} {string.Concat(Ids.Select(id => Sign(row.Records.GetValueOrDefault(id))))} ").AppendLine(FormattableString.Invariant($"{row.Solved} of {Ids.Count}"));
            }
        }

        return text.Append(FormattableString.Invariant($"{Rows.Sum(row => row.Solved)} of {Rows.Count * Ids.Count} solved")).AppendLine().ToString();
    }

    /// <summary>The table for a spreadsheet: learner, then a column for each exercise with its state.</summary>
    public string ToCsv() => string.Concat(
        Rows.Select(row => Line([row.Learner, FormattableString.Invariant($"{row.Solved}"), .. Ids.Select(id => row.Records.TryGetValue(id, out ExerciseRecord? record) ? Words(record.State) : "")])).Prepend(Line(["learner", "solved", .. Ids])));

    internal static string Words(ExerciseState state) => state switch
    {
        ExerciseState.Solved => "solved",
        ExerciseState.NotDone => "not done",
        ExerciseState.Wrong => "wrong",
        _ => "no answer",
    };

    internal static string Sign(ExerciseRecord? record) => record?.State switch
    {
        ExerciseState.Solved => "✓",
        ExerciseState.NotDone => "○",
        null => "·",
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

    // A cell that a spreadsheet would take for a formula is written as text.
    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(cell => cell.Length > 0 && "=+-@".Contains(cell[0]) ? "'" + cell : cell).Select(cell => cell.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell)) + "\n";
}
