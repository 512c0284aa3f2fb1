using System.Runtime.Intrinsics;

namespace CourseLib.Kernels;

/// <summary>General matrix product of row-major matrices.</summary>
public static unsafe partial class Gemm
{
    /// <summary>C = op(A) op(B), or C += op(A) op(B); all three without gaps between their rows.</summary>
    /// <param name="a">op(A) is m x k; A itself is stored [m, k], or [k, m] when <paramref name="transposeA"/>.</param>
    /// <param name="transposeA">Whether A is stored transposed.</param>
    /// <param name="b">op(B) is k x n; B itself is stored [k, n], or [n, k] when <paramref name="transposeB"/>.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <param name="c">C, stored [m, n]; must not overlap A or B.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="accumulate">Whether the product is added to C instead of replacing it.</param>
    /// <exception cref="ArgumentException">A span is shorter than its matrix, or C overlaps A or B.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c, int m, int n, int k, bool accumulate = false) =>
        Multiply(a, transposeA ? m : k, transposeA, b, transposeB ? k : n, transposeB, c, n, m, n, k, accumulate);

    /// <summary>C = op(A) op(B), or C += op(A) op(B), of matrices that are windows into wider ones.</summary>
    /// <param name="a">op(A) is m x k; A itself is stored [m, k], or [k, m] when <paramref name="transposeA"/>.</param>
    /// <param name="lda">Elements from one stored row of A to the next.</param>
    /// <param name="transposeA">Whether A is stored transposed.</param>
    /// <param name="b">op(B) is k x n; B itself is stored [k, n], or [n, k] when <paramref name="transposeB"/>.</param>
    /// <param name="ldb">Elements from one stored row of B to the next.</param>
    /// <param name="transposeB">Whether B is stored transposed.</param>
    /// <param name="c">C, stored [m, n]; must not overlap A or B.</param>
    /// <param name="ldc">Elements from one row of C to the next; what lies between the rows is not touched.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">Length of the sums.</param>
    /// <param name="accumulate">Whether the product is added to C instead of replacing it.</param>
    /// <exception cref="ArgumentException">A span is shorter than its matrix, a leading dimension is smaller than a row, or C's span overlaps that of A or B.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    public static void Multiply(
        ReadOnlySpan<float> a, int lda, bool transposeA, ReadOnlySpan<float> b, int ldb, bool transposeB, Span<float> c, int ldc,
        int m, int n, int k, bool accumulate = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        ArgumentOutOfRangeException.ThrowIfNegative(k);
        Check(nameof(a), a.Length, transposeA ? k : m, transposeA ? m : k, lda);
        Check(nameof(b), b.Length, transposeB ? n : k, transposeB ? k : n, ldb);
        Check(nameof(c), c.Length, m, n, ldc);
        Requires.Apart("Gemm.Multiply", nameof(c), c, nameof(a), a);
        Requires.Apart("Gemm.Multiply", nameof(c), c, nameof(b), b);
        if (m == 0 || n == 0)
        {
            return;
        }
        fixed (float* pa = a, pb = b, pc = c)
        {
            GemmProblem problem = new()
            {
                A = pa,
                RowStrideA = transposeA ? 1 : lda,
                DepthStrideA = transposeA ? lda : 1,
                B = pb,
                LeadingB = ldb,
                TransposedB = transposeB,
                C = pc,
                LeadingC = ldc,
                M = m,
                N = n,
                K = k,
                Accumulate = accumulate,
            };
            Dispatch(problem);
        }
    }

    private static void Dispatch(in GemmProblem problem)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Run<Lanes16>(problem);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            Run<Lanes8>(problem);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Run<Lanes4>(problem);
        }
        else
        {
            Run<Lanes1>(problem);
        }
    }

    private static void Run<TLanes>(in GemmProblem problem) where TLanes : struct, ILanes<TLanes>
    {
        bool dots = DotGemm<TLanes>.Suits(problem);
        if (!dots && TurnedGemm<TLanes>.Suits(problem))
        {
            TurnedGemm<TLanes>.Run(problem);
            return;
        }

        if (problem.Bias is not null)
        {
            FillRows(problem);
        }

        if (dots)
        {
            DotGemm<TLanes>.Run(problem);
        }
        else
        {
            Blocks<TLanes>(problem);
        }

        if (problem.Rectify)
        {
            Rectify(problem);
        }
    }

    /// <summary>Hands the product out, so many rows at a time that A stays in a cache while all of B passes by.</summary>
    internal static void Blocks<TLanes>(in GemmProblem problem) where TLanes : struct, ILanes<TLanes>
    {
        int parts = Even.Parts(problem.M, GemmPlan.MostRows(problem.DepthStrideA));
        if (parts == 1)
        {
            Slices<TLanes>(problem);
            return;
        }
        for (int part = 0; part < parts; part++)
        {
            (int i, int height) = Even.Part(problem.M, parts, part);
            Slices<TLanes>(problem.Rows(i, height));
        }
    }

    private static void Slices<TLanes>(in GemmProblem problem) where TLanes : struct, ILanes<TLanes>
    {
        GemmPlan plan = new(problem, TLanes.Count);
        if (plan.IsOnePanel)
        {
            // short: what a block costs would be felt
            GemmPanel.Run<TLanes>(
                problem.M, problem.A, problem.RowStrideA, problem.DepthStrideA, problem.B, problem.LeadingB, problem.C, problem.LeadingC, problem.K, problem.N, problem.Accumulate);
            return;
        }
        if (!plan.PackA)
        {
            Slices<TLanes>(problem, plan, null);
            return;
        }
        using Scratch packedA = ScratchPool.Rent((long)plan.Strips * GemmPanel.TileRows * Math.Min(problem.K, GemmPlan.LongestSlice(problem.DepthStrideA)));
        Slices<TLanes>(problem, plan, packedA.Pointer);
    }

    private static void Slices<TLanes>(in GemmProblem problem, in GemmPlan plan, float* packedA) where TLanes : struct, ILanes<TLanes>
    {
        for (int slice = 0; slice < plan.Slices; slice++)
        {
            if (plan.PackA)
            {
                Workers.For(plan.PackingsOfA, new GemmPacking<TLanes>(problem, plan, slice, packedA));
            }
            if (plan.Blocks == 1)
            {
                GemmBlocks<TLanes>.Run(problem, plan, slice, packedA, 0); // short: copies of problem and plan would be felt
            }
            else
            {
                Workers.For(plan.Blocks, new GemmBlocks<TLanes>(problem, plan, slice, packedA));
            }
        }
    }

    private static void Check(string argument, int length, int rows, int columns, int stride)
    {
        if (stride < columns || (rows > 0 && columns > 0 && length < ((long)(rows - 1) * stride) + columns))
        {
            Refuse(argument, length, rows, columns, stride);
        }
    }

    // By itself: a method that puts a text together clears its frame first, however seldom it does.
    private static void Refuse(string argument, int length, int rows, int columns, int stride) => throw new ArgumentException(
        stride < columns
            ? $"Gemm.Multiply: the leading dimension of {argument} is {stride}, less than its row of {columns}."
            : $"Gemm.Multiply: {argument} has {length} elements, a stored {rows} x {columns} matrix with leading dimension {stride} needs {((long)(rows - 1) * stride) + columns}.",
        argument);
}
