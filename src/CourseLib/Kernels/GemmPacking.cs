using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>
/// Brings a slice of A and of B into the order in which <see cref="GemmTile"/> reads them. Of B: a panel at a time, its rows one behind the other, padded to whole
/// registers, by the block of C that uses it next. Of a transposed A: strip after strip, in each six numbers of every column, once for all blocks; one chunk is some steps along the sum.
/// </summary>
internal readonly unsafe struct GemmPacking<TLanes>(GemmProblem problem, GemmPlan plan, int slice, float* packed) : IWork where TLanes : struct, ILanes<TLanes>
{
    // The piece of a row that is copied is too short for the processor to see where the next one will be.
    private const int RowsAhead = 24;

    // Steps along the sum of a packed strip that are copied together: three cache lines. Meanwhile as many following steps are asked for.
    private const int StepsOfA = 8;

    /// <summary>Where strip <paramref name="strip"/> of A begins: its rows are the last ones of six.</summary>
    public static float* StripOfA(float* packed, int strip, int height, int k) => packed + ((nint)strip * GemmPanel.TileRows * k) + GemmPanel.TileRows - height;

    /// <inheritdoc/>
    public void Run(int chunk)
    {
        (int p, int k) = Even.Part(problem.K, plan.Slices, slice);
        (int first, int steps) = Even.Part(k, plan.PackingsOfA, chunk);
        int sixes = problem.M - ((GemmPanel.TileRows - 1) * plan.Strips); // the strips behind them have five rows
        StripsOfA(problem.A + ((p + first) * problem.DepthStrideA), problem.DepthStrideA, steps, k, plan.Strips, sixes, packed + (first * GemmPanel.TileRows));
    }

    // Six floats of each column for each strip; those for a strip of five begin with the last row of the strip before. Some steps of a strip at a time: their target is whole cache
    // lines, where step by step would come back to a line of each strip three times, and as lines 12 KB apart these all lie in one set of the first-level cache.
    // Where the columns come from memory, they come as fast as they are asked for: one after the other, as they lie there, and evenly between the copies. While an eighth of the strips
    // is copied, one of the next eight columns is asked for, for each strip as much as it has in eight.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StripsOfA(float* a, nint lda, int steps, int k, int strips, int sixes, float* target)
    {
        for (; steps > 0; steps -= StepsOfA)
        {
            int together = Math.Min(StepsOfA, steps), strip = 0;
            float* from = a, to = target;
            for (int column = 1; column <= StepsOfA; column++)
            {
                float* next = a + ((StepsOfA + column - 1) * lda);
                for (int last = strips * column / StepsOfA; strip < last; next += StepsOfA * GemmPanel.TileRows)
                {
                    LinesAhead.Ask(next, StepsOfA * GemmPanel.TileRows);
                    float* source = from;
                    for (int step = 0; step < together; step++, source += lda)
                    {
                        Vector128.Load(source).Store(to + (step * GemmPanel.TileRows));
                        *(double*)(to + (step * GemmPanel.TileRows) + 4) = *(double*)(source + 4);
                    }
                    strip++;
                    from += strip < sixes ? GemmPanel.TileRows : GemmPanel.TileRows - 1;
                    to += (nint)k * GemmPanel.TileRows;
                }
            }
            a += StepsOfA * lda;
            target += StepsOfA * GemmPanel.TileRows;
        }
    }

    /// <summary>Packs a slice of the columns of B that <paramref name="panel"/> has.</summary>
    public static void Panel(in GemmProblem problem, in GemmPlan plan, int slice, int panel, float* target)
    {
        (int p, int k) = Even.Part(problem.K, plan.Slices, slice);
        (int start, int whole) = plan.Panel(panel);
        int width = Math.Min(whole, problem.N - start);
        if (problem.TransposedB)
        {
            Transposition.Run<TLanes>(problem.B + (start * problem.LeadingB) + p, problem.LeadingB, width, k, target, whole, padded: true);
        }
        else
        {
            Copy(problem.B + (p * problem.LeadingB) + start, problem.LeadingB, width, k, target, whole);
        }
    }

    /// <summary>Row p of <paramref name="width"/> columns to target + p * stride, padded with zeros to whole registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)] // where a register has one lane it is small enough for the JIT to place it into the packing block
    public static void Copy(float* b, nint ldb, int width, int k, float* target, nint stride)
    {
        for (int p = 0; p < k; p++, b += ldb, target += stride)
        {
            int column = 0;
            LinesAhead.Ask(b + (RowsAhead * ldb), width);
            for (; column <= width - TLanes.Count; column += TLanes.Count)
            {
                TLanes.Store(TLanes.Load(b + column), target + column);
            }
            if (column < width)
            {
                TLanes.Store(TLanes.Load(b + column, width - column), target + column);
            }
        }
    }
}
