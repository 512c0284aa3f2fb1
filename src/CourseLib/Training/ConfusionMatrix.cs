using System.Globalization;
using CourseLib.Display;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>
/// Counts of examples by true class (row) and predicted class (column) (матрица ошибок), and what is read from them class by class. Shows itself as a table.
/// </summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class ConfusionMatrix
{
    private readonly string[] names;

    /// <param name="counts">[C, C]: row the true class, column the predicted one.</param>
    /// <param name="names">What the classes are called; their indices when null.</param>
    /// <exception cref="ArgumentException">The counts are not square, or there are not as many names as classes.</exception>
    public ConfusionMatrix(Tensor counts, IReadOnlyList<string>? names = null)
    {
        if (counts.Rank != 2 || counts.Shape[0] != counts.Shape[1])
        {
            throw new ArgumentException($"ConfusionMatrix: expected counts (classes, classes), got {counts.Shape}.", nameof(counts));
        }

        if (names is not null && names.Count != counts.Shape[0])
        {
            throw new ArgumentException(FormattableString.Invariant($"ConfusionMatrix: expected a name for each of {counts.Shape[0]} classes, got {names.Count}."), nameof(names));
        }

        Counts = counts;
        this.names = [.. names ?? [.. Enumerable.Range(0, counts.Shape[0]).Select(c => c.ToString(CultureInfo.InvariantCulture))]];
    }

    /// <summary>The counts [C, C].</summary>
    public Tensor Counts { get; }

    /// <summary>C.</summary>
    public int Classes => Counts.Shape[0];

    /// <summary>The examples counted.</summary>
    public int Total => (int)Sum(Enumerable.Range(0, Classes), Enumerable.Range(0, Classes));

    /// <summary>How many of a true class were taken for a class.</summary>
    public int this[int trueClass, int predicted] => (int)Counts[trueClass, predicted];

    /// <summary>The share on the diagonal.</summary>
    public float Accuracy => (float)(Enumerable.Range(0, Classes).Sum(c => (double)Counts[c, c]) / Total);

    /// <summary>Of those taken for the class, the share that are of it (точность): TP / (TP + FP). NaN where none was.</summary>
    public float Precision(int c) => (float)(Counts[c, c] / Sum(Enumerable.Range(0, Classes), [c]));

    /// <summary>Of those of the class, the share that was found (полнота): TP / (TP + FN). NaN where there is none.</summary>
    public float Recall(int c) => (float)(Counts[c, c] / Sum([c], Enumerable.Range(0, Classes)));

    /// <summary>The harmonic mean of both, 2 TP / (2 TP + FP + FN). NaN for a class that is neither there nor predicted.</summary>
    public float F1(int c) => (float)(2 * Counts[c, c] / (Sum([c], Enumerable.Range(0, Classes)) + Sum(Enumerable.Range(0, Classes), [c])));

    /// <summary>The mean of F1 over the classes that are there or predicted: rare classes weigh as much as common ones.</summary>
    public float MacroF1 => Enumerable.Range(0, Classes).Select(F1).Where(value => !float.IsNaN(value)).DefaultIfEmpty(float.NaN).Average();

    /// <summary>The counts as a tensor, for charts.</summary>
    public static implicit operator Tensor(ConfusionMatrix matrix) => matrix.Counts;

    /// <summary>The counts in row-major order.</summary>
    public float[] ToArray() => Counts.ToArray();

    /// <inheritdoc/>
    public override string ToString()
    {
        string[][] lines = [[.. Columns.Select(column => column.Title)], .. Rows.Select(row => row.ToArray())];
        int[] widths = [.. Columns.Select((_, i) => lines.Max(line => line[i].Length))];
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, i) => cell.PadLeft(widths[i])))).Append(Summary));
    }

    /// <summary>The table with recalls on the right, for a notebook.</summary>
    public string ToHtml() => HtmlTable.Of(
        Columns,
        Rows,
        ["precision", .. Enumerable.Range(0, Classes).Select(c => Readable.Number(Precision(c), 3)), Readable.Number(Accuracy, 3)],
        $"rows: true class, columns: predicted; {Summary}");

    private (string Title, bool IsNumber)[] Columns => [("true \\ predicted", false), .. names.Select(name => (name, true)), ("recall", true)];

    private IEnumerable<IEnumerable<string>> Rows => Enumerable.Range(0, Classes).Select(row =>
        Enumerable.Range(0, Classes).Select(column => this[row, column].ToString(CultureInfo.InvariantCulture)).Prepend(names[row]).Append(Readable.Number(Recall(row), 3)));

    private string Summary => $"accuracy {Readable.Number(Accuracy)} on {Readable.Number(Total)} examples";

    private double Sum(IEnumerable<int> rows, IEnumerable<int> columns)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            foreach (int column in columns)
            {
                sum += Counts[row, column];
            }
        }

        return sum;
    }
}
