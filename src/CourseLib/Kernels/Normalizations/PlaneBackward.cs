using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Normalizations;

/// <summary>
/// The backward pass for one group of channels of images. <typeparamref name="TActivation"/> turns dy and y into the gradient before the activation; y is
/// computed again from x, in the same way as in the forward pass and so to the same bits: faster than reading it.
/// </summary>
internal readonly unsafe struct PlaneBackward<TActivation>(BatchShape shape, ChannelData data, bool frozen) : ILaneWork where TActivation : struct, IBinaryOperator
{
    private const int Arrays = 3;

    /// <summary>The number of groups.</summary>
    public int Chunks => ChannelGroups.Count(shape, Arrays);

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        (int first, int channels) = ChannelGroups.Group(shape, Arrays, chunk);
        nint plane = shape.Spatial, image = shape.Channels * plane;
        float* x = data.X + (first * plane), dy = data.Dy + (first * plane), dx = data.Dx + (first * plane);
        double* sums = stackalloc double[ChannelGroups.MostChannels];
        double* products = stackalloc double[ChannelGroups.MostChannels];
        new Span<double>(sums, channels).Clear();
        new Span<double>(products, channels).Clear();
        for (nint n = 0; n < shape.Batch; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                nint start = (n * image) + (c * plane);
                Sum<TLanes>(x + start, dy + start, plane, image, data.Normalize(first + c), ref sums[c], ref products[c]);
            }
        }

        NormalizeGradientOperator* gradients = stackalloc NormalizeGradientOperator[ChannelGroups.MostChannels];
        for (int c = 0; c < channels; c++)
        {
            gradients[c] = data.FinishGradient(first + c, sums[c], products[c], shape.PerChannel, frozen);
        }

        for (nint n = 0; n < shape.Batch && data.Dx != null; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                nint start = (n * image) + (c * plane);
                Write<TLanes>(x + start, dy + start, dx + start, plane, image, data.Normalize(first + c), gradients[c], data.AccumulateInput);
            }
        }
    }

    /// <summary>Adds up dy and dy (x - mean), and asks for the lines of the same planes of the next image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TLanes>(float* x, float* dy, nint length, nint image, NormalizeOperator normalize, ref double sum, ref double product)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes mean = TLanes.Broadcast(normalize.Mean), scale = TLanes.Broadcast(normalize.Scale), shift = TLanes.Broadcast(normalize.Shift), zero = TLanes.Broadcast(0);
        for (nint i = 0; i < length;)
        {
            TLanes even = zero, odd = zero, evenProduct = zero, oddProduct = zero;
            nint end = Math.Min(i + ChannelGroups.BlockLength, length);
            for (; i <= end - (2 * TLanes.Count); i += 2 * TLanes.Count)
            {
                LinesAhead.Ask(x + i + image);
                LinesAhead.Ask(x + i + TLanes.Count + image);
                LinesAhead.Ask(dy + i + image);
                LinesAhead.Ask(dy + i + TLanes.Count + image);
                TLanes a = TLanes.Load(x + i) - mean, b = TLanes.Load(x + i + TLanes.Count) - mean;
                TLanes da = default(TActivation).Invoke(TLanes.Load(dy + i), TLanes.MultiplyAdd(a, scale, shift));
                TLanes db = default(TActivation).Invoke(TLanes.Load(dy + i + TLanes.Count), TLanes.MultiplyAdd(b, scale, shift));
                even += da;
                odd += db;
                evenProduct = TLanes.MultiplyAdd(da, a, evenProduct);
                oddProduct = TLanes.MultiplyAdd(db, b, oddProduct);
            }
            for (; i < end; i += TLanes.Count)
            {
                // Beyond the end dy is 0, and so are both terms.
                int count = (int)Math.Min(TLanes.Count, end - i);
                TLanes a = TLanes.Load(x + i, count) - mean;
                TLanes da = default(TActivation).Invoke(TLanes.Load(dy + i, count), TLanes.MultiplyAdd(a, scale, shift));
                even += da;
                evenProduct = TLanes.MultiplyAdd(da, a, evenProduct);
            }
            sum += TLanes.Sum(even + odd);
            product += TLanes.Sum(evenProduct + oddProduct);
        }
    }

    /// <summary>dx = scale dy + slope (x - mean) + shift, or added to dx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<TLanes>(
        float* x, float* dy, float* dx, nint length, nint image, NormalizeOperator normalize, NormalizeGradientOperator gradient, bool accumulate)
        where TLanes : struct, ILanes<TLanes>
    {
        Coefficients<TLanes> coefficients = new(normalize, gradient);
        nint i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            LinesAhead.Ask(dx + i + image);
            TLanes value = coefficients.Gradient(TLanes.Load(x + i), TLanes.Load(dy + i));
            TLanes.Store(accumulate ? TLanes.Load(dx + i) + value : value, dx + i);
        }
        if (i < length)
        {
            int count = (int)(length - i);
            LinesAhead.Ask(dx + i + image);
            TLanes value = coefficients.Gradient(TLanes.Load(x + i, count), TLanes.Load(dy + i, count));
            TLanes.Store(accumulate ? TLanes.Load(dx + i, count) + value : value, dx + i, count);
        }
    }

    /// <summary>A channel's numbers, each in all lanes of a register.</summary>
    [method: MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly struct Coefficients<TLanes>(NormalizeOperator normalize, NormalizeGradientOperator gradient) where TLanes : struct, ILanes<TLanes>
    {
        private readonly TLanes mean = TLanes.Broadcast(normalize.Mean);
        private readonly TLanes forwardScale = TLanes.Broadcast(normalize.Scale);
        private readonly TLanes forwardShift = TLanes.Broadcast(normalize.Shift);
        private readonly TLanes scale = TLanes.Broadcast(gradient.Scale);
        private readonly TLanes slope = TLanes.Broadcast(gradient.Slope);
        private readonly TLanes shift = TLanes.Broadcast(gradient.Shift);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Gradient(TLanes x, TLanes dy)
        {
            TLanes centered = x - mean;
            dy = default(TActivation).Invoke(dy, TLanes.MultiplyAdd(centered, forwardScale, forwardShift));
            return TLanes.MultiplyAdd(dy, scale, TLanes.MultiplyAdd(centered, slope, shift));
        }
    }
}
