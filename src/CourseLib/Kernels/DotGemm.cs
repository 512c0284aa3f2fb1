namespace CourseLib.Kernels;

/// <summary>
/// C = A B' where one side of C is short - one image through a layer, a classifier's ten outputs. Rows of A and of B both lie along the sum, so that each element
/// is a plain dot product; the tile of <see cref="GemmTile"/> would have to turn a whole operand round first and use it only a few times.
/// </summary>
internal readonly unsafe struct DotGemm<TLanes>(GemmProblem problem) : IWork where TLanes : struct, ILanes<TLanes>
{
    // Above, turning an operand round costs less than adding up lanes.
    private const int LongestShortSide = 16;

    // Multiply-adds in a chunk, a microsecond or two, and the multiply-adds that take as long as a number on its way from the second-level cache: with fewer
    // short vectors than that, the long side is what a chunk waits for. A single example through a layer reads each weight once and runs at the
    // speed of a loop that only reads them.
    private const long ChunkWork = 1 << 17;
    private const int WorkPerLoad = 5;

    // Numbers of the long side that meet panel after panel of the short one before the next come: a fraction of the first-level cache.
    private const int CachedNumbers = 4096;

    // 5 x 4 sums, 4 columns and a row are 25 of the 32 registers of AVX-512; elsewhere there are 16.
    private static readonly int Heights = TLanes.Count == 16 ? 5 : 2;

    /// <summary>Whether the product is of this kind, and its sums long enough to fill registers.</summary>
    public static bool Suits(in GemmProblem problem) =>
        problem.TransposedB && problem.DepthStrideA == 1 && Math.Min(problem.M, problem.N) <= LongestShortSide && problem.K >= 2 * TLanes.Count && TLanes.Count > 1;

    /// <summary>C (+)= A B'.</summary>
    public static void Run(in GemmProblem problem)
    {
        int chunks = Chunks(problem);
        if (chunks == 1)
        {
            Run(problem, 0, 1); // short: copies of the problem would be felt
        }
        else
        {
            Workers.For(chunks, new DotGemm<TLanes>(problem));
        }
    }

    /// <inheritdoc/>
    public void Run(int chunk) => Run(problem, chunk, Chunks(problem));

    // How many chunks to hand out; depends on the sizes only.
    private static int Chunks(in GemmProblem problem)
    {
        int longSide = Math.Max(problem.M, problem.N), shortSide = Math.Min(problem.M, problem.N);
        return (int)Math.Clamp((long)longSide * Math.Max(shortSide, WorkPerLoad) * problem.K / ChunkWork, 1, Even.Parts(longSide, 4));
    }

    // The long side is cut into fours; the short one into panels of any height.
    private static void Run(in GemmProblem problem, int chunk, int chunks)
    {
        Side a = new(problem.A, problem.RowStrideA, problem.M, problem.LeadingC), b = new(problem.B, problem.LeadingB, problem.N, 1);
        (Side rows, Side columns) = problem.M > problem.N ? (b, a) : (a, b);
        (int strip, int strips) = Even.Part(Even.Parts(columns.Count, 4), chunks, chunk);
        int panels = Even.Parts(rows.Count, Heights), group = panels == 1 ? strips : Math.Clamp(CachedNumbers / 4 / problem.K, 1, strips);
        for (int end = strip + strips; strip < end; strip += group)
        {
            int column = strip * 4, width = Math.Min(4 * Math.Min(group, end - strip), columns.Count - column);
            for (int panel = 0; panel < panels; panel++)
            {
                (int row, int height) = Even.Part(rows.Count, panels, panel);
                float* c = problem.C + (row * rows.Stride) + (column * columns.Stride);
                Tile(height, rows.Start + (row * rows.Pitch), rows.Pitch, columns.Start + (column * columns.Pitch), columns.Pitch, width, problem, c, rows.Stride, columns.Stride);
            }
        }
    }

    private static void Tile(
        int height, float* rows, nint rowPitch, float* columns, nint columnPitch, int width, in GemmProblem problem, float* c, nint rowStride, nint columnStride)
    {
        switch (height)
        {
            case 1: DotGemmTile.Run<TLanes, Count1>(rows, rowPitch, columns, columnPitch, width, problem.K, c, rowStride, columnStride, problem.Accumulate); break;
            case 2: DotGemmTile.Run<TLanes, Count2>(rows, rowPitch, columns, columnPitch, width, problem.K, c, rowStride, columnStride, problem.Accumulate); break;
            case 3: DotGemmTile.Run<TLanes, Count3>(rows, rowPitch, columns, columnPitch, width, problem.K, c, rowStride, columnStride, problem.Accumulate); break;
            case 4: DotGemmTile.Run<TLanes, Count4>(rows, rowPitch, columns, columnPitch, width, problem.K, c, rowStride, columnStride, problem.Accumulate); break;
            default: DotGemmTile.Run<TLanes, Count5>(rows, rowPitch, columns, columnPitch, width, problem.K, c, rowStride, columnStride, problem.Accumulate); break;
        }
    }

    /// <summary>One operand: its vectors, and how far apart in C the results of two of them are.</summary>
    private readonly struct Side(float* start, nint pitch, int count, nint stride)
    {
        public float* Start => start;

        public nint Pitch => pitch;

        public int Count => count;

        public nint Stride => stride;
    }
}
