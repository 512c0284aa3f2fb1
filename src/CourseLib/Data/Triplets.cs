using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Data;

/// <summary>
/// Draws triplets for metric tasks (lecture init, "Задачи и функции потерь"): an anchor, another item of its class, and an item of another class, each by its row in the data.
/// </summary>
/// <remarks>The anchor's class is drawn first, then the negative's among the others, all evenly, so that rare classes take part as often as common ones; the positive may be the anchor itself.</remarks>
/// <example><code>
/// int[] rows = new Triplets(train.Targets).Draw(64, generator);
/// Tensor points = net.Forward(images.SelectRows(rows));   // 64 anchors, 64 positives, 64 negatives
/// </code></example>
public sealed class Triplets
{
    private readonly int[][] rowsOf;

    /// <summary>Sorts the rows by class.</summary>
    /// <param name="labels">Class indices [N].</param>
    /// <exception cref="ArgumentException">The labels are no vector, or there are not two classes.</exception>
    public Triplets(Tensor labels)
    {
        if (labels.Rank != 1)
        {
            throw new ArgumentException($"Triplets: expected class indices (N,), got {labels.Shape}.", nameof(labels));
        }

        rowsOf = [.. labels.ToArray().Select((label, row) => (label, row)).GroupBy(item => item.label, item => item.row).OrderBy(rows => rows.Key).Select(rows => rows.ToArray())];
        if (rowsOf.Length < 2)
        {
            throw new ArgumentException($"Triplets: expected items of at least two classes, got {rowsOf.Length}; a negative needs another class.", nameof(labels));
        }
    }

    /// <summary>The number of classes that have items.</summary>
    public int Classes => rowsOf.Length;

    /// <summary>Draws a batch.</summary>
    /// <param name="count">n, the number of triplets.</param>
    /// <param name="generator">Source of randomness; <see cref="Generator.Default"/> when null.</param>
    /// <returns>3n rows: n anchors, then their positives, then their negatives.</returns>
    public int[] Draw(int count, Generator? generator = null)
    {
        Requires.AtLeast("Triplets.Draw", nameof(count), count, 1);
        generator ??= Generator.Default;
        int[] rows = new int[3 * count];
        for (int i = 0; i < count; i++)
        {
            int own = generator.NextInt(Classes);
            int other = (own + 1 + generator.NextInt(Classes - 1)) % Classes;
            rows[i] = One(own, generator);
            rows[count + i] = One(own, generator);
            rows[(2 * count) + i] = One(other, generator);
        }

        return rows;
    }

    private int One(int label, Generator generator) => rowsOf[label][generator.NextInt(rowsOf[label].Length)];
}
