namespace CourseLib.Kernels.Softmaxes;

/// <summary>What is done to one row of a matrix.</summary>
internal interface IRow
{
    void Run<TLanes>(int row) where TLanes : struct, ILanes<TLanes>;
}

/// <summary>Does it to all rows, some of them in each chunk.</summary>
internal readonly struct RowWork<TRow>(TRow row, int rows, int rowsPerChunk) : ILaneWork where TRow : struct, IRow
{
    // About this many elements are worth handing out.
    private const int ChunkElements = 4096;

    public static void For(TRow row, int rows, int columns)
    {
        int perChunk = Math.Max(1, ChunkElements / columns);
        WidestLanes.For((rows + perChunk - 1) / perChunk, new RowWork<TRow>(row, rows, perChunk));
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        int end = Math.Min((chunk + 1) * rowsPerChunk, rows);
        for (int i = chunk * rowsPerChunk; i < end; i++)
        {
            row.Run<TLanes>(i);
        }
    }
}
