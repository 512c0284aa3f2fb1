using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// A product computed as its own transpose, C' = op(B)' op(A)', a strip of rows of C' at a time, each turned round into its columns of C. It pays in two cases:
/// a C narrower than a register - a classifier's last layer has ten outputs - whose long side fills whole registers; and a transposed B with more rows than
/// A, the weights [out, in] of a layer against a batch: the tile of <see cref="GemmTile"/> reads one operand along its rows and the other across them, so that one
/// must be turned round, and here it is the batch instead of the weights. Each element is the same chain of multiply-adds.
/// </summary>
internal readonly unsafe struct TurnedGemm<TLanes>(GemmProblem problem, float* right, nint leading) : IWork where TLanes : struct, ILanes<TLanes>
{
    // Rows of a strip: whole registers when it is turned, tiles of six and five rows before. With the panel's 64 columns its sums are 8 KB of the first-level cache.
    private const int StripRows = 32;

    // Multiply-adds in a chunk: some microseconds, against a tenth of one for handing it out.
    private const long ChunkWork = 1 << 19;

    // Numbers that are turned round in a chunk: about as long as one of multiply-adds, because what is written leaves the first-level cache.
    private const int TurnedNumbers = 1 << 13;

    private static readonly int PanelWidth = GemmPanel.TileColumns(TLanes.Count) * TLanes.Count;

    private int Strips => Even.Parts(problem.N, StripRows);

    private int Panels => Even.Parts(problem.M, PanelWidth);

    private int Chunks => (int)Math.Clamp((long)problem.M * problem.N * problem.K / ChunkWork, 1, (long)Strips * Panels);

    /// <summary>Whether the transposed product is the cheaper one.</summary>
    public static bool Suits(in GemmProblem problem)
    {
        if (problem.N < TLanes.Count)
        {
            return problem.M >= 2 * TLanes.Count;
        }

        // What is turned round on either way, in numbers; a large batch is left to blocks that stay in the cache.
        long turned = (long)problem.M * (problem.K + (problem.Accumulate && problem.Bias is null ? 2 * problem.N : problem.N));
        return problem.TransposedB && problem.DepthStrideA == 1 && problem.M >= 2 * TLanes.Count && turned < (long)problem.N * problem.K;
    }

    /// <summary>C (+)= op(A) op(B), with what <see cref="GemmProblem.Bias"/> and <see cref="GemmProblem.Rectify"/> ask for.</summary>
    public static void Run(in GemmProblem problem)
    {
        bool columnsOfA = problem.RowStrideA == 1;
        if (columnsOfA && problem.M % TLanes.Count == 0)
        {
            For(problem, problem.A, problem.DepthStrideA);
            return;
        }

        int leading = Even.Parts(problem.M, TLanes.Count) * TLanes.Count; // the tile reads whole registers
        using Scratch turned = ScratchPool.Rent((long)leading * problem.K);
        if (columnsOfA)
        {
            GemmPacking<TLanes>.Copy(problem.A, problem.DepthStrideA, problem.M, problem.K, turned.Pointer, leading);
        }
        else
        {
            int pieces = (int)Math.Clamp((long)problem.M * problem.K / TurnedNumbers, 1, Even.Parts(problem.K, 4));
            Workers.For(pieces, new Turning(problem, turned.Pointer, leading, pieces));
        }

        For(problem, turned.Pointer, leading);
    }

    private static void For(in GemmProblem problem, float* right, nint leading)
    {
        TurnedGemm<TLanes> work = new(problem, right, leading);
        Workers.For(work.Chunks, work);
    }

    /// <inheritdoc/>
    public void Run(int chunk)
    {
        (int piece, int pieces) = Even.Part(Strips * Panels, Chunks, chunk);
        for (; pieces > 0; piece++, pieces--)
        {
            (int strip, int panel) = Math.DivRem(piece, Panels);
            int j = strip * StripRows, i = panel * PanelWidth;
            Strip(j, Math.Min(StripRows, problem.N - j), i, Math.Min(PanelWidth, problem.M - i));
        }
    }

    // Columns j … j + height - 1 of C in rows i … i + width - 1.
    private void Strip(int j, int height, int i, int width)
    {
        using Scratch scratch = ScratchPool.Rent(StripRows * PanelWidth);
        float* sums = scratch.Pointer;
        float* c = problem.C + (i * problem.LeadingC) + j;
        if (problem.Bias is not null)
        {
            for (int row = 0; row < height; row++)
            {
                new Span<float>(sums + (row * PanelWidth), width).Fill(problem.Bias[j + row]);
            }
        }
        else if (problem.Accumulate)
        {
            Transposition.Run<TLanes>(c, problem.LeadingC, width, height, sums, PanelWidth);
        }

        nint rowStride = problem.TransposedB ? problem.LeadingB : 1, depthStride = problem.TransposedB ? 1 : problem.LeadingB;
        int slices = Even.Parts(problem.K, GemmPlan.LongestSlice(depthStride));
        for (int slice = 0; slice < slices; slice++)
        {
            (int p, int k) = Even.Part(problem.K, slices, slice);
            bool accumulate = problem.Accumulate || slice > 0;
            float* rows = problem.B + (j * rowStride) + (p * depthStride);
            GemmPanel.Run<TLanes>(height, rows, rowStride, depthStride, right + (p * leading) + i, leading, sums, PanelWidth, k, width, accumulate);
        }

        if (problem.Rectify)
        {
            Rectify(sums, height * PanelWidth);
        }

        Transposition.Run<TLanes>(sums, PanelWidth, height, width, c, problem.LeadingC, spare: true);
    }

    // All of the scratch, also what no sum was written to: whole registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rectify(float* sums, int length)
    {
        for (int p = 0; p < length; p += TLanes.Count)
        {
            TLanes.Store(TLanes.AtLeast(TLanes.Load(sums + p), TLanes.Broadcast(0)), sums + p);
        }
    }

    /// <summary>Pieces of op(A)', a few columns of A each.</summary>
    private readonly struct Turning(GemmProblem problem, float* target, nint leading, int pieces) : IWork
    {
        public void Run(int chunk)
        {
            (int p, int k) = Even.Part(problem.K, pieces, chunk);
            Transposition.Run<TLanes>(problem.A + p, problem.RowStrideA, problem.M, k, target + (p * leading), leading, padded: true);
        }
    }
}
