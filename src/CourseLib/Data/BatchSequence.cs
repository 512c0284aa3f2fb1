using System.Collections;
using CourseLib.Kernels;

namespace CourseLib.Data;

/// <summary>The batches of a <see cref="Dataset"/>; every enumeration is one pass. Made by <see cref="Dataset.Batches"/>, which says who owns a batch.</summary>
public sealed class BatchSequence : IEnumerable<Batch>
{
    private readonly Dataset data;
    private readonly int batchSize;
    private readonly Generator? generator;

    internal BatchSequence(Dataset data, int batchSize, Generator? generator, bool dropLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        this.data = data;
        this.batchSize = batchSize;
        this.generator = generator;
        Count = data.Count / batchSize + (dropLast || data.Count % batchSize == 0 ? 0 : 1);
    }

    /// <summary>The number of batches in a pass.</summary>
    public int Count { get; }

    /// <summary>Begins a pass; with a generator its order is drawn here.</summary>
    public IEnumerator<Batch> GetEnumerator()
    {
        int[] order = new int[data.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        generator?.Shuffle(order);
        return Pass(order);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerator<Batch> Pass(int[] order)
    {
        for (int i = 0; i < Count; i++)
        {
            int first = i * batchSize;
            int last = Math.Min(first + batchSize, order.Length);
            yield return Gather(order.AsSpan(first..last));
        }
    }

    private Batch Gather(ReadOnlySpan<int> rows) => new(Rows.Copy(data.Inputs, rows, lend: true), Rows.Copy(data.Targets, rows, lend: true));
}
