using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace CourseLib.Kernels;

/// <summary>
/// Splits work over the processors. Chunks are handed out one by one, so that a thread which another process has pushed aside does
/// not hold up the rest; helpers wait for the next job by spinning for a bounded time, because the next kernel of a training step
/// is usually a microsecond away and waking a sleeping thread costs more than most kernels.
/// The caller takes chunks from the front and helpers from the back: from kernel to kernel and from step to step a processor meets most of
/// the data again that its own cache holds, instead of fetching it from the other's.
/// </summary>
/// <remarks>
/// Which thread runs a chunk is left to chance, therefore results may depend on the chunks but never on <see cref="Count"/>: a
/// kernel splits its outputs, or reduces in fixed chunks whose partial results are combined in order.
/// </remarks>
public static unsafe class Workers
{
    private const string ThreadsVariable = "COURSELIB_THREADS";

    // How long an idle helper stays awake: some 50 microseconds of spinning, then giving up its time slice, then sleeping.
    private const int Spins = 2000;
    private const int Yields = 50;

    private static readonly Lock Gate = new(); // taken by the thread whose job runs
    private static readonly object Bed = new(); // helpers sleep on it

    private static int count = InitialCount();
    private static int helpers;
    private static int asleep;

    // The job. Written by the owner while no helper is inside, published by writing its ticket to `open`.
    private static delegate*<void*, int, void> run;
    private static void* work;
    private static int seats;
    private static ExceptionDispatchInfo? failure;

    private static long ticket;
    private static long open; // ticket of the running job, or 0
    private static int inside; // helpers that may be touching the job
    private static long left; // chunks not handed out yet: the first in the low half, the end in the high half

    [ThreadStatic]
    private static bool busy; // this thread is running a chunk: nested calls run where they are

    /// <summary>
    /// How many threads work on a job, the caller included. Initially the environment variable COURSELIB_THREADS, else the number
    /// of processors. May be set at any time; a running job is not affected.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public static int Count
    {
        get => Volatile.Read(ref count);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref count, value);
        }
    }

    /// <summary>
    /// Runs chunk 0 … <paramref name="chunks"/> - 1 and returns when all are done. Called from inside a chunk, or while another
    /// thread's job is running, it does the chunks on the calling thread. Allocates nothing once the helpers are running.
    /// </summary>
    /// <param name="chunks">Number of chunks; 0 does nothing.</param>
    /// <param name="work">What to do; all threads share one copy.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunks"/> is negative.</exception>
    /// <remarks>The first exception thrown by a chunk stops the hand-out and is rethrown here with its stack trace.</remarks>
    public static void For<TWork>(int chunks, TWork work) where TWork : struct, IWork
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunks);
        int threads = Math.Min(Count, chunks);
        if (threads <= 1 || busy || !Gate.TryEnter())
        {
            for (int chunk = 0; chunk < chunks; chunk++)
            {
                work.Run(chunk);
            }
            return;
        }

        ExceptionDispatchInfo? thrown;
        try
        {
            busy = true;
            StartHelpers(threads - 1);
            HelperPlaces.KeepOffThisProcessor();
            // The copy lives in this frame, which outlasts the job; the collector sees the references in it and never moves a frame.
            Publish(&Invoke<TWork>, Unsafe.AsPointer(ref work), chunks, threads - 1);
            TakeChunks(fromFront: true);
            thrown = Close();
        }
        finally
        {
            busy = false;
            Gate.Exit();
        }
        thrown?.Throw();
    }

    /// <summary>
    /// From now on this thread does its chunks itself. For a thread that may be aborted: helpers would go on with a job whose owner, and with it the job's memory, is gone.
    /// </summary>
    internal static void KeepToThisThread() => busy = true;

    private static void Invoke<TWork>(void* work, int chunk) where TWork : struct, IWork => Unsafe.AsRef<TWork>(work).Run(chunk);

    private static void Publish(delegate*<void*, int, void> job, void* state, int chunks, int helpersWanted)
    {
        run = job;
        work = state;
        seats = helpersWanted;
        failure = null;
        left = (long)chunks << 32;
        Interlocked.Exchange(ref open, ++ticket); // full fence: `asleep` is read after the job is visible
        if (Volatile.Read(ref asleep) > 0)
        {
            lock (Bed)
            {
                Monitor.PulseAll(Bed);
            }
        }
    }

    // A helper enters by raising `inside` and then looks whether the job is still open; the owner closes the job and then looks
    // whether anybody is inside. Both orders are kept by full fences, so that a late helper either is waited for or turns back.
    private static ExceptionDispatchInfo? Close()
    {
        Interlocked.Exchange(ref open, 0);
        // Yields early: where the processors are taken, the helper may be waiting for this very one.
        SpinWait wait = default;
        while (Volatile.Read(ref inside) != 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
        ExceptionDispatchInfo? thrown = failure;
        failure = null;
        return thrown;
    }

    private static void TakeChunks(bool fromFront)
    {
        while (TryTake(fromFront, out int chunk))
        {
            try
            {
                run(work, chunk);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                Volatile.Write(ref left, 0); // nobody needs the remaining chunks
            }
        }
    }

    private static bool TryTake(bool fromFront, out int chunk)
    {
        long found = Volatile.Read(ref left);
        while (true)
        {
            int first = (int)found, end = (int)(found >> 32);
            chunk = fromFront ? first : end - 1;
            if (first >= end)
            {
                return false;
            }

            long before = found;
            found = Interlocked.CompareExchange(ref left, fromFront ? before + 1 : before - (1L << 32), before);
            if (found == before)
            {
                return true;
            }
        }
    }

    private static void Help()
    {
        busy = true;
        HelperPlaces.Add();
        long seen = 0;
        while (true)
        {
            seen = WaitForJobAfter(seen);
            if (Interlocked.Increment(ref inside) <= Volatile.Read(ref seats) && Volatile.Read(ref open) != 0)
            {
                TakeChunks(fromFront: false);
            }
            Interlocked.Decrement(ref inside);
        }
    }

    private static long WaitForJobAfter(long seen)
    {
        for (int i = 0; i < Spins + Yields; i++)
        {
            if (IsNew(out long job))
            {
                return job;
            }
            if (i < Spins)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }

        lock (Bed)
        {
            Interlocked.Increment(ref asleep); // full fence: the owner sees the sleeper, or the sleeper sees the job
            long job;
            while (!IsNew(out job))
            {
                Monitor.Wait(Bed);
            }
            Interlocked.Decrement(ref asleep);
            return job;
        }

        bool IsNew(out long job)
        {
            job = Volatile.Read(ref open);
            return job != 0 && job != seen;
        }
    }

    private static void StartHelpers(int wanted)
    {
        for (; helpers < wanted; helpers++)
        {
            new Thread(Help) { IsBackground = true, Name = $"CourseLib helper {helpers + 1}" }.Start();
        }
    }

    private static int InitialCount()
    {
        string? text = Environment.GetEnvironmentVariable(ThreadsVariable);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0
            ? threads
            : Environment.ProcessorCount;
    }
}
