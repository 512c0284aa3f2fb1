using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CourseLib.Display;

namespace CourseLib.Tensors;

/// <summary>The sizes of a tensor's axes, outermost first: <c>(64, 1, 28, 28)</c> is a batch of 64 grey images of 28 x 28.</summary>
/// <remarks>A value type that holds its sizes itself, so that making a shape in a training step allocates nothing. At most <see cref="MaxRank"/> axes.</remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The largest number of axes that a tensor can have.</summary>
    public const int MaxRank = 8;

    /// <summary>The largest number of elements: what an array can hold, less the room to start at an aligned one.</summary>
    internal const int MaxLength = 0x7FFF_FFC7 - 16;

    [InlineArray(MaxRank)]
    private struct Sizes
    {
        private int first;
    }

    private readonly Sizes sizes;

    // The index of the last element rather than the count, so that default(Shape) is the shape of a scalar.
    private readonly int last;

    /// <summary>Makes a shape of the given sizes; none gives the shape of a scalar, which has one element.</summary>
    /// <param name="sizes">Sizes of the axes, outermost first.</param>
    /// <exception cref="ArgumentException">More than <see cref="MaxRank"/> axes, a negative size, or more elements than an <see cref="int"/> can count.</exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaxRank)
        {
            throw new ArgumentException($"Shape: expected at most {MaxRank} axes, got {sizes.Length}.", nameof(sizes));
        }

        long length = 1;
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] < 0)
            {
                throw new ArgumentException($"Shape: the size of axis {axis} must not be negative, got {sizes[axis]}.", nameof(sizes));
            }

            this.sizes[axis] = sizes[axis];
            length = Math.Min(length * sizes[axis], (long)int.MaxValue + 1);
        }

        Rank = sizes.Length;
        if (length > MaxLength)
        {
            throw new ArgumentException($"Shape: {this} has more elements than an array can hold ({MaxLength}).", nameof(sizes));
        }

        last = (int)length - 1;
    }

    /// <summary>The number of axes; 0 for a scalar.</summary>
    public int Rank { get; }

    /// <summary>The number of elements: the product of the sizes; 1 for a scalar.</summary>
    /// <remarks>Not <c>Length</c> or <c>Count</c>: C# would take that for the number of axes in <c>[.. shape]</c>.</remarks>
    public int ElementCount => last + 1;

    /// <summary>The size of one axis; negative axes count from the end, so <c>shape[-1]</c> is the innermost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => sizes[Axis("Shape", axis)];

    /// <summary>Makes a shape of a collection expression: <c>Shape s = [64, 10];</c></summary>
    public static Shape Create(ReadOnlySpan<int> sizes) => new(sizes);

    /// <summary>Enumerates the sizes, outermost first.</summary>
    [UnscopedRef]
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => ((ReadOnlySpan<int>)sizes)[..Rank].GetEnumerator();

    /// <summary>The sizes as a span; valid while this value is.</summary>
    internal static ReadOnlySpan<int> AsSpan(in Shape shape) => ((ReadOnlySpan<int>)shape.sizes)[..shape.Rank];

    /// <summary>The sizes as a new array.</summary>
    public int[] ToArray() => AsSpan(this).ToArray();

    /// <summary>Turns an axis that may be negative into one from 0 to <see cref="Rank"/> - 1.</summary>
    /// <param name="operation">The operation that asks, named in the error.</param>
    /// <param name="axis">From -Rank to Rank - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int Axis(string operation, int axis)
    {
        int positive = axis < 0 ? axis + Rank : axis;
        return (uint)positive < (uint)Rank
            ? positive
            : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"{operation}: axis {axis} does not exist in shape {this}; {(Rank == 0 ? "a scalar has no axes" : $"expected {-Rank} to {Rank - 1}")}.");
    }

    /// <summary>The product of the sizes of axes <paramref name="from"/> (included) to <paramref name="to"/> (excluded).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the axes.</exception>
    public int Product(int from, int to)
    {
        if (from < 0 || (uint)to > (uint)Rank)
        {
            throw new ArgumentOutOfRangeException(nameof(from), $"Shape.Product: axes {from} to {to} leave shape {this}; expected 0 to {Rank}.");
        }

        int product = 1;
        for (int axis = from; axis < to; axis++)
        {
            product *= sizes[axis];
        }

        return product;
    }

    /// <summary>This shape with the size of one axis replaced.</summary>
    public Shape With(int axis, int size)
    {
        Span<int> changed = stackalloc int[Rank];
        AsSpan(this).CopyTo(changed);
        changed[Axis("Shape.With", axis)] = size;
        return new Shape(changed);
    }

    /// <summary>This shape without one axis.</summary>
    public Shape Without(int axis)
    {
        axis = Axis("Shape.Without", axis);
        Span<int> rest = stackalloc int[Rank - 1];
        AsSpan(this)[..axis].CopyTo(rest);
        AsSpan(this)[(axis + 1)..].CopyTo(rest[axis..]);
        return new Shape(rest);
    }

    /// <summary>The shape that two operands have together by NumPy's broadcasting rule: aligned at the last axis, sizes must be equal or one of them 1.</summary>
    /// <param name="operation">The operation that asks, named in the error.</param>
    /// <param name="a">Shape of the left operand.</param>
    /// <param name="b">Shape of the right operand.</param>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Shape Broadcast(string operation, in Shape a, in Shape b)
    {
        if (a == b)
        {
            return a;
        }

        int rank = Math.Max(a.Rank, b.Rank);
        Span<int> sizes = stackalloc int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int left = axis <= a.Rank ? a.sizes[a.Rank - axis] : 1;
            int right = axis <= b.Rank ? b.sizes[b.Rank - axis] : 1;
            if (left != right && left != 1 && right != 1)
            {
                throw new ArgumentException($"{operation}: shapes {a} and {b} do not broadcast: {left} against {right} at axis {-axis}; sizes must be equal, or one of them 1.");
            }

            sizes[rank - axis] = left == 1 ? right : left;
        }

        return new Shape(sizes);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other) => AsSpan(this).SequenceEqual(AsSpan(other));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int size in AsSpan(this))
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <summary>Compares two shapes size by size.</summary>
    public static bool operator ==(in Shape left, in Shape right) => left.Equals(right);

    /// <summary>Compares two shapes size by size.</summary>
    public static bool operator !=(in Shape left, in Shape right) => !left.Equals(right);

    /// <summary>The shape, for a notebook.</summary>
    public string ToHtml() => $"<code>{ToString()}</code>";

    /// <summary>The shape as a tuple, for example <c>(64, 10)</c>, <c>(3,)</c> or <c>()</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new("(");
        for (int axis = 0; axis < Rank; axis++)
        {
            text.Append(axis == 0 ? "" : ", ").Append(sizes[axis].ToString(CultureInfo.InvariantCulture));
        }

        return text.Append(Rank == 1 ? ",)" : ")").ToString();
    }
}
