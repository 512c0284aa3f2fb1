namespace CourseLib.Kernels;

/// <summary>
/// Unshared two-dimensional convolution of float images in NCHW order: windows as in <see cref="Convolution"/>, but each place (i, j) of the window has weights
/// of its own, y[n, o, i, j] = sum over c, a, d of W[i, j, o, c, a, d] x[n, c, s i + a - pad, s j + d - pad].
/// </summary>
/// <remarks>
/// With the windows cut out (<see cref="Windows"/>), place p = (i, j) is one matrix product Y_p = X_p W_p^T of the batch's windows [Batch, K] and the place's
/// weights [O, K]; the places are shared out over the workers. Weights are therefore stored place by place.
/// </remarks>
public static unsafe class LocallyConnected
{
    /// <summary>The forward pass.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="x">Input [Batch, InChannels, InHeight, InWidth].</param>
    /// <param name="weights">[OutHeight, OutWidth, OutChannels, InChannels, KernelHeight, KernelWidth].</param>
    /// <param name="y">Output [Batch, OutChannels, OutHeight, OutWidth]; must not overlap the inputs.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the result overlaps an input.</exception>
    public static void Forward(in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y)
    {
        const string Operation = $"{nameof(LocallyConnected)}.{nameof(Forward)}";
        Check(Operation, shape, x.Length, weights.Length, y.Length);
        Requires.Apart(Operation, nameof(y), y, nameof(x), x);
        Requires.Apart(Operation, nameof(y), y, nameof(weights), weights);
        using Scratch windows = ScratchPool.Rent(WindowsLength(shape)), products = ScratchPool.Rent(y.Length);
        Windows.Unfold(shape, new(ByPosition: true), x, new(windows.Pointer, (int)WindowsLength(shape)));
        fixed (float* pw = weights, py = y)
        {
            Workers.For(Places(shape), new PlaceProduct(Product.Output, shape, windows.Pointer, pw, products.Pointer, false));
            Transpose(products.Pointer, Places(shape), shape.Batch * shape.OutChannels, py);
        }
    }

    /// <summary>The gradient of the weights: dW_p = dY_p^T X_p, which sums over the batch but, unlike a convolution's, not over the places.</summary>
    /// <param name="shape">The sizes of the forward pass.</param>
    /// <param name="x">Input [Batch, InChannels, InHeight, InWidth].</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="dw">Gradient of the weights; must not overlap the inputs.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dw"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the result overlaps an input.</exception>
    public static void BackwardWeights(in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, bool accumulate = false)
    {
        const string Operation = $"{nameof(LocallyConnected)}.{nameof(BackwardWeights)}";
        Check(Operation, shape, x.Length, dw.Length, dy.Length);
        Requires.Apart(Operation, nameof(dw), dw, nameof(x), x);
        Requires.Apart(Operation, nameof(dw), dw, nameof(dy), dy);
        using Scratch windows = ScratchPool.Rent(WindowsLength(shape)), gradients = ScratchPool.Rent(dy.Length);
        Windows.Unfold(shape, new(ByPosition: true), x, new(windows.Pointer, (int)WindowsLength(shape)));
        fixed (float* pdy = dy, pdw = dw)
        {
            Transpose(pdy, shape.Batch * shape.OutChannels, Places(shape), gradients.Pointer);
            Workers.For(Places(shape), new PlaceProduct(Product.Weights, shape, windows.Pointer, pdw, gradients.Pointer, accumulate));
        }
    }

    /// <summary>The gradient of the input: dX_p = dY_p W_p for the windows, which are then added back to the pixels that they came from.</summary>
    /// <param name="shape">The sizes of the forward pass.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="dx">Gradient of the input; must not overlap the inputs.</param>
    /// <param name="accumulate">Whether to add to <paramref name="dx"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or the result overlaps an input.</exception>
    public static void BackwardInput(in ConvShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> weights, Span<float> dx, bool accumulate = false)
    {
        const string Operation = $"{nameof(LocallyConnected)}.{nameof(BackwardInput)}";
        Check(Operation, shape, dx.Length, weights.Length, dy.Length);
        Requires.Apart(Operation, nameof(dx), dx, nameof(dy), dy);
        Requires.Apart(Operation, nameof(dx), dx, nameof(weights), weights);
        using Scratch windows = ScratchPool.Rent(WindowsLength(shape)), gradients = ScratchPool.Rent(dy.Length);
        fixed (float* pdy = dy, pw = weights)
        {
            Transpose(pdy, shape.Batch * shape.OutChannels, Places(shape), gradients.Pointer);
            Workers.For(Places(shape), new PlaceProduct(Product.Input, shape, windows.Pointer, pw, gradients.Pointer, false));
        }

        Windows.Fold(shape, new(ByPosition: true), new ReadOnlySpan<float>(windows.Pointer, (int)WindowsLength(shape)), dx, accumulate);
    }

    private static int Places(in ConvShape shape) => shape.OutHeight * shape.OutWidth;

    private static long WindowsLength(in ConvShape shape) => (long)Places(shape) * shape.Batch * shape.Depth;

    private static void Transpose(float* source, int rows, int columns, float* target) => WidestLanes.For(1, new Transposed(source, rows, columns, target));

    private static void Check(string operation, in ConvShape shape, int input, int weights, int output)
    {
        shape.Validate();
        shape.CheckInput(operation, nameof(input), input);
        Requires.Shape(operation, nameof(weights), weights, Places(shape), shape.OutChannels, shape.Depth, 1);
        shape.CheckOutput(operation, nameof(output), output);
    }

    private enum Product
    {
        Output,
        Weights,
        Input,
    }

    /// <summary>The matrix product of one place; which of the three matrices is the result, <see cref="Product"/> says.</summary>
    private readonly struct PlaceProduct(Product product, ConvShape shape, float* windows, float* weights, float* outputs, bool accumulate) : IWork
    {
        public void Run(int chunk)
        {
            (int batch, int channels, int depth) = (shape.Batch, shape.OutChannels, shape.Depth);
            Span<float> x = new(windows + ((nint)chunk * batch * depth), batch * depth);
            Span<float> w = new(weights + ((nint)chunk * channels * depth), channels * depth);
            Span<float> y = new(outputs + ((nint)chunk * batch * channels), batch * channels);
            switch (product)
            {
                case Product.Output:
                    Gemm.Multiply(x, false, w, true, y, batch, channels, depth);
                    break;
                case Product.Weights:
                    Gemm.Multiply(y, true, x, false, w, channels, depth, batch, accumulate);
                    break;
                default:
                    Gemm.Multiply(y, false, w, false, x, batch, depth, channels);
                    break;
            }
        }
    }

    private readonly struct Transposed(float* source, int rows, int columns, float* target) : ILaneWork
    {
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes> =>
            Transposition.Run<TLanes>(source, columns, rows, columns, target, rows);
    }
}
