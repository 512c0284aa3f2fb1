namespace CourseLib.Tensors;

/// <summary>
/// Asks a thread to end at its next new tensor. A learner's loop without end calls tensors all the time; there it ends in an orderly way, with no kernel half done, where an abort could end the process.
/// </summary>
internal sealed class StopRequest
{
    private static bool isAny; // stays true once a thread was asked: until then a tensor pays for one read

    [ThreadStatic]
    private static StopRequest? current;

    private volatile bool isAsked;

    /// <summary>Whether any thread was ever asked.</summary>
    internal static bool IsAny => Volatile.Read(ref isAny);

    /// <summary>Makes this the request that the calling thread listens to.</summary>
    internal void Attach() => current = this;

    /// <summary>Asks the thread to end.</summary>
    internal void Ask()
    {
        isAsked = true;
        Volatile.Write(ref isAny, true);
    }

    /// <summary>Ends what the calling thread does, if it was asked to.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    internal static void Obey()
    {
        if (current?.isAsked == true)
        {
            throw new OperationCanceledException("asked to end");
        }
    }
}
