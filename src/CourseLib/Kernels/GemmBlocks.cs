using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// One phase of a product. Its part of C is cut into blocks, which threads take one by one; a block goes through its strips of rows and, in each, through the column panels of B.
/// </summary>
/// <remarks>
/// <para>A strip of A, six rows by a slice, stays in the first-level cache while the panels of the block pass by; the panels of the block stay in the second-level
/// cache from strip to strip; A is what comes from further away, and only once for each block of columns (Goto and van de Geijn, Anatomy of High-Performance Matrix
/// Multiplication, with A and B in exchanged parts). Blocks of the same columns follow each other: two threads begin at both ends, each with columns of its own.</para>
/// <para>B is read in place where its rows lie close together and few rows of C use it; else from a packed copy, where it lies in the order of its use, made once for all
/// blocks or, of a small transposed B, by each. A transposed A is packed where its columns lie far apart.</para>
/// </remarks>
internal readonly unsafe struct GemmBlocks<TLanes>(GemmProblem problem, GemmPlan plan, GemmPhase phase, float* packed) : IWork where TLanes : struct, ILanes<TLanes>
{
    // Up to that depth a panel of B (32 KB with AVX-512) stays in the first-level cache.
    private const int ShallowDepth = 128;

    /// <inheritdoc/>
    public void Run(int chunk) => Run(problem, plan, phase, packed, chunk);

    /// <summary>Computes block <paramref name="block"/> of the phase.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmProblem problem, in GemmPlan plan, GemmPhase phase, float* packed, int block)
    {
        int k = Even.Part(problem.K, plan.Slices, phase.Slice).Length;
        (int firstStrip, int strips) = Even.Part(plan.Strips, plan.RowBlocks, block % plan.RowBlocks);
        (int firstPanel, int panels) = Even.Part(plan.Panels, plan.ColumnBlocks, phase.Column + (block / plan.RowBlocks));
        if (plan.SharesB || firstPanel + panels <= plan.FirstPacked)
        {
            Multiply(problem, plan, phase, packed, null, firstPanel, panels, firstStrip, strips);
            return;
        }
        using Scratch own = ScratchPool.Rent((long)k * plan.Panel(firstPanel).Width);
        Multiply(problem, plan, phase, packed, own.Pointer, firstPanel, panels, firstStrip, strips);
    }

    private static void Multiply(
        in GemmProblem problem, in GemmPlan plan, GemmPhase phase, float* packed, float* own, int firstPanel, int panels, int firstStrip, int strips)
    {
        (int p, int k) = Even.Part(problem.K, plan.Slices, phase.Slice);
        (nint rowStride, nint depthStride) = plan.PackA ? (1, GemmPanel.TileRows) : (problem.RowStrideA, problem.DepthStrideA);
        // A panel that stays in the first-level cache, or is packed just now, goes through all strips; else a strip stays there and goes through all panels.
        int together = !plan.PackA && (own != null || panels == 1 || k <= ShallowDepth) ? strips : 1;
        for (int strip = firstStrip; strip < firstStrip + strips; strip += together)
        {
            int i = Even.Part(problem.M, plan.Strips, strip).Start;
            int height = Even.Part(problem.M, plan.Strips, strip + together).Start - i;
            float* a = plan.PackA ? GemmPacking<TLanes>.StripOfA(packed, strip, height, k) : problem.A + (i * rowStride) + (p * depthStride);
            for (int panel = firstPanel; panel < firstPanel + panels; panel++)
            {
                LinesAhead next = strip + together < firstStrip + strips ? NextStrip(plan, a, rowStride, depthStride, height, k, panel - firstPanel, panels) : default;
                (int j, int whole) = plan.Panel(panel);
                float* b = problem.B + (p * problem.LeadingB) + j;
                nint ldb = problem.LeadingB;
                if (panel >= plan.FirstPacked)
                {
                    b = own != null ? own : GemmPacking<TLanes>.PanelOfB(plan, phase, packed, j, k);
                    ldb = whole;
                    if (own != null)
                    {
                        GemmPacking<TLanes>.Panel(problem, plan, panel, p, k, own);
                    }
                }

                float* c = problem.C + (i * problem.LeadingC) + j;
                GemmPanel.Run<TLanes>(
                    height, a, rowStride, depthStride, b, ldb, c, problem.LeadingC, k, Math.Min(whole, problem.N - j), problem.Accumulate || phase.Slice > 0, ref next);
            }
        }
    }

    // While this strip passes along the panels the lines of the one below it come into the first-level cache, a part of them with each panel: a strip comes from far away, and in the order of its
    // rows the processor does not see it coming.
    private static LinesAhead NextStrip(in GemmPlan plan, float* a, nint rowStride, nint depthStride, int height, int k, int part, int parts)
    {
        const int Length = LinesAhead.LineLength, Rows = GemmPanel.TileRows;
        (int first, int times) = Even.Part(k / Length, parts, part);
        return plan.PackA ? new(a + ((nint)(k + (first * Length)) * Rows), Rows, Length, times, Length * Rows)
            : depthStride == 1 ? new(a + (height * rowStride) + (first * Length), Rows, rowStride, times, Length)
            : default; // rows of a transposed A share lines, which are there already
    }
}
