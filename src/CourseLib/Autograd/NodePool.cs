namespace CourseLib.Autograd;

/// <summary>Nodes that closed tapes gave back, by class and thread, ready for the next step.</summary>
internal abstract class NodePool
{
    [ThreadStatic]
    private static Dictionary<Type, NodePool>? pools;

    /// <summary>Takes a node back into the pool of its class.</summary>
    internal static void Return(Function node)
    {
        if (pools is not null && pools.TryGetValue(node.GetType(), out NodePool? pool))
        {
            pool.Push(node);
        }
    }

    private protected static void Register(Type type, NodePool pool) => (pools ??= [])[type] = pool;

    private protected abstract void Push(Function node);
}

/// <summary>The pool of one class of nodes on this thread.</summary>
internal sealed class NodePool<T> : NodePool
    where T : Function, new()
{
    [ThreadStatic]
    private static NodePool<T>? ofThread;

    private readonly Stack<T> free = new();

    /// <summary>A node that nobody uses, new or used before.</summary>
    internal static T Take()
    {
        if (ofThread is null)
        {
            ofThread = new NodePool<T>();
            Register(typeof(T), ofThread);
        }

        return ofThread.free.TryPop(out T? node) ? node : new T();
    }

    private protected override void Push(Function node) => free.Push((T)node);
}
