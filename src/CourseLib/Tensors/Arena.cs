using System.Numerics;

namespace CourseLib.Tensors;

/// <summary>The memory that the tapes of one thread lend: free buffers by size class, free storages, and the list of what is lent now.</summary>
internal sealed class Arena
{
    // Size classes are 5, 6, 7 and 8 times a power of two: at most a quarter of a buffer is unused, and equal requests meet in the same class.
    private readonly Stack<float[]>?[] buffers = new Stack<float[]>?[128];
    private readonly Stack<Storage> storages = new();
    private readonly List<ILent> lent = [];

    [ThreadStatic]
    private static Arena? ofThread;

    /// <summary>The arena of this thread while a tape is open on it, else null.</summary>
    [field: ThreadStatic]
    internal static Arena? Current { get; private set; }

    /// <summary>How many tapes are open on this thread.</summary>
    internal int Depth { get; private set; }

    /// <summary>How many objects are lent now.</summary>
    internal int LentCount => lent.Count;

    /// <summary>Opens a scope on this thread.</summary>
    /// <returns>The arena and the position in its list from which the scope's loans begin.</returns>
    internal static (Arena Arena, int Mark) Open()
    {
        Arena arena = ofThread ??= new Arena();
        Current = arena;
        arena.Depth++;
        return (arena, arena.lent.Count);
    }

    /// <summary>Takes back everything lent since <paramref name="mark"/>.</summary>
    internal void Close(int mark, int depth)
    {
        if (Depth < depth)
        {
            return; // closed before: a second Dispose does nothing
        }

        if (Depth != depth)
        {
            throw new InvalidOperationException($"Tape: scopes must close in the reverse order of their opening; {Depth} are open, and the one that closes was number {depth}.");
        }

        // Newest first: the buffers of the step's end are on top of the stacks, where the next step's end will look for them.
        for (int i = lent.Count - 1; i >= mark; i--)
        {
            lent[i].Reclaim(this);
        }

        lent.RemoveRange(mark, lent.Count - mark);
        if (--Depth == 0 && ofThread == this)
        {
            Current = null;
        }
    }

    internal void Track(ILent loan) => lent.Add(loan);

    internal Storage TakeStorage()
    {
        Storage storage = storages.TryPop(out Storage? free) ? free : new Storage();
        lent.Add(storage);
        return storage;
    }

    internal void ReturnStorage(Storage storage) => storages.Push(storage);

    internal float[] TakeBuffer(int length)
    {
        int index = SizeClass(length, out int size);
        return buffers[index] is { } free && free.TryPop(out float[]? buffer) ? buffer : Storage.NewBuffer(Math.Max(size, 64));
    }

    internal void ReturnBuffer(float[] buffer)
    {
        int index = SizeClass(buffer.Length - 16, out _);
        (buffers[index] ??= new Stack<float[]>()).Push(buffer);
    }

    private static int SizeClass(int length, out int size)
    {
        length = Math.Max(length, 64);
        int exponent = BitOperations.Log2((uint)(length - 1)) - 2;
        int quarters = ((length - 1) >> exponent) + 1;
        size = (int)Math.Min((long)quarters << exponent, Array.MaxLength - 16);
        return (exponent * 4) + (quarters - 4);
    }
}
