using System.Collections;
using CourseLib.Kernels;

namespace CourseLib.Data;

/// <summary>The batches of a <see cref="Dataset"/>; every enumeration is one pass. Made by <see cref="Dataset.Batches"/>, which says who owns a batch.</summary>
public sealed class BatchSequence : IEnumerable<Batch>
{
    private readonly Dataset _data;
    private readonly int _batchSize;
    private readonly Generator? _generator;

    internal BatchSequence(Dataset data, int batchSize, Generator? generator, bool dropLast)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _data = data;
        _batchSize = batchSize;
        _generator = generator;
        Count = data.Count / batchSize + (dropLast || data.Count % batchSize == 0 ? 0 : 1);
    }

    /// <summary>The number of batches in a pass.</summary>
    public int Count { get; }

    /// <summary>Begins a pass; with a generator its order is drawn here.</summary>
    public IEnumerator<Batch> GetEnumerator()
    {
        var order = new int[_data.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        _generator?.Shuffle(order);
        return Pass(order);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerator<Batch> Pass(int[] order)
    {
        for (var i = 0; i < Count; i++)
        {
            var first = i * _batchSize;
            var last = Math.Min(first + _batchSize, order.Length);
            yield return Gather(order.AsSpan(first..last));
        }
    }

    private Batch Gather(ReadOnlySpan<int> rows) => new(Rows.Copy(_data.Inputs, rows, lend: true), Rows.Copy(_data.Targets, rows, lend: true));
}
