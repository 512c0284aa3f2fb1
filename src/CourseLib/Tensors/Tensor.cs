using System.Runtime.CompilerServices;
using CourseLib.Display;

namespace CourseLib.Tensors;

/// <summary>
/// An n-dimensional array of <see cref="float"/> in row-major order: the numbers (this half, in Tensors/) and their place in the graph of
/// operations (the other half, in Autograd/: arithmetic, <c>Backward</c>, <c>Grad</c>).
/// </summary>
/// <remarks>
/// A tensor is a handle: a reference to its storage and the generation that the storage had when the handle was made. Copying a handle
/// copies no numbers. Inside a <see cref="Tape"/> storages are lent and used again; the generation tells an old handle from a new one,
/// so reading a reclaimed tensor throws instead of showing the numbers of another.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public readonly partial struct Tensor : IEquatable<Tensor>
{
    private readonly Storage? storage;
    private readonly int generation;
    private readonly string? name;

    internal Tensor(Storage storage, string? name = null)
    {
        this.storage = storage;
        generation = storage.Generation;
        this.name = name;
    }

    /// <summary>The storage, after the check that this handle is still good.</summary>
    internal Storage Storage => storage is { } s && s.Generation == generation && !s.IsOrphaned ? s : throw Unreadable();

    /// <summary>True for <c>default(Tensor)</c>, which is no tensor at all.</summary>
    public bool IsDefault => storage is null;

    /// <summary>True when the <see cref="Tape"/> that lent this tensor has closed; every other member then throws.</summary>
    public bool IsReclaimed => storage is { } s && (s.Generation != generation || s.IsOrphaned);

    /// <summary>The sizes of the axes.</summary>
    public Shape Shape => Storage.Shape;

    /// <summary>The number of axes; 0 for a scalar.</summary>
    public int Rank => Storage.Shape.Rank;

    /// <summary>The number of elements.</summary>
    public int Length => Storage.Shape.ElementCount;

    /// <summary>What errors and printouts call this tensor: the name given with <see cref="Named"/>, else <c>tensor</c>.</summary>
    public string Name => storage is not null && !IsReclaimed ? storage.Name ?? name ?? "tensor" : name ?? "tensor";

    /// <summary>The elements in row-major order; writing to the span writes to the tensor.</summary>
    /// <remarks>Writing to the result of an operation does not tell the graph: write to inputs and parameters only.</remarks>
    public Span<float> Span => Storage.Span;

    /// <summary>The element of a tensor with one axis.</summary>
    [IndexerName("At")]
    public ref float this[int i] => ref Storage.Span[Index([i])];

    /// <summary>The element of a tensor with two axes.</summary>
    [IndexerName("At")]
    public ref float this[int i, int j] => ref Storage.Span[Index([i, j])];

    /// <summary>The element of a tensor with three axes.</summary>
    [IndexerName("At")]
    public ref float this[int i, int j, int k] => ref Storage.Span[Index([i, j, k])];

    /// <summary>The element of a tensor with four axes.</summary>
    [IndexerName("At")]
    public ref float this[int i, int j, int k, int l] => ref Storage.Span[Index([i, j, k, l])];

    /// <summary>Names the tensor for errors and printouts.</summary>
    /// <returns>The same tensor, under the name.</returns>
    public Tensor Named(string name)
    {
        Storage.Name = name;
        return new Tensor(Storage, name);
    }

    /// <summary>The only element, as a number.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Item() => Length == 1
        ? Storage.Span[0]
        : throw new InvalidOperationException($"Item: expected a tensor of one element, got shape {Shape}.");

    /// <summary>The elements in row-major order, as a new array.</summary>
    public float[] ToArray() => Storage.Span.ToArray();

    /// <summary>A copy of the numbers, apart from the graph; inside a <see cref="Tape"/> the copy is lent too.</summary>
    public Tensor Clone()
    {
        Tensor copy = Empty(Shape);
        Span.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>A copy of the numbers, apart from the graph, that outlives the <see cref="Tape"/> that is open.</summary>
    public Tensor Keep()
    {
        Storage kept = Storage.AllocateOrdinary(Shape);
        Span.CopyTo(kept.Span);
        return new Tensor(kept, Name);
    }

    /// <summary>Copies the numbers of another tensor of the same shape into this one.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void CopyFrom(Tensor source)
    {
        if (source.Shape != Shape)
        {
            throw new ArgumentException($"CopyFrom: expected a source of shape {Shape}, got {source.Shape}.", nameof(source));
        }

        source.Span.CopyTo(Span);
    }

    /// <summary>Sets every element to one value.</summary>
    public void Fill(double value) => Span.Fill((float)value);

    /// <summary>Two handles are equal when they name the same tensor; numbers are not compared.</summary>
    public bool Equals(Tensor other) => ReferenceEquals(storage, other.storage) && generation == other.generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(storage, generation);

    /// <summary>True when both handles name the same tensor.</summary>
    public static bool operator ==(Tensor left, Tensor right) => left.Equals(right);

    /// <summary>True when the handles name different tensors.</summary>
    public static bool operator !=(Tensor left, Tensor right) => !left.Equals(right);

    private int Index(ReadOnlySpan<int> indices)
    {
        Shape shape = Shape;
        if (indices.Length != shape.Rank)
        {
            throw new ArgumentException($"Tensor: {indices.Length} indices were given for shape {shape}; expected {shape.Rank}.");
        }

        int offset = 0;
        for (int axis = 0; axis < indices.Length; axis++)
        {
            if ((uint)indices[axis] >= (uint)shape[axis])
            {
                throw new ArgumentOutOfRangeException(nameof(indices), $"Tensor: index {indices[axis]} at axis {axis} is outside shape {shape}.");
            }

            offset = (offset * shape[axis]) + indices[axis];
        }

        return offset;
    }

    private Exception Unreadable() => storage is null
        ? new InvalidOperationException("Tensor: this is default(Tensor), which holds nothing; make one with Tensor.From, Tensor.Zeros and the like.")
        : new ObjectDisposedException(Name, $"Tensor '{Name}' was lent by a Tape that has closed, and its memory serves others now. Read it inside the scope, or take Keep() of it there.");
}
