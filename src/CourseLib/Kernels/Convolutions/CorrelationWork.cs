namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// One image and one group of rows for each chunk: pack the image's planes, correlate, copy what are real pixels to the output unless all are. Both the forward
/// pass and the gradient of the input are this, with different filters and targets.
/// </summary>
internal unsafe struct CorrelationWork : ILaneWork
{
    public float* Input;
    public PlaneLayout Layout;
    public CorrelationTile Bank;
    public int Batch;
    public int Rows;
    public int GroupRows;
    public int Groups;
    public ImageTarget Output;

    /// <summary>Takes over a bank; it has to outlive the work.</summary>
    public CorrelationWork(float* input, int batch, in PlaneLayout layout, in FilterBank bank, in ImageTarget output)
    {
        Input = input;
        Batch = batch;
        Layout = layout;
        Bank = new() { Weights = bank.Panels, Bias = bank.Bias, Offsets = bank.Offsets, Depth = bank.Depth };
        Rows = bank.Rows;
        GroupRows = bank.GroupRows;
        Groups = bank.Groups;
        Output = output;
    }

    public readonly void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        int image = chunk / Groups;
        int start = chunk % Groups * GroupRows;
        int end = Math.Min(start + GroupRows, RowPanels.Padded(Rows));
        int length = ((Output.Rows - 1) * Layout.Pitch) + Output.Columns;
        nint size = (nint)Layout.Channels * Layout.Height * Layout.Width;
        using Scratch planes = ScratchPool.Rent(Layout.ImageSize + TLanes.Count);
        Layout.Pack<TLanes>(Input + (image * size), Input + (Batch * size), planes.Pointer);
        CorrelationTile tile = Bank;
        tile.Planes = planes.Pointer;
        if (Output.IsPlain(Layout.Pitch) && end <= Rows)
        {
            tile.Output = Output.Channel(image, start);
            tile.Pitch = Output.ChannelSize;
            Correlation.Run<TLanes>(tile, start, end, length, exact: true);
            return;
        }
        int pitch = Correlation.OutputPitch(length);
        using Scratch result = ScratchPool.Rent((long)(end - start) * pitch);
        tile.Output = result.Pointer;
        tile.Pitch = pitch;
        Correlation.Run<TLanes>(tile, start, end, length, exact: false);
        Output.Write<TLanes>(image, start, Math.Min(end, Rows), result.Pointer, pitch, Layout.Pitch);
    }
}
