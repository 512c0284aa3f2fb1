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
    /// <exception cref="ArgumentException">The shape is impossible or a length does not fit it.</exception>
    public static void Unfold(in ConvShape shape, WindowOrder order, ReadOnlySpan<float> x, Span<float> windows)
    {
        Check($"{nameof(Windows)}.{nameof(Unfold)}", shape, x.Length, windows.Length);
        fixed (float* px = x, pw = windows)
        {
            Workers.For(shape.Batch, new Walk<Cut>(shape, order, px, pw));
        }
    }

    /// <summary>Adds each window's numbers to the pixels that it covers; a pixel under several windows gets their sum.</summary>
    /// <param name="shape">The sizes; its output channels do not matter.</param>
    /// <param name="order">How the windows lie in memory.</param>
    /// <param name="windows">Windows, as <see cref="Unfold"/> makes them.</param>
    /// <param name="x">Images [Batch, InChannels, InHeight, InWidth].</param>
    /// <param name="accumulate">Whether to add to <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">The shape is impossible or a length does not fit it.</exception>
    public static void Fold(in ConvShape shape, WindowOrder order, ReadOnlySpan<float> windows, Span<float> x, bool accumulate = false)
    {
        Check($"{nameof(Windows)}.{nameof(Fold)}", shape, x.Length, windows.Length);
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

    /// <summary>What happens where a window and the image meet.</summary>
    private interface IMeeting
    {
        static abstract void Inside(float* pixel, float* window);

        static abstract void Outside(float* window);
    }

    private readonly struct Cut : IMeeting
    {
        public static void Inside(float* pixel, float* window) => *window = *pixel;

        public static void Outside(float* window) => *window = 0;
    }

    private readonly struct Paste : IMeeting
    {
        public static void Inside(float* pixel, float* window) => *pixel += *window;

        public static void Outside(float* window)
        {
        }
    }

    /// <summary>One image in a chunk: chunks write to different images, or to the windows of different images.</summary>
    private readonly struct Walk<TMeeting>(ConvShape shape, WindowOrder order, float* images, float* windows) : IWork
        where TMeeting : struct, IMeeting
    {
        public void Run(int chunk)
        {
            (int batchStep, int depthStep, int positionStep) = order.Steps(shape);
            float* image = images + ((nint)chunk * shape.InChannels * shape.InHeight * shape.InWidth);
            float* from = windows + ((nint)chunk * batchStep);
            int outWidth = shape.OutWidth;
            for (int k = 0; k < shape.Depth; k++)
            {
                int column = k % shape.KernelWidth, row = k / shape.KernelWidth % shape.KernelHeight, channel = k / (shape.KernelWidth * shape.KernelHeight);
                float* plane = image + ((nint)channel * shape.InHeight * shape.InWidth);
                float* window = from + ((nint)k * depthStep);
                for (int i = 0; i < shape.OutHeight; i++)
                {
                    int u = (i * shape.StrideH) + row - shape.PadTop;
                    for (int j = 0; j < outWidth; j++, window += positionStep)
                    {
                        int v = (j * shape.StrideW) + column - shape.PadLeft;
                        if ((uint)u < (uint)shape.InHeight && (uint)v < (uint)shape.InWidth)
                        {
                            TMeeting.Inside(plane + ((nint)u * shape.InWidth) + v, window);
                        }
                        else
                        {
                            TMeeting.Outside(window);
                        }
                    }
                }
            }
        }
    }
}

/// <summary>How the windows of a batch lie in memory. An image has L = OutHeight OutWidth windows of K = InChannels KernelHeight KernelWidth numbers.</summary>
/// <param name="ByPosition">True: [L, Batch, K], one matrix for each place of the window. False: [Batch, K, L], as torch's unfold gives them.</param>
public readonly record struct WindowOrder(bool ByPosition)
{
    internal (int Batch, int Depth, int Position) Steps(in ConvShape shape) => ByPosition
        ? (shape.Depth, 1, shape.Batch * shape.Depth)
        : (shape.Depth * shape.OutHeight * shape.OutWidth, shape.OutHeight * shape.OutWidth, 1);
}
