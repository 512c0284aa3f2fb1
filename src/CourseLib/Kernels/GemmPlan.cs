namespace CourseLib.Kernels;

/// <summary>How a product is cut. Depends on the sizes and the register width only, never on the number of threads.</summary>
internal readonly struct GemmPlan
{
    /// <summary>Most rows of a packed block of A: with a slice of k it fills part of the second-level cache.</summary>
    public const int MaxBlockRows = 256;

    /// <summary>Longest slice of k: a second slice has to read C again.</summary>
    public const int MaxSlice = 512;

    /// <summary>Elements between two steps along the sum from which A counts as scattered: a kilobyte, where many lines share few sets of the cache.</summary>
    public const int ScatteredStride = 256;

    // With packed operands the slice is shorter, so that a panel of B (32 KB with AVX-512) stays in the first-level cache.
    private const int PackedSlice = 128;

    // Columns of a packed block: each packed element of A is used that often.
    private const int BlockColumns = 512;

    // A transposed A pays for its packing when it is read by so many column panels, over sums so long that its cache lines do not stay in the first-level cache.
    private const int PanelsForPackingA = 2;
    private const int DepthForPackingA = 128;

    // Multiply-adds in a block: some microseconds of work, against a tenth of one for handing it out. More than this many blocks balance nothing further.
    private const long BlockWork = 1 << 19;
    private const int MostBlocks = 32;

    // Multiply-adds from which packing B pays: the operands no longer fit the second-level cache.
    private const long PackWork = 1L << 27;

    // Rows of C for which it pays to turn a panel of B round: below, the turning takes longer than the sums.
    private const int RowsForPacking = 128;

    public GemmPlan(int m, int n, int k, bool scatteredA, bool transposedB, int lanes)
    {
        ColumnPanels = Even.Parts(n, GemmPanel.TileColumns(lanes) * lanes);
        RowBlocks = ColumnBlocks = 1;
        long work = (long)m * n * k;
        PackB = work > PackWork && m >= 8 * GemmPanel.TileRows;
        PackA = scatteredA && k >= DepthForPackingA && ColumnPanels >= PanelsForPackingA;
        Slices = Even.Parts(k, PackB ? PackedSlice : MaxSlice);
        if (work <= BlockWork && !PackA)
        {
            return;
        }

        int blocks = (int)Math.Min(1 + ((work - 1) / BlockWork), MostBlocks);
        if (PackB)
        {
            RowBlocks = Even.Parts(m, MaxBlockRows);
            ColumnBlocks = Math.Min(Even.Parts(n, BlockColumns), ColumnPanels);
            return;
        }

        // A transposed B is packed by each block again, so that such a block has more rows.
        int mostRowBlocks = transposedB ? Math.Max(1, m / RowsForPacking) : Even.Parts(m, GemmPanel.TileRows);
        if (PackA)
        {
            // Rows first: each element of A is packed by one block, and used for all its columns. A packed block has to fit its memory.
            RowBlocks = Math.Max(Math.Min(blocks, mostRowBlocks), Even.Parts(m, MaxBlockRows));
            ColumnBlocks = Math.Clamp(blocks / RowBlocks, 1, ColumnPanels);
            return;
        }

        // In place, cutting along the columns costs nothing: each panel of B is read, or packed, by one block. Rows are cut for what is left.
        ColumnBlocks = Math.Min(blocks, ColumnPanels);
        RowBlocks = Math.Clamp(blocks / ColumnBlocks, 1, mostRowBlocks);
    }

    /// <summary>Tiles across C.</summary>
    public int ColumnPanels { get; }

    /// <summary>Slices of k.</summary>
    public int Slices { get; }

    /// <summary>Whether a B that is not transposed is packed, too.</summary>
    public bool PackB { get; }

    /// <summary>Whether A is turned round because it is stored transposed, where each step along the sum is a row further, in another cache line.</summary>
    public bool PackA { get; }

    /// <summary>Blocks down C.</summary>
    public int RowBlocks { get; }

    /// <summary>Blocks across C.</summary>
    public int ColumnBlocks { get; }
}
