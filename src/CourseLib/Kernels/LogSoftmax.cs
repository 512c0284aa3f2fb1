using System.Runtime.CompilerServices;
using CourseLib.Kernels.Softmaxes;

namespace CourseLib.Kernels;

/// <summary>The logarithm of softmax along the rows of a matrix: y_j = x_j - max x - log(sum over k of exp(x_k - max x)).</summary>
public static unsafe class LogSoftmax
{
    /// <summary>The forward pass.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns: classes.</param>
    /// <param name="x">Input [rows, columns].</param>
    /// <param name="y">Output; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the result overlaps an input without being it.</exception>
    public static void Forward(int rows, int columns, ReadOnlySpan<float> x, Span<float> y)
    {
        const string Operation = $"{nameof(LogSoftmax)}.{nameof(Forward)}";
        Requires.Matrix(Operation, rows, columns, nameof(x), x.Length);
        Requires.Matrix(Operation, rows, columns, nameof(y), y.Length);
        Requires.SameOrApart(Operation, nameof(y), y, nameof(x), x);
        fixed (float* px = x, py = y)
        {
            RowWork<ForwardRow>.For(new(columns, px, py), rows, columns);
        }
    }

    /// <summary>The backward pass. From dy_j/dx_k = delta_jk - softmax_k: dx = dy - exp(y) (sum over j of dy_j).</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns: classes.</param>
    /// <param name="y">Output of the forward pass.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="dx">Gradient of the input; may be <paramref name="dy"/> or <paramref name="y"/>.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the result overlaps an input without being it.</exception>
    public static void Backward(int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate = false)
    {
        const string Operation = $"{nameof(LogSoftmax)}.{nameof(Backward)}";
        Requires.Matrix(Operation, rows, columns, nameof(y), y.Length);
        Requires.Matrix(Operation, rows, columns, nameof(dy), dy.Length);
        Requires.Matrix(Operation, rows, columns, nameof(dx), dx.Length);
        Requires.SameOrApart(Operation, nameof(dx), dx, nameof(dy), dy);
        Requires.SameOrApart(Operation, nameof(dx), dx, nameof(y), y);
        fixed (float* py = y, pdy = dy, pdx = dx)
        {
            RowWork<BackwardRow>.For(new(columns, py, pdy, pdx, accumulate), rows, columns);
        }
    }

    private readonly struct ForwardRow(int columns, float* x, float* y) : IRow
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int row) where TLanes : struct, ILanes<TLanes>
        {
            nint i = (nint)row * columns;
            float max = SoftmaxRow.Max<TLanes>(x + i, columns);
            float log = MathF.Log(SoftmaxRow.SumOfExponentials<TLanes>(x + i, max, columns));
            ElementLoop.Run(new UnaryElements<ShiftOperator>(x + i, new(max, log)), y + i, columns, accumulate: false);
        }
    }

    private readonly struct BackwardRow(int columns, float* y, float* dy, float* dx, bool accumulate) : IRow
    {
        public void Run<TLanes>(int row) where TLanes : struct, ILanes<TLanes>
        {
            nint i = (nint)row * columns;
            float sum = (float)Reduce.Sum(new UnaryElements<Reductions.IdentityOperator>(dy + i, default), columns);
            ElementLoop.Run(new BinaryElements<GradientOperator>(dy + i, y + i, new(sum)), dx + i, columns, accumulate);
        }
    }

    // Two subtractions: x - max is exact near the maximum, max + log would round at large logits.
    private readonly struct ShiftOperator(float max, float log) : IUnaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes> => x - TLanes.Broadcast(max) - TLanes.Broadcast(log);
    }

    private readonly struct GradientOperator(float sum) : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> =>
            dy - (default(ExpOperator).Invoke(y) * TLanes.Broadcast(sum));
    }
}
