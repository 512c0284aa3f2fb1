using System.Collections;
using System.Runtime.CompilerServices;
using CourseLib.Tensors;

namespace CourseLib.Charts;

/// <summary>
/// The numbers of one coordinate of a chart. Arrays, lists and spans of double, float and int convert to it, and so does a collection
/// expression: <c>Chart.Line([1, 2, 3], [.. losses])</c>. NaN and infinities are gaps.
/// </summary>
[CollectionBuilder(typeof(Values), nameof(Create))]
public readonly struct Values : IReadOnlyList<double>
{
    private readonly double[]? items;

    private Values(double[] items) => this.items = items;

    /// <summary>How many numbers there are.</summary>
    public int Count => Items.Length;

    /// <summary>The number at a place.</summary>
    public double this[int index] => Items[index];

    internal double[] Items => items ?? [];

    /// <summary>A copy of the numbers.</summary>
    public static Values Create(ReadOnlySpan<double> items) => new(items.ToArray());

    /// <summary>A copy of any sequence.</summary>
    public static Values Of(IEnumerable<double> items) => new([.. items]);

    /// <summary>A copy of any sequence.</summary>
    public static Values Of(IEnumerable<float> items) => new([.. items.Select(item => (double)item)]);

    /// <summary>0, 1, … count - 1.</summary>
    public static Values Indices(int count) => Of(Enumerable.Range(0, count).Select(i => (double)i));

    /// <summary>Copies the array.</summary>
    public static implicit operator Values(double[] items) => Create(items);

    /// <summary>Copies the array.</summary>
    public static implicit operator Values(float[] items) => Of(items);

    /// <summary>Copies the array.</summary>
    public static implicit operator Values(int[] items) => Of(items.Select(item => (double)item));

    /// <summary>Copies the list.</summary>
    public static implicit operator Values(List<double> items) => Of(items);

    /// <summary>Copies the list.</summary>
    public static implicit operator Values(List<float> items) => Of(items);

    /// <summary>Copies the list.</summary>
    public static implicit operator Values(List<int> items) => Of(items.Select(item => (double)item));

    /// <summary>Copies the span.</summary>
    public static implicit operator Values(ReadOnlySpan<float> items) => Of(items.ToArray());

    /// <summary>Copies the span.</summary>
    public static implicit operator Values(Span<float> items) => Of(items.ToArray());

    /// <summary>Copies the span.</summary>
    public static implicit operator Values(ReadOnlySpan<double> items) => Create(items);

    /// <summary>Copies the elements, row by row.</summary>
    public static implicit operator Values(Tensor items) => Of(items.ToArray());

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)Items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
