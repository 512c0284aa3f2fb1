namespace CourseLib.Kernels;

/// <summary>
/// A product whose rows are shorter than a register - a classifier's last layer has ten outputs - computed as its own transpose, C' = op(B)' op(A)', and
/// turned round: ten lanes of sixteen would idle six, while the long side of C fills whole registers. Each element is the same chain of multiply-adds.
/// </summary>
internal static unsafe class NarrowGemm
{
    /// <summary>Whether the rows of C waste lanes that its columns would not.</summary>
    public static bool Suits<TLanes>(in GemmProblem problem) where TLanes : struct, ILanes<TLanes> =>
        problem.N < TLanes.Count && problem.M >= 2 * TLanes.Count;

    /// <summary>C (+)= op(A) op(B).</summary>
    public static void Run<TLanes>(in GemmProblem problem) where TLanes : struct, ILanes<TLanes>
    {
        using Scratch turned = ScratchPool.Rent((long)problem.M * problem.N);
        if (problem.Accumulate)
        {
            Transposition.Run<TLanes>(problem.C, problem.LeadingC, problem.M, problem.N, turned.Pointer, problem.M);
        }

        bool columnsOfA = problem.RowStrideA == 1;
        Gemm.Blocks<TLanes>(new()
        {
            A = problem.B,
            RowStrideA = problem.TransposedB ? problem.LeadingB : 1,
            DepthStrideA = problem.TransposedB ? 1 : problem.LeadingB,
            B = problem.A,
            LeadingB = columnsOfA ? problem.DepthStrideA : problem.RowStrideA,
            TransposedB = !columnsOfA,
            C = turned.Pointer,
            LeadingC = problem.M,
            M = problem.N,
            N = problem.M,
            K = problem.K,
            Accumulate = problem.Accumulate,
        });
        Transposition.Run<TLanes>(turned.Pointer, problem.M, problem.N, problem.M, problem.C, problem.LeadingC);
    }
}
