using System.Runtime.CompilerServices;
using CourseLib.Kernels.Softmaxes;

namespace CourseLib.Kernels;

/// <summary>Softmax along the rows of a matrix: y_j = exp(x_j) / sum over k of exp(x_k), computed as exp(x_j - max x), so that large logits do not overflow.</summary>
public static unsafe class Softmax
{
    /// <summary>The forward pass.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns: classes.</param>
    /// <param name="x">Input [rows, columns].</param>
    /// <param name="y">Output; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the result overlaps an input without being it.</exception>
    public static void Forward(int rows, int columns, ReadOnlySpan<float> x, Span<float> y)
    {
        const string Operation = $"{nameof(Softmax)}.{nameof(Forward)}";
        Requires.Matrix(Operation, rows, columns, nameof(x), x.Length);
        Requires.Matrix(Operation, rows, columns, nameof(y), y.Length);
        Requires.SameOrApart(Operation, nameof(y), y, nameof(x), x);
        fixed (float* px = x, py = y)
        {
            RowWork<ForwardRow>.For(new(columns, px, py), rows, columns);
        }
    }

    /// <summary>The backward pass. From dy_j/dx_k = y_j (delta_jk - y_k): dx = y (dy - sum over j of dy_j y_j).</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns: classes.</param>
    /// <param name="y">Output of the forward pass.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="dx">Gradient of the input; may be <paramref name="dy"/> or <paramref name="y"/>.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the result overlaps an input without being it.</exception>
    public static void Backward(int rows, int columns, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx, bool accumulate = false)
    {
        const string Operation = $"{nameof(Softmax)}.{nameof(Backward)}";
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
            float sum = SoftmaxRow.Exponentials<TLanes>(x + i, SoftmaxRow.Max<TLanes>(x + i, columns), y + i, columns);
            ElementLoop.Run(new UnaryElements<ScalarRight<MultiplyOperator>>(y + i, new(default, 1 / sum)), y + i, columns, accumulate: false);
        }
    }

    private readonly struct BackwardRow(int columns, float* y, float* dy, float* dx, bool accumulate) : IRow
    {
        public void Run<TLanes>(int row) where TLanes : struct, ILanes<TLanes>
        {
            nint i = (nint)row * columns;
            float mean = (float)Reduce.Sum(new BinaryElements<MultiplyOperator>(dy + i, y + i, default), columns);
            ElementLoop.Run(new BinaryElements<GradientOperator>(dy + i, y + i, new(mean)), dx + i, columns, accumulate);
        }
    }

    private readonly struct GradientOperator(float mean) : IBinaryOperator
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Invoke<TLanes>(TLanes dy, TLanes y) where TLanes : struct, ILanes<TLanes> => y * (dy - TLanes.Broadcast(mean));
    }
}
