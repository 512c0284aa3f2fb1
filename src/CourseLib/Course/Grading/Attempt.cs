using System.Runtime;
using System.Runtime.ExceptionServices;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Grading;

/// <summary>
/// Runs a learner's code on a thread of its own. A loop without end is asked to end at its next tensor; one without tensors is aborted (<see cref="ControlledExecution"/>); a wait that nothing ends is left behind.
/// The abort is the last resort: it may meet the runtime at a place where the process ends, as a stack overflow ends it. No code of ours can prevent that.
/// Kernels run on that thread alone, so that nobody else is at work for them then.
/// </summary>
internal static class Attempt
{
    /// <summary>The result of <paramref name="code"/>.</summary>
    /// <exception cref="EndlessException">It did not end within its limits.</exception>
    /// <exception cref="Exception">Whatever the code throws.</exception>
    public static T Run<T>(Func<T> code, Limits limits)
    {
        CancellationTokenSource abort = new();
        StopRequest stop = new();
        ExceptionDispatchInfo? failure = null;
        T result = default!;
        Thread thread = new(() =>
        {
            Workers.KeepToThisThread();
            stop.Attach();
            try
            {
#pragma warning disable SYSLIB0046 // An abort may leave state half-written; it is the learner's own, and the alternative is a cell that never ends.
                ControlledExecution.Run(() => result = code(), abort.Token);
#pragma warning restore SYSLIB0046
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        { IsBackground = true, Name = "exercise" };
        thread.Start();
        if (thread.Join(limits.End))
        {
            failure?.Throw();
            return result;
        }

        stop.Ask();
        if (thread.Join(limits.Notice))
        {
            throw new EndlessException(isAborted: true);
        }

        // The call returns when the thread has been aborted: for one that waits in the system, never. Nobody disposes the source under it, then.
        new Thread(abort.Cancel) { IsBackground = true, Name = "end of an exercise" }.Start();
        throw new EndlessException(thread.Join(limits.Patience));
    }
}

/// <summary>A learner's code did not end.</summary>
/// <param name="isAborted">Whether it could be stopped; otherwise its thread still waits for something.</param>
internal sealed class EndlessException(bool isAborted) : Exception
{
    /// <summary>Whether it could be stopped.</summary>
    public bool IsAborted { get; } = isAborted;
}
