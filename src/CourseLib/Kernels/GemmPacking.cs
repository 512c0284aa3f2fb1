using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// Brings a slice of A and of B into the order in which <see cref="GemmTile"/> reads them. Of B: panel after panel, in each the rows one behind the other, padded to whole
/// registers. Of a transposed A: rows. One chunk is one panel or some rows. Both are packed once for all of C, so that an element is copied once and used in every row or column.
/// </summary>
internal readonly unsafe struct GemmPacking<TLanes>(GemmProblem problem, GemmPlan plan, int slice, float* packed) : IWork where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Where the panel of B that starts in column <paramref name="start"/> begins in what all blocks share, in a slice of length <paramref name="k"/>.</summary>
    public static float* PanelOfB(in GemmPlan plan, float* packed, int start, int k) => packed + plan.LengthOfA + ((nint)start * k);

    /// <inheritdoc/>
    public void Run(int chunk)
    {
        (int p, int k) = Even.Part(problem.K, plan.Slices, slice);
        if (chunk < plan.PackedRows)
        {
            (int i, int rows) = Even.Part(problem.M, plan.PackedRows, chunk);
            Transposition.Run<TLanes>(problem.A + i + (p * problem.DepthStrideA), problem.DepthStrideA, k, rows, packed + ((nint)i * k), k);
            return;
        }

        int panel = chunk - plan.PackedRows;
        Panel(problem, plan, panel, p, k, PanelOfB(plan, packed, plan.Panel(panel).Start, k));
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
