using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>The loops behind <see cref="Reductions"/>.</summary>
internal static unsafe class Reduce
{
    /// <summary>Elements that are summed in float before double takes over.</summary>
    public const int BlockLength = 1024;

    /// <summary>Elements that a thread takes at least; a whole number of blocks.</summary>
    public const int TaskLength = 8 * BlockLength;

    // Partial sums live on the stack: with more elements than this many tasks of that length, tasks are longer.
    private const int MaxTasks = 256;

    /// <summary>Sum of all elements.</summary>
    public static double Sum<TElements>(TElements elements, int length) where TElements : struct, IElements
    {
        if (length <= 2 * TaskLength)
        {
            return Range(elements, 0, length);
        }

        (int tasks, nint taskLength) = Tasks(length);
        double* partial = stackalloc double[tasks];
        Workers.For(tasks, new SumWork<TElements>(elements, length, taskLength, partial));
        double sum = 0;
        for (int task = 0; task < tasks; task++)
        {
            sum += partial[task];
        }
        return sum;
    }

    /// <summary>Combines all elements with an operator for which order does not matter. There must be at least one.</summary>
    public static float Extreme<TOp>(float* x, int length) where TOp : struct, IBinaryOperator
    {
        if (length <= 2 * TaskLength)
        {
            return ExtremeRange<TOp>(x, length);
        }

        (int tasks, nint taskLength) = Tasks(length);
        float* partial = stackalloc float[tasks];
        Workers.For(tasks, new ExtremeWork<TOp>(x, length, taskLength, partial));
        return ExtremeRange<TOp>(partial, tasks);
    }

    private static (int Count, nint Length) Tasks(int length)
    {
        int units = Even.Parts(length, TaskLength);
        int unitsPerTask = Even.Parts(units, MaxTasks);
        return (Even.Parts(units, unitsPerTask), (nint)unitsPerTask * TaskLength);
    }

    private static double Range<TElements>(TElements elements, nint start, nint end) where TElements : struct, IElements
    {
        double sum = 0;
        for (; start < end; start += BlockLength)
        {
            nint stop = Math.Min(start + BlockLength, end);
            sum += Vector512.IsHardwareAccelerated ? Block<Lanes16, TElements>(elements, start, stop)
                : Vector256.IsHardwareAccelerated ? Block<Lanes8, TElements>(elements, start, stop)
                : Vector128.IsHardwareAccelerated ? Block<Lanes4, TElements>(elements, start, stop)
                : Block<Lanes1, TElements>(elements, start, stop);
        }
        return sum;
    }

    // Four registers of partial sums, because an addition takes about four cycles and two can start in each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Block<TLanes, TElements>(TElements elements, nint i, nint end)
        where TLanes : struct, ILanes<TLanes>
        where TElements : struct, IElements
    {
        TLanes sum0 = TLanes.Broadcast(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
        for (; i <= end - (4 * TLanes.Count); i += 4 * TLanes.Count)
        {
            sum0 += elements.At<TLanes>(i);
            sum1 += elements.At<TLanes>(i + TLanes.Count);
            sum2 += elements.At<TLanes>(i + (2 * TLanes.Count));
            sum3 += elements.At<TLanes>(i + (3 * TLanes.Count));
        }
        for (; i <= end - TLanes.Count; i += TLanes.Count)
        {
            sum0 += elements.At<TLanes>(i);
        }
        if (i < end)
        {
            int count = (int)(end - i);
            sum1 += TLanes.KeepFirst(elements.At<TLanes>(i, count), count);
        }
        return TLanes.Sum((sum0 + sum1) + (sum2 + sum3));
    }

    private static float ExtremeRange<TOp>(float* x, nint length) where TOp : struct, IBinaryOperator =>
        Vector512.IsHardwareAccelerated ? Fold<Lanes16, TOp>(x, length)
        : Vector256.IsHardwareAccelerated ? Fold<Lanes8, TOp>(x, length)
        : Vector128.IsHardwareAccelerated ? Fold<Lanes4, TOp>(x, length)
        : Fold<Lanes1, TOp>(x, length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Fold<TLanes, TOp>(float* x, nint length)
        where TLanes : struct, ILanes<TLanes>
        where TOp : struct, IBinaryOperator
    {
        TOp op = default;
        TLanes fold0 = TLanes.Broadcast(x[0]), fold1 = fold0;
        nint i = 0;
        for (; i <= length - (2 * TLanes.Count); i += 2 * TLanes.Count)
        {
            fold0 = op.Invoke(fold0, TLanes.Load(x + i));
            fold1 = op.Invoke(fold1, TLanes.Load(x + i + TLanes.Count));
        }
        for (; i < length; i += TLanes.Count)
        {
            // Lanes beyond the end repeat the first element, which changes nothing.
            int count = (int)Math.Min(length - i, TLanes.Count);
            TLanes one = TLanes.Broadcast(1);
            TLanes inside = TLanes.Equal(TLanes.KeepFirst(one, count), one);
            fold0 = op.Invoke(fold0, TLanes.Select(inside, TLanes.Load(x + i, count), TLanes.Broadcast(x[0])));
        }

        float* lanes = stackalloc float[TLanes.Count];
        TLanes.Store(op.Invoke(fold0, fold1), lanes);
        Lanes1 result = Lanes1.Load(lanes);
        for (int lane = 1; lane < TLanes.Count; lane++)
        {
            result = op.Invoke(result, Lanes1.Load(lanes + lane));
        }
        return Lanes1.Sum(result);
    }

    private readonly struct SumWork<TElements>(TElements elements, int length, nint taskLength, double* partial) : IWork
        where TElements : struct, IElements
    {
        public void Run(int chunk) =>
            partial[chunk] = Range(elements, chunk * taskLength, Math.Min((chunk + 1) * taskLength, length));
    }

    private readonly struct ExtremeWork<TOp>(float* x, int length, nint taskLength, float* partial) : IWork
        where TOp : struct, IBinaryOperator
    {
        public void Run(int chunk)
        {
            nint start = chunk * taskLength;
            partial[chunk] = ExtremeRange<TOp>(x + start, Math.Min(taskLength, length - start));
        }
    }
}
