using System.Globalization;

namespace CourseLib.Tests.Shared;

/// <summary>
/// Gives mutated files to a reader: each is read, or refused with the reader's own exception, within an amount of memory. 2,000 files; the environment
/// variable COURSELIB_MUTATIONS asks for another number, as .ci/run does.
/// </summary>
internal static class MutationRun
{
    /// <summary>Longer than any file can take: a case that does is an endless loop, and is named instead of holding the run for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    internal static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("COURSELIB_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 2000;

    /// <summary>Runs the cases on all processors.</summary>
    /// <typeparam name="TRefusal">The exception that the reader documents.</typeparam>
    /// <param name="mutator">Makes the files.</param>
    /// <param name="read">Reads one, and looks at what it got.</param>
    /// <param name="mostBytes">What one case may allocate.</param>
    internal static void Run<TRefusal>(Mutator mutator, Action<byte[]> read, long mostBytes)
        where TRefusal : Exception
    {
        int next = -1;
        int refused = 0;
        int[] current = new int[Environment.ProcessorCount];
        void Work(int worker)
        {
            for (int number = Interlocked.Increment(ref next); number < Count; number = Interlocked.Increment(ref next))
            {
                Volatile.Write(ref current[worker], number);
                byte[] file = mutator.Make(number);
                long before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    read(file);
                }
                catch (TRefusal)
                {
                    Interlocked.Increment(ref refused);
                }
                catch (Exception error)
                {
                    throw new InvalidOperationException($"mutated file {number}: {error.GetType().Name}: {error.Message}", error);
                }

                long taken = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(taken <= mostBytes, FormattableString.Invariant($"mutated file {number} of {file.Length} bytes took {taken} bytes of memory, more than {mostBytes}"));
            }
        }

        Task[] workers = [.. current.Select((_, worker) => Task.Factory.StartNew(() => Work(worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        for (int[] before = [.. current]; !Task.WaitAll(workers, Patience); before = [.. current])
        {
            // A worker that has ended stays at its last case, too.
            int stuck = Array.FindIndex(workers, worker => !worker.IsCompleted);
            Assert.True(stuck < 0 || before[stuck] != current[stuck], $"mutated file {current[Math.Max(stuck, 0)]} holds its reader for ever");
        }

        // Both happen, or the files are damaged too little or too much to test anything.
        Assert.InRange(refused, Count / 4, Count - (Count / 1000));
    }
}
