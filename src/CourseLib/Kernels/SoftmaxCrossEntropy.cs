using System.Runtime.CompilerServices;
using CourseLib.Kernels.Softmaxes;

namespace CourseLib.Kernels;

/// <summary>
/// Softmax and cross-entropy in one: loss_i = -log softmax(x_i)[t_i] = log(sum over k of exp(x_ik)) - x_i[t_i], whose gradient with respect to the
/// logits is softmax(x_i) - onehot(t_i). Neither the probabilities nor their logarithms are stored, and no logarithm of a rounded zero is taken.
/// </summary>
public static unsafe partial class SoftmaxCrossEntropy
{
    /// <summary>Loss and gradient for class indices.</summary>
    /// <param name="rows">Examples.</param>
    /// <param name="columns">Classes.</param>
    /// <param name="logits">[rows, columns].</param>
    /// <param name="classes">For each row the index of its class, as a whole number.</param>
    /// <param name="weights">For each row the factor of its loss in the result, or empty for 1 / rows each (the mean). The class of a row whose weight is 0 is not looked at.</param>
    /// <param name="losses">Gets each row's loss without its weight, or empty.</param>
    /// <param name="gradient">Gets the gradient of the result with respect to the logits, or empty; may be <paramref name="logits"/>.</param>
    /// <returns>The sum of weight times loss.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or a class is no index.</exception>
    public static float Forward(
        int rows, int columns, ReadOnlySpan<float> logits, ReadOnlySpan<float> classes, ReadOnlySpan<float> weights, Span<float> losses, Span<float> gradient)
    {
        const string Operation = $"{nameof(SoftmaxCrossEntropy)}.{nameof(Forward)}";
        CheckAll(Operation, rows, columns, logits.Length, weights.Length, losses.Length, gradient.Length);
        Requires.Length(Operation, nameof(classes), classes.Length, rows, nameof(rows));
        Requires.SameOrApart(Operation, nameof(gradient), gradient, nameof(logits), logits);
        for (int row = 0; row < rows; row++)
        {
            float index = classes[row];
            if (!(index >= 0 && index < columns && index == MathF.Floor(index)) && !(weights.Length > 0 && weights[row] == 0))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{Operation}: {nameof(classes)}[{row}] is {index}, expected a whole number from 0 to {columns - 1}."), nameof(classes));
            }
        }

        using Scratch scratch = ScratchPool.Rent(rows);
        fixed (float* px = logits, pt = classes, pw = weights, pl = losses, pg = gradient)
        {
            float* loss = pl != null ? pl : scratch.Pointer;
            RowWork<ClassRow>.For(new(rows, columns, px, pt, pw, loss, pg), rows, columns);
            return Total(rows, loss, pw);
        }
    }

    private static void CheckAll(string operation, int rows, int columns, int logits, int weights, int losses, int gradient)
    {
        Requires.Matrix(operation, rows, columns, nameof(logits), logits);
        Requires.LengthOrEmpty(operation, nameof(weights), weights, rows, "rows, or none");
        Requires.LengthOrEmpty(operation, nameof(losses), losses, rows, "rows, or none");
        Requires.LengthOrEmpty(operation, nameof(gradient), gradient, (long)rows * columns, "rows x columns, or none");
    }

    private static float Total(int rows, float* losses, float* weights)
    {
        double total = 0;
        for (int row = 0; row < rows; row++)
        {
            total += weights == null ? losses[row] : (double)losses[row] * weights[row];
        }
        return (float)(weights == null ? total / rows : total);
    }

    // A row that does not count: whatever its logits are, infinite ones too, it adds nothing.
    private static void Skip(int row, int columns, float* losses, float* gradient)
    {
        losses[row] = 0;
        if (gradient != null)
        {
            new Span<float>(gradient + ((nint)row * columns), columns).Clear();
        }
    }

    private readonly struct ClassRow(int rows, int columns, float* logits, float* classes, float* weights, float* losses, float* gradient) : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int row) where TLanes : struct, ILanes<TLanes>
        {
            float* x = logits + ((nint)row * columns);
            float weight = weights == null ? 1f / rows : weights[row];
            if (weight == 0)
            {
                Skip(row, columns, losses, gradient);
                return;
            }
            int target = (int)classes[row];
            float logit = x[target];
            float max = SoftmaxRow.Max<TLanes>(x, columns);
            if (gradient == null)
            {
                losses[row] = MathF.Log(Sum<TLanes>(x, max, columns)) + (max - logit);
                return;
            }
            float* g = gradient + ((nint)row * columns);
            float sum = SoftmaxRow.Exponentials<TLanes>(x, max, g, columns);
            losses[row] = MathF.Log(sum) + (max - logit);
            ElementLoop.Run(new UnaryElements<ScalarRight<MultiplyOperator>>(g, new(default, weight / sum)), g, columns, accumulate: false);
            g[target] -= weight;
        }

        // A method of its own: a training that never asks for the loss alone does not wait until this is compiled.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static float Sum<TLanes>(float* x, float max, int columns) where TLanes : struct, ILanes<TLanes> => SoftmaxRow.SumOfExponentials<TLanes>(x, max, columns);
    }
}
