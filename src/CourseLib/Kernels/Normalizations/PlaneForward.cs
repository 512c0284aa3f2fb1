using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Normalizations;

/// <summary>The forward pass in training for one group of channels of images; <typeparamref name="TActivation"/> is what is done to y before it is stored.</summary>
/// <remarks>
/// One pass gives both statistics: with d = x - pivot, m mu = m pivot + sum of d, and m sigma^2 = sum of d^2 - (sum of d)^2 / m (Chan, Golub and LeVeque 1983, "shifted data").
/// The subtraction costs digits where the pivot is far from mu. The mean of one of a channel's N blocks never is: (pivot - mu)^2 is one of N such squares, whose mean is at most
/// sigma^2, so that the sum of d^2 is at most 1 + N times what is left of it.
/// </remarks>
internal readonly unsafe struct PlaneForward<TActivation>(BatchShape shape, ChannelData data, float epsilon) : ILaneWork where TActivation : struct, IUnaryOperator
{
    private const int Arrays = 2;

    /// <summary>The number of groups.</summary>
    public int Chunks => ChannelGroups.Count(shape, Arrays);

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        (int first, int channels) = ChannelGroups.Group(shape, Arrays, chunk);
        nint plane = shape.Spatial, image = shape.Channels * plane;
        float* x = data.X + (first * plane), y = data.Y + (first * plane);
        float* pivots = stackalloc float[ChannelGroups.MostChannels];
        double* sums = stackalloc double[ChannelGroups.MostChannels];
        double* squares = stackalloc double[ChannelGroups.MostChannels];
        for (int c = 0; c < channels; c++)
        {
            nint length = Math.Min(plane, ChannelGroups.BlockLength);
            double sum = 0, unused = 0;
            Sum<TLanes>(x + (c * plane), 0, length, 0, ref sum, ref unused);
            (pivots[c], sums[c], squares[c]) = ((float)(sum / length), 0, 0);
        }

        for (nint n = 0; n < shape.Batch; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                Sum<TLanes>(x + (n * image) + (c * plane), pivots[c], plane, image, ref sums[c], ref squares[c]);
            }
        }

        NormalizeOperator* normalize = stackalloc NormalizeOperator[ChannelGroups.MostChannels];
        for (int c = 0; c < channels; c++)
        {
            double offset = sums[c] / shape.PerChannel;
            normalize[c] = data.Finish(first + c, (float)(pivots[c] + offset), Math.Max(0, squares[c] - (sums[c] * offset)), shape.PerChannel, epsilon);
        }

        for (nint n = 0; n < shape.Batch; n++)
        {
            for (int c = 0; c < channels; c++)
            {
                nint start = (n * image) + (c * plane);
                Write<TLanes>(x + start, y + start, plane, image, normalize[c]);
            }
        }
    }

    /// <summary>Adds up x - pivot and its square, and asks for the lines of the same plane of the next image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TLanes>(float* x, float pivot, nint length, nint image, ref double sum, ref double squares) where TLanes : struct, ILanes<TLanes>
    {
        TLanes center = TLanes.Broadcast(pivot), zero = TLanes.Broadcast(0);
        for (nint i = 0; i < length;)
        {
            TLanes even = zero, odd = zero, evenSquares = zero, oddSquares = zero;
            nint end = Math.Min(i + ChannelGroups.BlockLength, length);
            for (; i <= end - (2 * TLanes.Count); i += 2 * TLanes.Count)
            {
                LinesAhead.Ask(x + i + image);
                LinesAhead.Ask(x + i + TLanes.Count + image);
                TLanes a = TLanes.Load(x + i) - center, b = TLanes.Load(x + i + TLanes.Count) - center;
                even += a;
                odd += b;
                evenSquares = TLanes.MultiplyAdd(a, a, evenSquares);
                oddSquares = TLanes.MultiplyAdd(b, b, oddSquares);
            }
            for (; i < end; i += TLanes.Count)
            {
                int count = (int)Math.Min(TLanes.Count, end - i);
                LinesAhead.Ask(x + i + image);
                TLanes a = TLanes.KeepFirst(TLanes.Load(x + i, count) - center, count);
                even += a;
                evenSquares = TLanes.MultiplyAdd(a, a, evenSquares);
            }
            sum += TLanes.Sum(even + odd);
            squares += TLanes.Sum(evenSquares + oddSquares);
        }
    }

    /// <summary>y = f((x - mean) scale + shift).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Write<TLanes>(float* x, float* y, nint length, nint image, NormalizeOperator normalize) where TLanes : struct, ILanes<TLanes>
    {
        TLanes mean = TLanes.Broadcast(normalize.Mean), scale = TLanes.Broadcast(normalize.Scale), shift = TLanes.Broadcast(normalize.Shift);
        nint i = 0;
        for (; i <= length - TLanes.Count; i += TLanes.Count)
        {
            LinesAhead.Ask(y + i + image);
            TLanes.Store(default(TActivation).Invoke(TLanes.MultiplyAdd(TLanes.Load(x + i) - mean, scale, shift)), y + i);
        }
        if (i < length)
        {
            int count = (int)(length - i);
            LinesAhead.Ask(y + i + image);
            TLanes.Store(default(TActivation).Invoke(TLanes.MultiplyAdd(TLanes.Load(x + i, count) - mean, scale, shift)), y + i, count);
        }
    }
}
