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

    /// <summary>Writes (or adds) one channel from rows that lie <paramref name="pitch"/> apart.</summary>
    public readonly void Write<TLanes>(int image, int channel, float* source, int pitch) where TLanes : struct, ILanes<TLanes>
    {
        float* target = Start + (((nint)image * Channels) + channel) * ChannelSize;
        for (int row = 0; row < Rows; row++, source += pitch, target += RowStep)
        {
            if (ColumnStep == 1)
            {
                CopyRow<TLanes>(source, target);
            }
            else
            {
                ScatterRow(source, target);
            }
        }
    }

    private readonly void CopyRow<TLanes>(float* source, float* target) where TLanes : struct, ILanes<TLanes>
    {
        int column = 0;
        for (; column <= Columns - TLanes.Count; column += TLanes.Count)
        {
            TLanes value = TLanes.Load(source + column);
            TLanes.Store(Accumulate ? TLanes.Load(target + column) + value : value, target + column);
        }
        if (column < Columns)
        {
            int count = Columns - column;
            TLanes value = TLanes.Load(source + column, count);
            TLanes.Store(Accumulate ? TLanes.Load(target + column, count) + value : value, target + column, count);
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
