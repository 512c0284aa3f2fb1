using System.Numerics;

namespace CourseLib.Tensors;

/// <summary>The memory that the tapes of one thread lend: free buffers by size class, free storages, and the list of what is lent now.</summary>
internal sealed class Arena
{
    // Size classes are 5, 6, 7 and 8 times a power of two: at most a quarter of a buffer is unused, and equal requests meet in the same class.
    private readonly Stack<float[]>?[] buffers = new Stack<float[]>?[128];
    private readonly Stack<Storage> storages = new();
    private readonly List<ILent> lent = [];

    // The open scopes, outermost first: a number that no other scope of this arena has, and the place in the list where its loans begin.
    private readonly List<(long Number, int Mark)> scopes = [];
    private long opened;
    private volatile bool isAbandoned;

    [ThreadStatic]
    private static Arena? ofThread;

    /// <summary>The arena of this thread while a tape is open on it, else null.</summary>
    internal static Arena? Current => ofThread is { Depth: > 0, isAbandoned: false } arena ? arena : null;

    /// <summary>How many tapes are open on this thread.</summary>
    internal int Depth => scopes.Count;

    /// <summary>Opens a scope on this thread.</summary>
    /// <returns>The arena and the number to close the scope with.</returns>
    internal static (Arena Arena, long Scope) Open()
    {
        if (ofThread is not { isAbandoned: false } arena)
        {
            ofThread = arena = new Arena();
        }

        arena.scopes.Add((++arena.opened, arena.lent.Count));
        return (arena, arena.opened);
    }

    /// <summary>Takes back everything lent since a scope was opened.</summary>
    internal void Close(long scope)
    {
        int index = Depth - 1;
        while (index >= 0 && scopes[index].Number != scope)
        {
            index--;
        }

        if (index < 0 || isAbandoned)
        {
            return; // closed before: a second Dispose does nothing
        }

        if (ofThread != this)
        {
            // The other thread may be working with the pools this very moment. It gets a new arena; what was lent is left to the garbage collector.
            isAbandoned = true;
            throw new InvalidOperationException("Tape: a scope must close on the thread that opened it; do not await between the two. What it lent was not reclaimed.");
        }

        if (index != Depth - 1)
        {
            throw new InvalidOperationException($"Tape: scopes must close in the reverse order of their opening; {Depth} are open, and the one that closes was number {index + 1}.");
        }

        // Newest first: the buffers of the step's end are on top of the stacks, where the next step's end will look for them.
        int mark = scopes[index].Mark;
        for (int i = lent.Count - 1; i >= mark; i--)
        {
            lent[i].Reclaim(this);
        }

        lent.RemoveRange(mark, lent.Count - mark);
        scopes.RemoveAt(index);
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
