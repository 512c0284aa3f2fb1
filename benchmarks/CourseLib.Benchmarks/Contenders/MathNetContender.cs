using CourseLib.Benchmarks.Works;
using CourseLib.Kernels;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace CourseLib.Benchmarks.Contenders;

/// <summary>MathNet.Numerics with its managed provider: what a .NET program has without a native library.</summary>
internal sealed class MathNetContender : IContender
{
    private const long LargestProduct = 256L * 256 * 256;

    public MathNetContender() => Control.MaxDegreeOfParallelism = Workers.Count;

    /// <inheritdoc/>
    public string Version => $"MathNet.Numerics {typeof(Control).Assembly.GetName().Version?.ToString(3)}, managed provider";

    /// <inheritdoc/>
    public Prepared Prepare(string work)
    {
        GemmWorks g = GemmWorks.Parse(work) ?? throw new NotSupportedException("MathNet is asked for matrix products only");
        if ((long)g.M * g.N * g.K > LargestProduct)
        {
            throw new NotSupportedException("takes a hundred times ours: not waited for");
        }

        Matrix<float> a = Matrix(g.MakeA(), g.M, g.K, g.TransposeA), b = Matrix(g.MakeB(), g.K, g.N, g.TransposeB), c = Matrix<float>.Build.Dense(g.M, g.N);
        Action call = g switch
        {
            { TransposeA: true } => () => a.TransposeThisAndMultiply(b, c),
            { TransposeB: true } => () => a.TransposeAndMultiply(b, c),
            _ => () => a.Multiply(b, c),
        };
        return new(call, () =>
        {
            call();
            return c.ToRowMajorArray();
        });
    }

    private static Matrix<float> Matrix(Floats numbers, int rows, int columns, bool transposed)
    {
        (int storedRows, int storedColumns) = transposed ? (columns, rows) : (rows, columns);
        return Matrix<float>.Build.DenseOfRowMajor(storedRows, storedColumns, numbers.Span.ToArray());
    }
}
