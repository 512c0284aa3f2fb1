using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// A slice of a product. C is cut into blocks, which threads take one by one; a block goes through its column panels and, in each, from tile to tile down the rows.
/// </summary>
/// <remarks>
/// <para>A panel of B stays in the second-level cache, or of a short slice in the first-level one, while the rows of A pass by, six at a time; A is what comes from further away, a
/// few lines for each tile, so many multiply-adds ahead of them that none of these waits.</para>
/// <para>B is read in place, a piece of at most four cache lines of each row; the last panel, where it ends within a register, from a packed copy, and so is a transposed B, and one whose
/// rows lie so far apart that they displace each other in the caches. A transposed A is packed where its columns lie far apart and many panels read it.</para>
/// </remarks>
internal readonly unsafe struct GemmBlocks<TLanes>(GemmProblem problem, GemmPlan plan, int slice, float* packedA) : IWork where TLanes : struct, ILanes<TLanes>
{
    // Where several narrow panels are multiplied together, strips of so many numbers of A, 192 KB of the second-level cache, pass all of them before the next ones come.
    private const int NumbersTogether = 48 << 10;

    /// <inheritdoc/>
    public void Run(int chunk) => Run(problem, plan, slice, packedA, chunk);

    /// <summary>Computes block <paramref name="block"/> of the slice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmProblem problem, in GemmPlan plan, int slice, float* packedA, int block)
    {
        (int firstPanel, int panels) = Even.Part(plan.Panels, plan.ColumnBlocks, block / plan.RowBlocks);
        int rowBlock = block % plan.RowBlocks, k = Even.Part(problem.K, plan.Slices, slice).Length;
        if (firstPanel + panels <= plan.FirstPacked)
        {
            Multiply(problem, plan, slice, packedA, null, rowBlock, firstPanel, panels);
            return;
        }
        using Scratch packedB = ScratchPool.Rent((long)k * plan.Panel(firstPanel).Width * Math.Min(panels, plan.PanelsTogether));
        Multiply(problem, plan, slice, packedA, packedB.Pointer, rowBlock, firstPanel, panels);
    }

    private static void Multiply(in GemmProblem problem, in GemmPlan plan, int slice, float* packedA, float* packedB, int rowBlock, int firstPanel, int panels)
    {
        (int firstStrip, int strips) = Even.Part(plan.Strips, plan.RowBlocks, rowBlock);
        int lastStrip = firstStrip + strips, lastPanel = firstPanel + panels, k = Even.Part(problem.K, plan.Slices, slice).Length;
        for (int first = firstPanel; first < lastPanel; first += plan.PanelsTogether)
        {
            int last = Math.Min(first + plan.PanelsTogether, lastPanel), firstPacked = Math.Max(first, plan.FirstPacked);
            for (int panel = firstPacked; panel < last; panel++)
            {
                GemmPacking<TLanes>.Panel(problem, plan, slice, panel, Packed(plan, packedB, firstPacked, panel, k));
            }
            int together = last - first == 1 ? strips : Math.Max(1, NumbersTogether / (GemmPanel.TileRows * Math.Max(1, k)));
            for (int strip = firstStrip; strip < lastStrip; strip += together)
            {
                for (int panel = first; panel < last; panel++)
                {
                    float* packed = panel < firstPacked ? null : Packed(plan, packedB, firstPacked, panel, k);
                    Multiply(problem, plan, slice, packedA, strip, Math.Min(strip + together, lastStrip), packed, panel);
                }
            }
        }
    }

    private static float* Packed(in GemmPlan plan, float* packedB, int first, int panel, int k) => packedB + ((nint)(plan.Panel(panel).Start - plan.Panel(first).Start) * k);

    // Strips of A, packed or in place, times a panel of B, packed or, where that is null, in place.
    private static void Multiply(in GemmProblem problem, in GemmPlan plan, int slice, float* packedA, int strip, int lastStrip, float* packedB, int panel)
    {
        (int p, int k) = Even.Part(problem.K, plan.Slices, slice);
        (int j, int whole) = plan.Panel(panel);
        int width = Math.Min(whole, problem.N - j);
        float* b = packedB == null ? problem.B + (p * problem.LeadingB) + j : packedB;
        nint ldb = packedB == null ? problem.LeadingB : whole;
        (nint rowStride, nint depthStride) = plan.PackA ? (1, GemmPanel.TileRows) : (problem.RowStrideA, problem.DepthStrideA);
        bool accumulate = problem.Accumulate || slice > 0;
        int together = plan.PackA ? 1 : lastStrip - strip; // packed strips do not follow each other as rows do
        for (; strip < lastStrip; strip += together)
        {
            int i = Even.Part(problem.M, plan.Strips, strip).Start;
            int height = Even.Part(problem.M, plan.Strips, strip + together).Start - i;
            float* a = plan.PackA ? GemmPacking<TLanes>.StripOfA(packedA, strip, height, k) : problem.A + (i * rowStride) + (p * depthStride);
            float* c = problem.C + (i * problem.LeadingC) + j;
            GemmPanel.Run<TLanes>(height, a, rowStride, depthStride, b, ldb, c, problem.LeadingC, k, width, accumulate);
        }
    }
}
