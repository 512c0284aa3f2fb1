using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>Where the pixels of a result go: rows and columns of a [batch, channels, height, width] tensor, with steps when it is one phase of a stride.</summary>
internal unsafe struct ImageTarget
{
    /// <summary>Pixel (0, 0) of channel 0 of image 0.</summary>
    public float* Start;

    public int Channels;

    /// <summary>Elements of one channel.</summary>
    public int ChannelSize;

    public int Rows;
    public int Columns;

    /// <summary>Elements from one row to the next.</summary>
    public int RowStep;

    /// <summary>Elements from one column to the next.</summary>
    public int ColumnStep;

    public bool Accumulate;

    /// <summary>Whether negative numbers become 0 on their way: a ReLU that costs no pass of its own. Not together with <see cref="Accumulate"/>.</summary>
    public bool Rectify;

    /// <summary>Where they go instead when a max-pooling takes them over.</summary>
    public PooledTarget Pooled;

    /// <summary>The output of a convolution.</summary>
    public static ImageTarget Output(in ConvShape shape, float* y, bool rectify) => new()
    {
        Start = y, Channels = shape.OutChannels, ChannelSize = shape.OutHeight * shape.OutWidth,
        Rows = shape.OutHeight, Columns = shape.OutWidth, RowStep = shape.OutWidth, ColumnStep = 1, Rectify = rectify,
    };

    /// <summary>Whether rows that lie <paramref name="pitch"/> apart are stored as they are, so that a tile may store them itself.</summary>
    public readonly bool IsPlain(int pitch) => ColumnStep == 1 && RowStep == Columns && pitch == Columns && !Accumulate && !Rectify && !Pooled.IsWanted;

    /// <summary>Pixel (0, 0) of a channel of an image.</summary>
    public readonly float* Channel(int image, int channel) => Start + ((((nint)image * Channels) + channel) * ChannelSize);

    /// <summary>Writes (or adds) some channels of one image from rows that lie <paramref name="pitch"/> apart.</summary>
    /// <param name="image">The image.</param>
    /// <param name="first">First channel.</param>
    /// <param name="end">Channel after the last.</param>
    /// <param name="source">The first channel's rows.</param>
    /// <param name="sourceSize">Elements from one channel of the source to the next.</param>
    /// <param name="pitch">Elements from one row of the source to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Write<TLanes>(int image, int first, int end, float* source, int sourceSize, int pitch) where TLanes : struct, ILanes<TLanes>
    {
        if (Pooled.IsWanted)
        {
            Pooled.WritePlanes<TLanes>(image, first, end, source, sourceSize, pitch);
            return;
        }
        float* target = Channel(image, first);
        float* stop = target + ((nint)(end - first) * ChannelSize);
        TLanes floor = TLanes.Broadcast(Rectify ? 0 : float.NegativeInfinity);
        bool gapless = ColumnStep == 1 && RowStep == Columns && pitch == Columns;
        int rows = gapless ? 1 : Rows, length = gapless ? Rows * Columns : Columns;
        for (int channel = first; channel < end; channel++, source += sourceSize, target += ChannelSize)
        {
            for (int row = 0; row < rows; row++)
            {
                float* from = source + (row * pitch), to = target + (row * RowStep);
                if (ColumnStep != 1)
                {
                    ScatterRow(from, to);
                }
                else if (Accumulate)
                {
                    AddRow<TLanes>(from, to, length);
                }
                else
                {
                    CopyRow(from, to, RowStep == Columns ? stop : to + length, length, floor);
                }
            }
        }
    }

    // Whole registers are written as long as they stay before `stop`: what they spoil is written afterwards.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRow<TLanes>(float* source, float* target, float* stop, int length, TLanes floor) where TLanes : struct, ILanes<TLanes>
    {
        int i = 0;
        for (; i < length && target + i + TLanes.Count <= stop; i += TLanes.Count)
        {
            TLanes.Store(AtLeast(floor, TLanes.Load(source + i)), target + i);
        }
        if (i < length)
        {
            TLanes.Store(AtLeast(floor, TLanes.Load(source + i, length - i)), target + i, length - i);
        }
    }

    // NaN stays NaN, as in ReluOperator.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AtLeast<TLanes>(TLanes floor, TLanes x) where TLanes : struct, ILanes<TLanes> => TLanes.Select(TLanes.LessThan(x, floor), floor, x);

    private static void AddRow<TLanes>(float* source, float* target, int length) where TLanes : struct, ILanes<TLanes>
    {
        for (int i = 0; i < length; i += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, length - i);
            TLanes.Store(TLanes.Load(target + i, count) + TLanes.Load(source + i, count), target + i, count);
        }
    }

    private readonly void ScatterRow(float* source, float* target)
    {
        for (int column = 0; column < Columns; column++, target += ColumnStep)
        {
            *target = Accumulate ? *target + source[column] : source[column];
        }
    }
}
