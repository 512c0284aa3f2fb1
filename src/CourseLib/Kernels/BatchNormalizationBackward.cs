using CourseLib.Kernels.Normalizations;

namespace CourseLib.Kernels;

public static unsafe partial class BatchNormalization
{
    /// <summary>
    /// The backward pass in training. The statistics depend on every x, so with m values in a channel dx has three terms:
    /// dx = gamma / sqrt(sigma^2 + eps) (dy - mean(dy) - xhat mean(dy xhat)); dgamma = sum of dy xhat, dbeta = sum of dy.
    /// </summary>
    /// <remarks>
    /// From the lecture's "Не забыть взять производные!": with r = 1 / sqrt(sigma^2 + eps) a change of x_i changes xhat_j by
    /// r (delta_ij - 1/m - xhat_i xhat_j / m): the second term through mu, the third through sigma^2 (mu's share in sigma^2 is zero). Sum over j with dy_j gamma.
    /// </remarks>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input of the forward pass.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="gamma">Scales, or empty.</param>
    /// <param name="mean">From the forward pass.</param>
    /// <param name="inverseDeviation">From the forward pass.</param>
    /// <param name="dx">Gradient of the input, or empty when nobody needs it; may be <paramref name="dy"/>, must not overlap <paramref name="x"/>.</param>
    /// <param name="dgamma">Gradient of gamma, or empty.</param>
    /// <param name="dbeta">Gradient of beta, or empty.</param>
    /// <param name="accumulateInput">Whether to add to <paramref name="dx"/>.</param>
    /// <param name="accumulateParameters">Whether to add to <paramref name="dgamma"/> and <paramref name="dbeta"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public static void Backward(
        BatchShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dx, Span<float> dgamma, Span<float> dbeta, bool accumulateInput = false,
        bool accumulateParameters = false) =>
        Backward<NoActivationGradient>(
            $"{nameof(BatchNormalization)}.{nameof(Backward)}", shape, x, dy, gamma, [], mean, inverseDeviation, dx, dgamma, dbeta, accumulateInput,
            accumulateParameters, frozen: false);

    /// <summary>
    /// The backward pass of a forward pass with its rectifier: where y was 0, dy does not count. The arguments are those of
    /// <see cref="Backward(BatchShape, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float}, bool, bool)"/>,
    /// and beta, from which the sign of y is found again.
    /// </summary>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public static void BackwardRectified(
        BatchShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dx, Span<float> dgamma, Span<float> dbeta, bool accumulateInput = false,
        bool accumulateParameters = false) =>
        Backward<ReluGradient>(
            $"{nameof(BatchNormalization)}.{nameof(BackwardRectified)}", shape, x, dy, gamma, beta, mean, inverseDeviation, dx, dgamma, dbeta, accumulateInput,
            accumulateParameters, frozen: false);

    /// <summary>The backward pass with frozen statistics (evaluation): they are constants, so dx = gamma r dy alone; the arguments are those of <see cref="Backward(BatchShape, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{float}, Span{float}, bool, bool)"/>.</summary>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public static void BackwardFrozen(
        BatchShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dx, Span<float> dgamma, Span<float> dbeta, bool accumulateInput = false,
        bool accumulateParameters = false) =>
        Backward<NoActivationGradient>(
            $"{nameof(BatchNormalization)}.{nameof(BackwardFrozen)}", shape, x, dy, gamma, [], mean, inverseDeviation, dx, dgamma, dbeta, accumulateInput,
            accumulateParameters, frozen: true);

    private static void Backward<TActivation>(
        string operation, BatchShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, ReadOnlySpan<float> gamma, ReadOnlySpan<float> beta, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> inverseDeviation, Span<float> dx, Span<float> dgamma, Span<float> dbeta, bool accumulateInput, bool accumulateParameters, bool frozen)
        where TActivation : struct, IBinaryOperator
    {
        shape.Check(operation, nameof(x), x.Length);
        shape.Check(operation, nameof(dy), dy.Length);
        if (!dx.IsEmpty)
        {
            shape.Check(operation, nameof(dx), dx.Length);
        }
        shape.CheckAffine(operation, nameof(gamma), gamma.Length);
        shape.CheckAffine(operation, nameof(beta), beta.Length);
        shape.CheckChannels(operation, nameof(mean), mean.Length);
        shape.CheckChannels(operation, nameof(inverseDeviation), inverseDeviation.Length);
        shape.CheckAffine(operation, nameof(dgamma), dgamma.Length);
        shape.CheckAffine(operation, nameof(dbeta), dbeta.Length);
        Requires.SameOrApart(operation, nameof(dx), dx, nameof(dy), dy);
        Requires.Apart(operation, nameof(dx), dx, nameof(x), x);
        fixed (float* px = x, pdy = dy, pg = gamma, pb = beta, pm = mean, pr = inverseDeviation, pdx = dx, pdg = dgamma, pdb = dbeta)
        {
            ChannelData data = new()
            {
                X = px, Dy = pdy, Gamma = pg, Beta = pb, Mean = pm, InverseDeviation = pr, Dx = pdx, Dgamma = pdg, Dbeta = pdb,
                AccumulateInput = accumulateInput, AccumulateParameters = accumulateParameters,
            };
            if (shape.Spatial == 1 && typeof(TActivation) == typeof(NoActivationGradient))
            {
                WidestLanes.For(ColumnStrips.Count(shape), new ColumnBackward(shape, data, frozen));
            }
            else
            {
                PlaneBackward<TActivation> planes = new(shape, data, frozen);
                WidestLanes.For(planes.Chunks, planes);
            }
        }
    }
}
