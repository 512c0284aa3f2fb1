namespace CourseLib.Kernels.Convolutions;

/// <summary>The sums of each block of images for the gradient of the weights, with output channels in the lanes: for each strip of channels [taps + 1, channels], the bias in the last row.</summary>
internal readonly unsafe struct TapSums(ConvShape shape, float* partial)
{
    private readonly int taps = TapWork.PaddedTaps(shape);

    /// <summary>Floats of one block.</summary>
    public static long BlockSize(in ConvShape shape) => (long)Channels(shape, WidestLanes.Count) * (TapWork.PaddedTaps(shape) + 1);

    /// <summary>Output channels in whole registers.</summary>
    public static int Channels(in ConvShape shape, int lanes) => Even.Parts(shape.OutChannels, lanes) * lanes;

    /// <summary>Width of the next strip: two registers of channels where there are so many, and registers enough for eighteen sums.</summary>
    public static int Strip<TLanes>(int channels) where TLanes : struct, ILanes<TLanes> =>
        channels > TLanes.Count && RowPanels.ManyRegisters ? 2 * TLanes.Count : TLanes.Count;

    /// <summary>Adds the blocks' sums, first block first, and transposes them to the weights' order.</summary>
    public void AddUp(int blocks, float* dw, float* db, bool accumulate)
    {
        int size = (int)BlockSize(shape);
        for (int block = 1; block < blocks; block++)
        {
            Elementwise.Axpy(1, new(partial + ((nint)block * size), size), new(partial, size));
        }
        WidestLanes.For(1, new Result(this, dw, db, accumulate));
    }

    private readonly struct Result(TapSums sums, float* dw, float* db, bool accumulate) : ILaneWork
    {
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes> => sums.Write<TLanes>(dw, db, accumulate);
    }

    private void Write<TLanes>(float* dw, float* db, bool accumulate) where TLanes : struct, ILanes<TLanes>
    {
        int depth = shape.Depth;
        using Scratch transposed = ScratchPool.Rent(2L * TLanes.Count * depth);
        int width;
        for (int channel = 0; channel < shape.OutChannels; channel += width)
        {
            width = Strip<TLanes>(shape.OutChannels - channel);
            int count = Math.Min(width, shape.OutChannels - channel);
            float* sums = partial + ((nint)channel * (taps + 1)), target = dw + ((nint)channel * depth);
            Transposition.Run<TLanes>(sums, width, depth, count, accumulate ? transposed.Pointer : target, depth);
            if (accumulate)
            {
                Elementwise.Axpy(1, new(transposed.Pointer, count * depth), new(target, count * depth));
            }
            if (db != null)
            {
                Span<float> bias = new(sums + ((nint)taps * width), count), result = new(db + channel, count);
                if (accumulate)
                {
                    Elementwise.Axpy(1, bias, result);
                }
                else
                {
                    bias.CopyTo(result);
                }
            }
        }
    }
}
