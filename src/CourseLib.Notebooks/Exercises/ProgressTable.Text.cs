using System.Text;

namespace CourseLib.Notebooks.Exercises;

/// <content>The table for terminals and spreadsheets.</content>
internal sealed partial record ProgressTable
{
    /// <summary>The table for a terminal: a line for each learner when there are several, else a line for each exercise.</summary>
    public string ToText()
    {
        StringBuilder text = new();
        if (Rows.Count == 0)
        {
            return text.AppendLine($"no notebook in {Folder} has exercises").ToString();
        }

        if (Rows is [{ Learner: "" } only])
        {
            foreach (string id in Ids)
            {
                string idea = only.Records.GetValueOrDefault(id)?.Misconception ?? "";
                text.Append($"{Sign(only, id),-2} {id,-28} {Words(only, id)}").AppendLine(idea.Length > 0 ? $" ({idea})" : "");
            }
        }
        else
        {
            foreach (Row row in Rows)
            {
                AppendLearner(text, row);
            }

            text.AppendLine($"in the order {string.Join(", ", Ids)}; {Legend}");
        }

        text.Append(FormattableString.Invariant($"{Rows.Sum(row => row.Solved)} of {Rows.Count * Ids.Count} solved")).AppendLine();
        return (Advice.Length > 0 ? text.AppendLine(Advice) : text).ToString();
    }

    /// <summary>The table for a spreadsheet: learner, what is solved, what there is to say, the wrong ideas, then a column for each exercise with its state.</summary>
    public string ToCsv() => string.Concat(Rows.Select(row => Line(
        [
            row.Learner, FormattableString.Invariant($"{row.Solved}"), row.Note.Length > 0 && !IsOfRun ? $"{row.Note}: course run {Quoted(Folder)}" : row.Note,
            string.Join("; ", Misconceptions(row)), .. Ids.Select(id => Words(row, id)),
        ])).Prepend(Line(["learner", "solved", "note", "misconceptions", .. Ids])));

    /// <summary>A learner's wrong ideas with their exercises, in the course's order.</summary>
    internal IEnumerable<string> Misconceptions(Row row) => Ids.Select(id => row.Records.GetValueOrDefault(id)).OfType<ExerciseRecord>().Where(record => record.Misconception.Length > 0).Select(record => $"{record.Id}: {record.Misconception}");

    private void AppendLearner(StringBuilder text, Row row)
    {
        text.Append($"{(row.Learner.Length > 0 ? row.Learner : "."),-24} {string.Concat(Ids.Select(id => Sign(row, id)))} ").Append(FormattableString.Invariant($"{row.Solved} of {Ids.Count}"));
        text.AppendLine(row.Note.Length > 0 ? $"  {row.Note}" : "");
        foreach (string idea in Misconceptions(row))
        {
            text.AppendLine($"    ✗ {idea}");
        }
    }

    // A cell that a spreadsheet would take for a formula is written as text.
    private static string Line(IEnumerable<string> cells) => string.Join(',', cells.Select(cell => cell.Length > 0 && "=+-@".Contains(cell[0]) ? "'" + cell : cell).Select(cell => cell.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell)) + "\n";
}
