using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// The loops around the tile. C is cut into blocks, which threads take one by one; a block is summed in slices of k, column panel by column panel, tile by tile.
/// </summary>
/// <remarks>
/// A column panel of B (two registers wide, a slice of k deep) stays in the first-level cache while all rows of the block pass by it.
/// It is read in place where it can be; it is packed - copied to consecutive memory, padded with zeros to whole registers - when B is transposed, at
/// the right edge, and for large products, where rows of B lie pages apart. A is read in place, or packed for large products
/// into panels of a tile's height, in the order in which the tile reads it.
/// </remarks>
internal readonly unsafe struct GemmBlocks<TLanes>(GemmProblem problem, GemmPlan plan) : IWork where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Computes block <paramref name="chunk"/> of C.</summary>
    public void Run(int chunk)
    {
        int panels = plan.ColumnBlocks;
        (int i, int m) = Even.Part(problem.M, plan.RowBlocks, chunk / panels);
        (int j, int n) = Even.Part(plan.ColumnPanels, plan.ColumnBlocks, chunk % panels);
        int panelWidth = 2 * TLanes.Count;
        j *= panelWidth;
        n = Math.Min(n * panelWidth, problem.N - j);
        GemmScratch scratch = GemmScratch.OfThread;
        float* packedB = scratch.PanelB;
        float* packedA = plan.PackA ? scratch.BlockA : null;
        int rowPanels = Even.Parts(m, plan.TileRows);

        for (int slice = 0; slice < plan.Slices; slice++)
        {
            (int p, int k) = Even.Part(problem.K, plan.Slices, slice);
            bool accumulate = problem.Accumulate || slice > 0;
            float* a = problem.A + (i * problem.RowStrideA) + (p * problem.DepthStrideA);
            if (plan.PackA)
            {
                for (int panel = 0; panel < rowPanels; panel++)
                {
                    (int row, int height) = Even.Part(m, rowPanels, panel);
                    GemmPacking.Rows<TLanes>(a + (row * problem.RowStrideA), problem.RowStrideA, problem.DepthStrideA, height, k, packedA + ((nint)row * k));
                }
            }

            for (int column = 0; column < n; column += panelWidth)
            {
                int width = Math.Min(panelWidth, n - column);
                float* b = problem.B + (problem.TransposedB ? ((j + column) * problem.LeadingB) + p : (p * problem.LeadingB) + j + column);
                nint ldb = problem.LeadingB;
                bool wide = width > TLanes.Count;
                if (problem.TransposedB || plan.Pack || width % TLanes.Count != 0)
                {
                    ldb = wide ? panelWidth : TLanes.Count;
                    if (problem.TransposedB)
                    {
                        Transposition.Run<TLanes>(b, problem.LeadingB, width, k, packedB, ldb, padded: true);
                    }
                    else
                    {
                        GemmPacking.Copy<TLanes>(b, problem.LeadingB, width, k, packedB, ldb);
                    }
                    b = packedB;
                }

                for (int panel = 0; panel < rowPanels; panel++)
                {
                    (int row, int height) = Even.Part(m, rowPanels, panel);
                    float* c = problem.C + ((i + row) * problem.LeadingC) + j + column;
                    if (plan.PackA)
                    {
                        Tile(height, wide, packedA + ((nint)row * k), 1, height, b, ldb, c, problem.LeadingC, k, width, accumulate);
                    }
                    else
                    {
                        Tile(height, wide, a + (row * problem.RowStrideA), problem.RowStrideA, problem.DepthStrideA, b, ldb, c, problem.LeadingC, k, width, accumulate);
                    }
                }
            }
        }
    }

    /// <summary>One tile, of any height up to the full one, two registers wide or one; see <see cref="GemmTile"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile(
        int height, bool wide, float* a, nint rowStride, nint depthStride, float* b, nint ldb, float* c, nint ldc, nint k, int width, bool accumulate)
    {
        if (wide)
        {
            Tile<Count2>(height, a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate);
        }
        else
        {
            Tile<Count1>(height, a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate);
        }
    }

    private static void Tile<TColumns>(
        int height, float* a, nint rowStride, nint depthStride, float* b, nint ldb, float* c, nint ldc, nint k, int width, bool accumulate)
        where TColumns : struct, ICount
    {
        switch (height)
        {
            case 1: GemmTile.Run<TLanes, Count1, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 2: GemmTile.Run<TLanes, Count2, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 3: GemmTile.Run<TLanes, Count3, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 4: GemmTile.Run<TLanes, Count4, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 5: GemmTile.Run<TLanes, Count5, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 6: GemmTile.Run<TLanes, Count6, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 7: GemmTile.Run<TLanes, Count7, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 8: GemmTile.Run<TLanes, Count8, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 9: GemmTile.Run<TLanes, Count9, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 10: GemmTile.Run<TLanes, Count10, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 11: GemmTile.Run<TLanes, Count11, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 12: GemmTile.Run<TLanes, Count12, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            case 13: GemmTile.Run<TLanes, Count13, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
            default: GemmTile.Run<TLanes, Count14, TColumns>(a, rowStride, depthStride, b, ldb, c, ldc, k, width, accumulate); break;
        }
    }
}
