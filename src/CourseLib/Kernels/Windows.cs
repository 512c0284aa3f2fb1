using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// Cuts images into the windows that a convolution sees (im2col; lecture cnn, "Свёрточные нейронные сети: идея": "разобьём изображение на окна"), and adds
/// windows back to images, which is the transpose of cutting and so its gradient (col2im).
/// </summary>
/// <remarks>A convolution needs neither (<see cref="Convolution"/>); layers whose weights differ from window to window do.</remarks>
public static unsafe class Windows
{
    /// <summary>Copies each window, zeros where it leaves the image.</summary>
    /// <param name="shape">The sizes; its output channels do not matter.</param>
    /// <param name="order">How the windows lie in memory.</param>
    /// <param name="x">Images [Batch, InChannels, InHeight, InWidth].</param>
    /// <param name="windows">Batch x (InChannels KernelHeight KernelWidth) x (OutHeight OutWidth) numbers, in the given order; must not overlap the images.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or images and windows overlap.</exception>
    public static void Unfold(in ConvShape shape, WindowOrder order, ReadOnlySpan<float> x, Span<float> windows)
    {
        const string Operation = $"{nameof(Windows)}.{nameof(Unfold)}";
        Check(Operation, shape, x.Length, windows.Length);
        Requires.Apart(Operation, nameof(windows), windows, nameof(x), x);
        fixed (float* px = x, pw = windows)
        {
            Workers.For(shape.Batch, new Walk<Cut>(shape, order, px, pw));
        }
    }

    /// <summary>Adds each window's numbers to the pixels that it covers; a pixel under several windows gets their sum.</summary>
    /// <param name="shape">The sizes; its output channels do not matter.</param>
    /// <param name="order">How the windows lie in memory.</param>
    /// <param name="windows">Windows, as <see cref="Unfold"/> makes them.</param>
    /// <param name="x">Images [Batch, InChannels, InHeight, InWidth]; must not overlap the windows.</param>
    /// <param name="accumulate">Whether to add to <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible, a length does not fit it, or images and windows overlap.</exception>
    public static void Fold(in ConvShape shape, WindowOrder order, ReadOnlySpan<float> windows, Span<float> x, bool accumulate = false)
    {
        const string Operation = $"{nameof(Windows)}.{nameof(Fold)}";
        Check(Operation, shape, x.Length, windows.Length);
        Requires.Apart(Operation, nameof(x), x, nameof(windows), windows);
        if (!accumulate)
        {
            x.Clear();
        }

        fixed (float* px = x, pw = windows)
        {
            Workers.For(shape.Batch, new Walk<Paste>(shape, order, px, pw));
        }
    }

    private static void Check(string operation, in ConvShape shape, int images, int windows)
    {
        shape.Validate();
        shape.CheckInput(operation, "x", images);
        Requires.Shape(operation, nameof(windows), windows, shape.Batch, shape.Depth, shape.OutHeight, shape.OutWidth);
    }

    /// <summary>What happens where a run of window numbers lies on a row of pixels.</summary>
    private interface IMeeting
    {
        /// <summary>The pixels are <paramref name="step"/> apart, the window's numbers side by side.</summary>
        static abstract void Inside(float* pixels, int step, float* window, int count);

        static abstract void Outside(float* window, int count);
    }

    private readonly struct Cut : IMeeting
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Inside(float* pixels, int step, float* window, int count)
        {
            for (int i = 0; i < count; i++)
            {
                window[i] = pixels[(nint)i * step];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Outside(float* window, int count) => new Span<float>(window, count).Clear();
    }

    private readonly struct Paste : IMeeting
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Inside(float* pixels, int step, float* window, int count)
        {
            for (int i = 0; i < count; i++)
            {
                pixels[(nint)i * step] += window[i];
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Outside(float* window, int count)
        {
        }
    }

    /// <summary>One image in a chunk: chunks write to different images, or to the windows of different images. In both orders the walk follows the windows' memory.</summary>
    private readonly struct Walk<TMeeting>(ConvShape shape, WindowOrder order, float* images, float* windows) : IWork
        where TMeeting : struct, IMeeting
    {
        public void Run(int chunk)
        {
            float* image = images + ((nint)chunk * shape.InChannels * shape.InHeight * shape.InWidth);
            if (order.ByPosition)
            {
                ByPosition(image, windows + ((nint)chunk * shape.Depth));
            }
            else
            {
                ByDepth(image, windows + ((nint)chunk * shape.Depth * shape.OutHeight * shape.OutWidth));
            }
        }

        // [L, Batch, K]: a run is one row of a window.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void ByPosition(float* image, float* window)
        {
            (int kernelHeight, int kernelWidth, int outHeight, int outWidth) = (shape.KernelHeight, shape.KernelWidth, shape.OutHeight, shape.OutWidth);
            nint gap = ((nint)shape.Batch - 1) * shape.Depth;
            for (int i = 0; i < outHeight; i++)
            {
                for (int j = 0; j < outWidth; j++, window += gap)
                {
                    int top = (i * shape.StrideH) - shape.PadTop, left = (j * shape.StrideW) - shape.PadLeft;
                    for (int channel = 0; channel < shape.InChannels; channel++)
                    {
                        for (int row = 0; row < kernelHeight; row++, window += kernelWidth)
                        {
                            Run(image, channel * shape.InHeight, top + row, left, 1, window, kernelWidth);
                        }
                    }
                }
            }
        }

        // [Batch, K, L]: a run is what one weight meets along a row of the output.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void ByDepth(float* image, float* window)
        {
            (int kernelHeight, int kernelWidth, int outHeight, int outWidth) = (shape.KernelHeight, shape.KernelWidth, shape.OutHeight, shape.OutWidth);
            for (int k = 0; k < shape.Depth; k++)
            {
                int column = k % kernelWidth, row = k / kernelWidth % kernelHeight, channel = k / (kernelWidth * kernelHeight);
                for (int i = 0; i < outHeight; i++, window += outWidth)
                {
                    Run(image, channel * shape.InHeight, (i * shape.StrideH) + row - shape.PadTop, column - shape.PadLeft, shape.StrideW, window, outWidth);
                }
            }
        }

        /// <summary>A run of window numbers over row <paramref name="u"/> of a channel, from column <paramref name="v"/> on; either may lie outside of the image.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Run(float* image, int channelRow, int u, int v, int step, float* window, int count)
        {
            if ((uint)u >= (uint)shape.InHeight)
            {
                TMeeting.Outside(window, count);
                return;
            }

            float* pixels = image + ((nint)(channelRow + u) * shape.InWidth) + v;
            if (v >= 0 && v + ((count - 1) * step) < shape.InWidth)
            {
                TMeeting.Inside(pixels, step, window, count);
                return;
            }

            int first = v >= 0 ? 0 : Math.Min((step - 1 - v) / step, count);
            int end = Math.Clamp((shape.InWidth - v + step - 1) / step, first, count);
            TMeeting.Outside(window, first);
            TMeeting.Inside(pixels + ((nint)first * step), step, window + first, end - first);
            TMeeting.Outside(window + end, count - end);
        }
    }
}

/// <summary>How the windows of a batch lie in memory. An image has L = OutHeight OutWidth windows of K = InChannels KernelHeight KernelWidth numbers.</summary>
/// <param name="ByPosition">True: [L, Batch, K], one matrix for each place of the window. False: [Batch, K, L], as torch's unfold gives them.</param>
public readonly record struct WindowOrder(bool ByPosition);
