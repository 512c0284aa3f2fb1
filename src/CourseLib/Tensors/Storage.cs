using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CourseLib.Tensors;

/// <summary>What a <see cref="Tensor"/> handle points to: the numbers and, in the graph half (Autograd/Storage.Graph.cs), their gradient and the operation that made them.</summary>
/// <remarks>
/// A storage made inside a <see cref="Tape"/> is lent: when the tape closes, <see cref="Generation"/> goes up and the object serves another tensor.
/// Handles carry the generation that they were made with, so an old handle is found out at its next use, for the price of one comparison.
/// </remarks>
internal sealed partial class Storage : ILent
{
    /// <summary>Buffers of at least this many floats are pinned and start at a multiple of 64 bytes, a cache line and a 512-bit vector.</summary>
    private const int AlignFrom = 64;

    private const int Alignment = 64;

    private float[] array = [];
    private int offset;
    private Storage? owner;
    private int ownerGeneration;

    /// <summary>Counts how often this object was reclaimed.</summary>
    internal int Generation { get; private set; }

    /// <summary>How deep in the nest of open tapes the one is that lends this storage, the outermost being 1; 0 for an ordinary object.</summary>
    internal int LentAt { get; private set; }

    /// <summary>True while a tape lends this storage.</summary>
    internal bool IsLent => LentAt > 0;

    internal Shape Shape { get; private set; }

    internal string? Name { get; set; }

    /// <summary>True when the buffer belongs to another storage (a reshaped or detached view) that was reclaimed meanwhile.</summary>
    internal bool IsOrphaned => owner is not null && owner.Generation != ownerGeneration;

    internal Span<float> Span => MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), offset), Shape.ElementCount);

    /// <summary>Gives a storage of uninitialised numbers: lent by the tape that is open on this thread, if one is, else an ordinary object.</summary>
    internal static Storage Allocate(in Shape shape)
    {
        if (StopRequest.IsAny)
        {
            StopRequest.Obey();
        }

        return Arena.Current is { } arena ? Lend(arena, shape) : AllocateOrdinary(shape);
    }

    /// <summary>Gives a storage that no tape reclaims, such as the gradient of a parameter.</summary>
    internal static Storage AllocateOrdinary(in Shape shape)
    {
        Storage storage = new() { Shape = shape };
        storage.TakeBuffer(NewBuffer(shape.ElementCount));
        return storage;
    }

    /// <summary>Gives a storage of another shape over the same numbers.</summary>
    internal static Storage View(Storage of, in Shape shape)
    {
        Storage view = Arena.Current is { } arena ? arena.TakeStorage() : new Storage();
        view.Shape = shape;
        view.array = of.array;
        view.offset = of.offset;
        view.owner = of.owner ?? of;
        view.ownerGeneration = view.owner.Generation;
        view.LentAt = Arena.Current?.Depth ?? 0;
        return view;
    }

    void ILent.Reclaim(Arena arena)
    {
        Generation++;
        if (owner is null)
        {
            arena.ReturnBuffer(array);
        }

        owner = null;
        array = [];
        Name = null;
        LentAt = 0;
        ReclaimGraph();
        arena.ReturnStorage(this);
    }

    /// <summary>A new buffer with room to start at an aligned element.</summary>
    internal static float[] NewBuffer(int length) => length < AlignFrom
        ? new float[length]
        : GC.AllocateUninitializedArray<float>(length + (Alignment / sizeof(float)), pinned: true);

    private static Storage Lend(Arena arena, in Shape shape)
    {
        // The buffer first: where there is no memory for it, nothing half made is left to be reclaimed.
        float[] buffer = arena.TakeBuffer(shape.ElementCount);
        Storage storage = arena.TakeStorage();
        storage.Shape = shape;
        storage.LentAt = arena.Depth;
        storage.TakeBuffer(buffer);
        return storage;
    }

    private unsafe void TakeBuffer(float[] buffer)
    {
        array = buffer;
        offset = 0;
        if (buffer.Length >= AlignFrom + (Alignment / sizeof(float)))
        {
            // Such buffers are pinned (NewBuffer), so the address stays what it is.
            nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer));
            nuint past = address % Alignment;
            offset = past == 0 ? 0 : (int)((Alignment - past) / sizeof(float));
        }
    }

    partial void ReclaimGraph();
}
