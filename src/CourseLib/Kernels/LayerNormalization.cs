using CourseLib.Kernels.Normalizations;

namespace CourseLib.Kernels;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton 2016; lecture "Batchnorm", Итоги: layer norm): every row has its own mean and variance,
/// y = (x - mu) / sqrt(sigma^2 + eps) gamma + beta with a gamma and a beta for each column. Empty gamma and beta stand for ones and zeros.
/// </summary>
public static unsafe partial class LayerNormalization
{
    /// <summary>The forward pass.</summary>
    /// <param name="rows">Examples.</param>
    /// <param name="columns">Features of each.</param>
    /// <param name="x">Input [rows, columns].</param>
    /// <param name="gamma">Scales [columns], or empty.</param>
    /// <param name="beta">Shifts [columns], or empty.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="y">Output; may be <paramref name="x"/>.</param>
    /// <param name="mean">mu of each row, for the backward pass.</param>
    /// <param name="inverseDeviation">1 / sqrt(sigma^2 + eps) of each row, for the backward pass.</param>
    /// <exception cref="ArgumentException">A length does not fit, or <paramref name="y"/> overlaps <paramref name="x"/> without being it.</exception>
    public static void Forward(
        int rows, int columns, ReadOnlySpan<float> x, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, float epsilon, Span<float> y,
        Span<float> mean, Span<float> inverseDeviation)
    {
        const string Operation = $"{nameof(LayerNormalization)}.{nameof(Forward)}";
        Requires.AtLeast(Operation, nameof(rows), rows, 1);
        Requires.AtLeast(Operation, nameof(columns), columns, 1);
        Requires.Length(Operation, nameof(x), x.Length, (long)rows * columns, "rows x columns");
        Requires.Length(Operation, nameof(y), y.Length, (long)rows * columns, "rows x columns");
        Requires.LengthOrEmpty(Operation, nameof(gamma), gamma.Length, columns, "columns, or none");
        Requires.LengthOrEmpty(Operation, nameof(beta), beta.Length, columns, "columns, or none");
        Requires.Length(Operation, nameof(mean), mean.Length, rows, nameof(rows));
        Requires.Length(Operation, nameof(inverseDeviation), inverseDeviation.Length, rows, nameof(rows));
        Requires.SameOrApart(Operation, nameof(y), y, nameof(x), x);

        using Scratch plain = ScratchPool.Rent(2L * columns);
        Span<float> ones = new(plain.Pointer, columns), zeros = new(plain.Pointer + columns, columns);
        ones.Fill(1);
        zeros.Clear();
        fixed (float* px = x, pg = gamma.IsEmpty ? ones : gamma, pb = beta.IsEmpty ? zeros : beta, py = y, pm = mean, pr = inverseDeviation)
        {
            Workers.For(RowBlocks.Count(rows, columns), new ForwardWork(rows, columns, px, pg, pb, epsilon, py, pm, pr));
        }
    }

    private readonly struct ForwardWork(
        int rows, int columns, float* x, float* gamma, float* beta, float epsilon, float* y, float* mean, float* inverseDeviation) : IWork
    {
        public void Run(int chunk)
        {
            (int start, int end) = RowBlocks.Range(chunk, rows, columns);
            for (int row = start; row < end; row++)
            {
                nint i = (nint)row * columns;
                float mu = (float)(Reduce.Sum(new UnaryElements<Reductions.IdentityOperator>(x + i, default), columns) / columns);
                double squares = Reduce.Sum(new UnaryElements<SquaredDistanceOperator>(x + i, new(mu)), columns);
                float r = (float)(1 / Math.Sqrt((squares / columns) + epsilon));
                mean[row] = mu;
                inverseDeviation[row] = r;
                ElementLoop.Run(new TernaryElements<NormalizeAffineOperator>(x + i, gamma, beta, new(mu, r)), y + i, columns, accumulate: false);
            }
        }
    }
}
