namespace CourseLib.Kernels;

public static unsafe partial class Gemm
{
    /// <summary>A fully connected layer: y = x W' + b, and max(y, 0) with <paramref name="rectify"/>.</summary>
    /// <param name="x">A batch [batch, inputs].</param>
    /// <param name="weights">W, [outputs, inputs].</param>
    /// <param name="bias">b, one number for each output, or empty.</param>
    /// <param name="y">[batch, outputs]; must not overlap x, W or b.</param>
    /// <param name="batch">Rows of x and y.</param>
    /// <param name="inputs">Columns of x and W.</param>
    /// <param name="outputs">Rows of W, columns of y.</param>
    /// <param name="rectify">Whether negative outputs are stored as 0 (ReLU); NaN stays NaN.</param>
    /// <exception cref="ArgumentException">A length does not fit the sizes, or y overlaps x, W or b.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative.</exception>
    /// <remarks>
    /// Where the product is made as its own transpose (<see cref="TurnedGemm{TLanes}"/>) bias and ReLU are done on sums that are in the first-level cache; elsewhere they are passes over y.
    /// Either way each output is the bias plus the same chain of multiply-adds, to the same bits as a product, added to a y that holds the bias, and a ReLU after it.
    /// </remarks>
    public static void Linear(
        ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, int batch, int inputs, int outputs, bool rectify = false)
    {
        const string Operation = $"{nameof(Gemm)}.{nameof(Linear)}";
        Requires.AtLeast(Operation, nameof(batch), batch, 0);
        Requires.AtLeast(Operation, nameof(inputs), inputs, 0);
        Requires.AtLeast(Operation, nameof(outputs), outputs, 0);
        Requires.Length(Operation, nameof(x), x.Length, (long)batch * inputs, "batch x inputs");
        Requires.Length(Operation, nameof(weights), weights.Length, (long)outputs * inputs, "outputs x inputs");
        Requires.LengthOrEmpty(Operation, nameof(bias), bias.Length, outputs, "outputs, or none");
        Requires.Length(Operation, nameof(y), y.Length, (long)batch * outputs, "batch x outputs");
        Requires.Apart(Operation, nameof(y), y, nameof(x), x);
        Requires.Apart(Operation, nameof(y), y, nameof(weights), weights);
        Requires.Apart(Operation, nameof(y), y, nameof(bias), bias);
        if (y.IsEmpty)
        {
            return;
        }

        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            GemmProblem problem = new()
            {
                A = px,
                RowStrideA = inputs,
                DepthStrideA = 1,
                B = pw,
                LeadingB = inputs,
                TransposedB = true,
                C = py,
                LeadingC = outputs,
                M = batch,
                N = outputs,
                K = inputs,
                Accumulate = !bias.IsEmpty,
                Bias = pb, // null of an empty span
                Rectify = rectify,
            };
            Dispatch(problem);
        }
    }

    // What a pass does where the product does not take it along: C begins with the bias, and ends without negative numbers.
    private static void FillRows(in GemmProblem problem)
    {
        ReadOnlySpan<float> bias = new(problem.Bias, problem.N);
        for (int row = 0; row < problem.M; row++)
        {
            bias.CopyTo(new(problem.C + (row * problem.LeadingC), problem.N));
        }
    }

    private static void Rectify(in GemmProblem problem)
    {
        Span<float> c = new(problem.C, checked(problem.M * problem.N));
        Elementwise.Unary<ReluOperator>(c, c);
    }
}
