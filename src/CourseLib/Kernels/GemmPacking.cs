using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>
/// Brings a slice of A and of B into the order in which <see cref="GemmTile"/> reads them. Of B: panel after panel, in each the rows one behind the other, padded to whole
/// registers. Of a transposed A: strip after strip, in each six numbers of every column. One chunk is one panel or some strips. A is packed once for all columns of C,
/// B for all rows of its own, so that an element is copied once and used in every row or column.
/// </summary>
internal readonly unsafe struct GemmPacking<TLanes>(GemmProblem problem, GemmPlan plan, GemmPhase phase, float* packed) : IWork where TLanes : struct, ILanes<TLanes>
{
    // The piece of a row that is copied is too short for the processor to see where the next one will be.
    private const int RowsAhead = 24;

    /// <summary>Where the panel of B that starts in column <paramref name="start"/> begins in what all blocks of the phase share, in a slice of length <paramref name="k"/>.</summary>
    public static float* PanelOfB(in GemmPlan plan, GemmPhase phase, float* packed, int start, int k) =>
        packed + plan.LengthOfA + ((nint)(start - plan.Panel(plan.PackedPanels(phase).First).Start) * k);

    /// <summary>Where strip <paramref name="strip"/> of A begins: its rows are the last ones of six.</summary>
    public static float* StripOfA(float* packed, int strip, int height, int k) => packed + ((nint)strip * GemmPanel.TileRows * k) + GemmPanel.TileRows - height;

    /// <inheritdoc/>
    public void Run(int chunk)
    {
        (int p, int k) = Even.Part(problem.K, plan.Slices, phase.Slice);
        int packingsOfA = phase.Column == 0 ? plan.PackingsOfA : 0;
        if (chunk < packingsOfA)
        {
            (int first, int strips) = Even.Part(plan.Strips, plan.PackingsOfA, chunk);
            int sixes = problem.M - ((GemmPanel.TileRows - 1) * plan.Strips); // the strips behind them have five rows
            (int i, int rows) = Even.Part(problem.M, plan.Strips, first);
            float* a = problem.A + (p * problem.DepthStrideA) + i + rows - GemmPanel.TileRows;
            StripsOfA(a, problem.DepthStrideA, k, strips, sixes - first, packed + ((nint)first * GemmPanel.TileRows * k));
            return;
        }

        int panel = plan.PackedPanels(phase).First + chunk - packingsOfA;
        Panel(problem, plan, panel, p, k, PanelOfB(plan, phase, packed, plan.Panel(panel).Start, k));
    }

    // Six floats of each column for each strip; those for a strip of five begin with the last row of the strip before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StripsOfA(float* a, nint lda, int k, int strips, int sixes, float* target)
    {
        for (int p = 0; p < k; p++, a += lda, target += GemmPanel.TileRows)
        {
            float* from = a, to = target;
            LinesAhead.Ask(a + (RowsAhead * lda), strips * GemmPanel.TileRows);
            for (int strip = 1; strip <= strips; strip++)
            {
                Vector128.Load(from).Store(to);
                *(double*)(to + 4) = *(double*)(from + 4);
                from += strip < sixes ? GemmPanel.TileRows : GemmPanel.TileRows - 1;
                to += (nint)k * GemmPanel.TileRows;
            }
        }
    }

    /// <summary>Packs rows <paramref name="p"/> … of B, <paramref name="k"/> of them, in the columns of <paramref name="panel"/>.</summary>
    public static void Panel(in GemmProblem problem, in GemmPlan plan, int panel, int p, int k, float* target)
    {
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
