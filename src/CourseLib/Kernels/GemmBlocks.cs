using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// The loops around the tile. C is cut into blocks, which threads take one by one; a block is summed in slices of k, column panel by column panel, tile by tile.
/// </summary>
/// <remarks>
/// A column panel of B (a tile wide, a slice of k deep) is read again by each tile of the block, from the first- or second-level cache.
/// It is read in place where it can be; it is packed - copied to consecutive memory, padded with zeros to whole registers - when B is transposed, at
/// the right edge, and for large products, where rows of B lie pages apart. A is read in place, or, transposed and far apart, turned round first.
/// </remarks>
internal readonly unsafe struct GemmBlocks<TLanes>(GemmProblem problem, GemmPlan plan) : IWork where TLanes : struct, ILanes<TLanes>
{
    /// <inheritdoc/>
    public void Run(int chunk) => Run(problem, plan, chunk);

    /// <summary>Computes block <paramref name="block"/> of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmProblem problem, in GemmPlan plan, int block)
    {
        (int i, int m) = Even.Part(problem.M, plan.RowBlocks, block / plan.ColumnBlocks);
        (int firstPanel, int panels) = Even.Part(plan.ColumnPanels, plan.ColumnBlocks, block % plan.ColumnBlocks);
        int registers = Even.Parts(problem.N, TLanes.Count);
        for (int slice = 0; slice < plan.Slices; slice++)
        {
            (int p, int k) = Even.Part(problem.K, plan.Slices, slice);
            bool accumulate = problem.Accumulate || slice > 0;
            float* a = problem.A + (i * problem.RowStrideA) + (p * problem.DepthStrideA);
            nint rowStride = problem.RowStrideA, depthStride = problem.DepthStrideA;
            if (plan.PackA)
            {
                float* packed = GemmScratch.OfThread.BlockA;
                Transposition.Run<TLanes>(a, depthStride, k, m, packed, k);
                a = packed;
                rowStride = k;
                depthStride = 1;
            }

            for (int panel = firstPanel; panel < firstPanel + panels; panel++)
            {
                (int j, int width) = Even.Part(registers, plan.ColumnPanels, panel);
                int wholeWidth = width * TLanes.Count;
                j *= TLanes.Count;
                width = Math.Min(wholeWidth, problem.N - j);
                nint ldb = problem.LeadingB;
                float* b = problem.B + (problem.TransposedB ? (j * ldb) + p : (p * ldb) + j);
                if (problem.TransposedB || plan.PackB || width < wholeWidth)
                {
                    float* packed = GemmScratch.OfThread.PanelB;
                    if (problem.TransposedB)
                    {
                        Transposition.Run<TLanes>(b, ldb, width, k, packed, wholeWidth, padded: true);
                    }
                    else
                    {
                        GemmPacking.Copy<TLanes>(b, ldb, width, k, packed, wholeWidth);
                    }
                    b = packed;
                    ldb = wholeWidth;
                }

                GemmPanel.Run<TLanes>(m, a, rowStride, depthStride, b, ldb, problem.C + (i * problem.LeadingC) + j, problem.LeadingC, k, width, accumulate);
            }
        }
    }
}
