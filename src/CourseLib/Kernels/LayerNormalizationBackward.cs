using CourseLib.Kernels.Normalizations;

namespace CourseLib.Kernels;

public static unsafe partial class LayerNormalization
{
    /// <summary>
    /// The backward pass: as for batch normalisation, but along the rows and with gamma inside the means: with g = dy gamma,
    /// dx = r (g - mean(g) - xhat mean(g xhat)); dgamma = sum over rows of dy xhat, dbeta = sum over rows of dy.
    /// </summary>
    /// <param name="rows">Examples.</param>
    /// <param name="columns">Features of each.</param>
    /// <param name="x">Input of the forward pass.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="gamma">Scales, or empty.</param>
    /// <param name="mean">From the forward pass.</param>
    /// <param name="inverseDeviation">From the forward pass.</param>
    /// <param name="dx">Gradient of the input, or empty; must not overlap <paramref name="dy"/> or <paramref name="x"/>.</param>
    /// <param name="dgamma">Gradient of gamma, or empty.</param>
    /// <param name="dbeta">Gradient of beta, or empty.</param>
    /// <param name="accumulateInput">Whether to add to <paramref name="dx"/>.</param>
    /// <param name="accumulateParameters">Whether to add to <paramref name="dgamma"/> and <paramref name="dbeta"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, or <paramref name="dx"/> overlaps an input.</exception>
    public static void Backward(
        int rows, int columns, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dx, Span<float> dgamma, Span<float> dbeta, bool accumulateInput = false,
        bool accumulateParameters = false)
    {
        const string Operation = $"{nameof(LayerNormalization)}.{nameof(Backward)}";
        Requires.AtLeast(Operation, nameof(rows), rows, 1);
        Requires.AtLeast(Operation, nameof(columns), columns, 1);
        Requires.Length(Operation, nameof(x), x.Length, (long)rows * columns, "rows x columns");
        Requires.Length(Operation, nameof(dy), dy.Length, (long)rows * columns, "rows x columns");
        Requires.LengthOrEmpty(Operation, nameof(dx), dx.Length, (long)rows * columns, "rows x columns, or none");
        Requires.LengthOrEmpty(Operation, nameof(gamma), gamma.Length, columns, "columns, or none");
        Requires.Length(Operation, nameof(mean), mean.Length, rows, nameof(rows));
        Requires.Length(Operation, nameof(inverseDeviation), inverseDeviation.Length, rows, nameof(rows));
        Requires.LengthOrEmpty(Operation, nameof(dgamma), dgamma.Length, columns, "columns, or none");
        Requires.LengthOrEmpty(Operation, nameof(dbeta), dbeta.Length, columns, "columns, or none");
        Requires.Apart(Operation, nameof(dx), dx, nameof(dy), dy);
        Requires.Apart(Operation, nameof(dx), dx, nameof(x), x);

        int blocks = RowBlocks.Count(rows, columns);
        using Scratch scratch = ScratchPool.Rent((1 + (2L * blocks)) * columns);
        Span<float> ones = new(scratch.Pointer, columns);
        ones.Fill(1);
        float* partial = scratch.Pointer + columns;
        fixed (float* px = x, pdy = dy, pg = gamma.IsEmpty ? ones : gamma, pm = mean, pr = inverseDeviation, pdx = dx)
        {
            Workers.For(blocks, new BackwardWork(rows, columns, px, pdy, pg, pm, pr, pdx, accumulateInput, partial));
        }
        AddUp(partial, blocks, columns, dgamma, accumulateParameters);
        AddUp(partial + columns, blocks, columns, dbeta, accumulateParameters);
    }

    // In the order of the blocks, whichever thread finished first.
    private static void AddUp(float* partial, int blocks, int columns, Span<float> target, bool accumulate)
    {
        if (target.IsEmpty)
        {
            return;
        }
        if (!accumulate)
        {
            target.Clear();
        }
        for (int block = 0; block < blocks; block++, partial += 2 * columns)
        {
            Elementwise.Axpy(1, new ReadOnlySpan<float>(partial, columns), target);
        }
    }

    private readonly struct BackwardWork(
        int rows, int columns, float* x, float* dy, float* gamma, float* mean, float* inverseDeviation, float* dx, bool accumulate, float* partial) : IWork
    {
        public void Run(int chunk)
        {
            (int start, int end) = RowBlocks.Range(chunk, rows, columns);
            float* dgamma = partial + ((nint)chunk * 2 * columns), dbeta = dgamma + columns;
            for (int row = start; row < end; row++)
            {
                nint i = (nint)row * columns;
                float mu = mean[row], r = inverseDeviation[row];
                ElementLoop.Run(new BinaryElements<GammaGradientOperator>(dy + i, x + i, new(mu, r)), dgamma, columns, row > start);
                ElementLoop.Run(new UnaryElements<Reductions.IdentityOperator>(dy + i, default), dbeta, columns, row > start);
                if (dx == null)
                {
                    continue;
                }
                double sum = Reduce.Sum(new BinaryElements<MultiplyOperator>(dy + i, gamma, default), columns);
                double product = Reduce.Sum(new TernaryElements<WeightedCenteredProductOperator>(dy + i, gamma, x + i, new(mu)), columns);
                NormalizeAffineGradientOperator gradient = new(mu, r, (float)(-(double)r * r * r * product / columns), (float)(-r * sum / columns));
                ElementLoop.Run(new TernaryElements<NormalizeAffineGradientOperator>(dy + i, gamma, x + i, gradient), dx + i, columns, accumulate);
            }
        }
    }
}
