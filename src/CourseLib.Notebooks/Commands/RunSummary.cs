using CourseLib.Notebooks.Claims;
using CourseLib.Notebooks.Exercises;
using CourseLib.Notebooks.Running;

namespace CourseLib.Notebooks.Commands;

/// <summary>What a run says at its end: what went wrong and where, then the ledger in one line.</summary>
internal static class RunSummary
{
    public static void Write(TextWriter writer, IReadOnlyList<ExecutedNotebook> notebooks, ClaimAudit audit, ExerciseAudit exercises)
    {
        writer.WriteLine();
        foreach (ExecutedNotebook? notebook in notebooks.Where(notebook => notebook.Failed))
        {
            if (notebook.Problem is not null)
            {
                writer.WriteLine($"FAILED  {notebook.Name}: {notebook.Problem}");
            }
            else if (notebook.Stopped is { } cell)
            {
                string line = cell.Error?.Line is { } number ? FormattableString.Invariant($", line {number}") : "";
                string verb = cell.Status == CellStatus.Cancelled ? "STOPPED" : "FAILED ";
                string message = cell.Error is { } error ? $"{error.Name}: {error.Message}".ReplaceLineEndings("\n        ") : "";
                writer.WriteLine(FormattableString.Invariant($"{verb} {notebook.Name}, cell [{cell.Number}]{line}: {message}"));
            }

            if (notebook.Cells.Count(cell => cell.Status == CellStatus.Failed) is > 1 and var failed)
            {
                writer.WriteLine(FormattableString.Invariant($"        {failed} cells failed in all"));
            }

            if (notebook.Cells.Count(cell => cell.Status == CellStatus.NotRun) is > 0 and var left)
            {
                writer.WriteLine(FormattableString.Invariant($"        {left} {(left == 1 ? "cell was" : "cells were")} not run"));
            }
        }

        foreach (string problem in audit.Problems.Concat(exercises.Problems))
        {
            writer.WriteLine($"FAILED  {problem.ReplaceLineEndings(" ")}");
        }

        foreach (ExecutedNotebook notebook in notebooks.Where(notebook => notebook.Skipped is not null))
        {
            writer.WriteLine($"SKIPPED {notebook.Name}: {notebook.Skipped}");
        }

        foreach (ExerciseAudit.Attempt attempt in exercises.Attempts)
        {
            writer.WriteLine(FormattableString.Invariant($"{attempt.Notebook}: {attempt.Solved} of {attempt.Checks} exercises solved"));
        }

        int skipped = notebooks.Count(notebook => notebook.Skipped is not null);
        writer.WriteLine(FormattableString.Invariant($"{notebooks.Count(notebook => notebook.ReachedEnd)} of {notebooks.Count - skipped} notebooks ran to their end{(skipped == 0 ? "" : $", {skipped} skipped")}"));
        if (exercises.Attempts.Count < notebooks.Count)
        {
            writer.WriteLine(FormattableString.Invariant($"{audit.Holding} of {audit.Claims.Count} claims hold"));
        }

        if (exercises.Checks > 0)
        {
            writer.WriteLine(FormattableString.Invariant($"{exercises.Solved} of {exercises.Checks} exercises are solved by their solutions"));
        }
    }
}
