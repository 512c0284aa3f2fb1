namespace CourseLib.Kernels;

/// <summary>How a product is cut. Depends on the sizes and the register width only, never on the number of threads.</summary>
internal readonly struct GemmPlan
{
    /// <summary>Most rows of a packed block of A: with a slice of k it fills part of the second-level cache.</summary>
    public const int MaxBlockRows = 224;

    /// <summary>Longest slice of k: a second slice has to read C again.</summary>
    public const int MaxSlice = 512;

    // With packed operands the slice is shorter, so that a panel of B (32 KB) and one of A (14 KB) fit the first-level cache together.
    private const int PackedSlice = 256;

    // Columns of a packed block: each packed element of A is used that often.
    private const int BlockColumns = 512;

    // Multiply-adds in a block: some microseconds of work, against a tenth of one for handing it out.
    private const long BlockWork = 1 << 19;

    // Multiply-adds from which packing pays: the operands no longer fit the second-level cache.
    private const long PackWork = 1L << 27;

    // Rows of C for which it pays to turn a panel of B round: below, the turning takes longer than the sums.
    private const int RowsForPacking = 128;

    public GemmPlan(int m, int n, int k, bool transposedB, int lanes)
    {
        TileRows = lanes == 16 ? 14 : 6;
        ColumnPanels = Even.Parts(n, 2 * lanes);
        long work = (long)m * n * k;
        Pack = work > PackWork && m >= 4 * TileRows && n >= 8 * lanes;
        Slices = Even.Parts(k, Pack ? PackedSlice : MaxSlice);
        int blocks = (int)Math.Min(1 + (work / BlockWork), 64);
        if (Pack)
        {
            RowBlocks = Even.Parts(m, MaxBlockRows);
            ColumnBlocks = Math.Min(Even.Parts(n, BlockColumns), ColumnPanels);
            return;
        }
        // In place, cutting along the columns costs nothing: each panel of B is read, or packed, by one block. Rows are cut for what is left.
        ColumnBlocks = Math.Min(blocks, ColumnPanels);
        // A transposed B is packed by each block again, so that such a block has more rows.
        RowBlocks = Math.Clamp(blocks / ColumnBlocks, 1, transposedB ? Math.Max(1, m / RowsForPacking) : Even.Parts(m, TileRows));
    }

    /// <summary>Height of a full tile.</summary>
    public int TileRows { get; }

    /// <summary>Tiles across C.</summary>
    public int ColumnPanels { get; }

    /// <summary>Slices of k.</summary>
    public int Slices { get; }

    /// <summary>Whether both operands are packed.</summary>
    public bool Pack { get; }

    /// <summary>Blocks down C.</summary>
    public int RowBlocks { get; }

    /// <summary>Blocks across C.</summary>
    public int ColumnBlocks { get; }
}
