using System.Runtime;
using System.Runtime.ExceptionServices;

namespace CourseLib.Course.Grading;

/// <summary>
/// Runs a learner's code on a thread of its own. A loop without end is aborted there (<see cref="ControlledExecution"/>); a wait that nothing ends is left behind.
/// A stack overflow ends the process: no code of ours can prevent that.
/// </summary>
internal static class Attempt
{
    /// <summary>The result of <paramref name="code"/>.</summary>
    /// <exception cref="EndlessException">It did not end within its limits.</exception>
    /// <exception cref="Exception">Whatever the code throws.</exception>
    public static T Run<T>(Func<T> code, Limits limits)
    {
        CancellationTokenSource abort = new();
        ExceptionDispatchInfo? failure = null;
        T result = default!;
        Thread thread = new(() =>
        {
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
