using System.Runtime.CompilerServices;
using CourseLib.Kernels.Softmaxes;

namespace CourseLib.Kernels;

public static unsafe partial class SoftmaxCrossEntropy
{
    /// <summary>
    /// Loss and gradient for target distributions (soft labels, label smoothing): loss_i = -sum over k of t_ik log softmax(x_i)[k], gradient
    /// softmax(x_i) (sum over k of t_ik) - t_i.
    /// </summary>
    /// <param name="rows">Examples.</param>
    /// <param name="columns">Classes.</param>
    /// <param name="logits">[rows, columns].</param>
    /// <param name="targets">[rows, columns]; the rows need not sum to one (torch).</param>
    /// <param name="weights">For each row the factor of its loss in the result, or empty for 1 / rows each (the mean). A row whose weight is 0 is not looked at.</param>
    /// <param name="losses">Gets each row's loss without its weight, or empty.</param>
    /// <param name="gradient">Gets the gradient of the result with respect to the logits, or empty; must not overlap the inputs.</param>
    /// <returns>The sum of weight times loss.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or the gradient overlaps an input.</exception>
    public static float ForwardDistribution(
        int rows, int columns, ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, Span<float> losses, Span<float> gradient)
    {
        const string Operation = $"{nameof(SoftmaxCrossEntropy)}.{nameof(ForwardDistribution)}";
        CheckAll(Operation, rows, columns, logits.Length, weights.Length, losses.Length, gradient.Length);
        Requires.Matrix(Operation, rows, columns, nameof(targets), targets.Length);
        Requires.Apart(Operation, nameof(gradient), gradient, nameof(logits), logits);
        Requires.Apart(Operation, nameof(gradient), gradient, nameof(targets), targets);
        using Scratch scratch = ScratchPool.Rent(rows);
        fixed (float* px = logits, pt = targets, pw = weights, pl = losses, pg = gradient)
        {
            float* loss = pl != null ? pl : scratch.Pointer;
            RowWork<DistributionRow>.For(new(rows, columns, px, pt, pw, loss, pg), rows, columns);
            return Total(rows, loss, pw);
        }
    }

    private readonly struct DistributionRow(int rows, int columns, float* logits, float* targets, float* weights, float* losses, float* gradient) : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int row) where TLanes : struct, ILanes<TLanes>
        {
            nint i = (nint)row * columns;
            float weight = weights == null ? 1f / rows : weights[row];
            if (weight == 0)
            {
                Skip(row, columns, losses, gradient);
                return;
            }

            float max = SoftmaxRow.Max<TLanes>(logits + i, columns);
            float sum = SoftmaxRow.SumOfExponentials<TLanes>(logits + i, max, columns);

            // log softmax = (x - max) - log sum; the first part is summed apart because it is exact near the maximum.
            double mass = Reduce.Sum(new UnaryElements<Reductions.IdentityOperator>(targets + i, default), columns);
            double distance = Reduce.Sum(new BinaryElements<DistanceOperator>(targets + i, logits + i, new(max)), columns);
            losses[row] = (float)((mass * MathF.Log(sum)) + distance);
            if (gradient != null)
            {
                GradientOperator operation = new(max, (float)(weight * mass / sum), weight);
                ElementLoop.Run(new BinaryElements<GradientOperator>(targets + i, logits + i, operation), gradient + i, columns, accumulate: false);
            }
        }
    }

    // t (max - x); zero where t is zero even when x is minus infinity.
    private readonly struct DistanceOperator(float max) : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes t, TLanes x) where TLanes : struct, ILanes<TLanes> =>
            TLanes.Select(TLanes.Equal(t, TLanes.Broadcast(0)), t, t * (TLanes.Broadcast(max) - x));
    }

    private readonly struct GradientOperator(float max, float scale, float weight) : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes t, TLanes x) where TLanes : struct, ILanes<TLanes> =>
            (default(ExpOperator).Invoke(x - TLanes.Broadcast(max)) * TLanes.Broadcast(scale)) - (t * TLanes.Broadcast(weight));
    }
}
