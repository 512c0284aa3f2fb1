namespace CourseLib.Kernels;

/// <summary>Pointers and sizes of one matrix product. A has two strides, so that its transposition is only an exchange of them.</summary>
internal readonly unsafe struct GemmProblem
{
    public required float* A { get; init; }

    /// <summary>Elements from op(A)[i, p] to op(A)[i + 1, p].</summary>
    public required nint RowStrideA { get; init; }

    /// <summary>Elements from op(A)[i, p] to op(A)[i, p + 1].</summary>
    public required nint DepthStrideA { get; init; }

    public required float* B { get; init; }

    public required nint LeadingB { get; init; }

    public required bool TransposedB { get; init; }

    public required float* C { get; init; }

    public required nint LeadingC { get; init; }

    public required int M { get; init; }

    public required int N { get; init; }

    public required int K { get; init; }

    public required bool Accumulate { get; init; }

    /// <summary>A number for each column, which stands for what is in C and is added to; or null. C has no gaps between its rows then.</summary>
    public float* Bias { get; init; }

    /// <summary>Whether negative results are stored as 0. C has no gaps between its rows then.</summary>
    public bool Rectify { get; init; }

    /// <summary>The product for <paramref name="height"/> rows of C from <paramref name="start"/> on.</summary>
    public GemmProblem Rows(int start, int height) => this with { A = A + (start * RowStrideA), C = C + (start * LeadingC), M = height };
}
