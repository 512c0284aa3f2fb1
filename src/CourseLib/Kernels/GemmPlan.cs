using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// How a product is cut. Sums depend on no cut; the number of threads is asked where one costs something: what is packed for a block of columns needs room in a cache, and of blocks
/// that turn their part of B round each does it again.
/// </summary>
internal readonly struct GemmPlan
{
    /// <summary>Most rows and columns of one product: what is packed of A and B stays a few megabytes each, however large C is.</summary>
    public const int LongestSide = 4096;

    // Strips of A that are packed as one: whole cache lines of its columns, several of them.
    private const int PackedStrips = 11;

    /// <summary>Longest slice of k: a second slice has to read C again.</summary>
    public const int LongestSlice = 512;

    // Columns of a packed block: with a slice of k, 512 KB, they stay in a second-level cache of a megabyte while all rows pass by. Where it has two, 384 columns take a hundredth less time.
    private const int BlockColumns = 256;

    // Strips of rows in a packed block.
    private const int BlockStrips = 16;

    // Elements between two steps along the sum from which A counts as scattered: a kilobyte, where many lines share few sets of the cache. Packing it pays when it is read by so
    // many column panels, by fewer where all lines lie in two sets, over sums so long that its cache lines do not stay in the first-level cache.
    private const int ScatteredStride = 256;
    private const int ConflictingStride = 512;
    private const int PanelsForPackingA = 5;
    private const int PanelsForPackingConflicts = 2;
    private const int DepthForPackingA = 128;

    // From that many rows on the first strip has all six, which GemmPacking relies on.
    private const int RowsForPackingA = 36;

    // Multiply-adds in a block: some microseconds of work, against a tenth of one for handing it out. More than this many blocks balance nothing further.
    private const long BlockWork = 1 << 19;
    private const int MostBlocks = 32;

    // B is packed for all blocks when it does not stay in the second-level cache (2 MB, in elements; half of it where each block would have to turn it round), and the rows of C
    // are enough to pay for it: each packed element is used once for each.
    private const long LargeB = 1 << 19;
    private const int RowsForLargeB = 384;

    // Rows of C in a block that turns its panels of a transposed B round itself: below, the turning takes longer than the sums. There are no more than so many a thread, for one thread no cut.
    private const int RowsForTurning = 128;
    private const int TurningBlocksOfThread = 2;

    // Rows of B a multiple of 4 KB apart all lie in the same few sets of the caches: a smaller B and fewer rows suffice.
    private const int AliasedStride = 1024;
    private const long AliasedB = 1 << 17;
    private const int RowsForAliasedB = 32;

    private readonly int longestSlice;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // the lanes are a constant there, and no division is left for a short product
    public GemmPlan(in GemmProblem problem, int lanes)
    {
        Lanes = lanes;
        Registers = Even.Parts(problem.N, lanes);
        Panels = Even.Parts(Registers, GemmPanel.TileColumns(lanes));
        Strips = Even.Parts(problem.M, GemmPanel.TileRows);
        Slices = Even.Parts(problem.K, LongestSlice);
        RowBlocks = ColumnBlocks = 1;
        long work = (long)problem.M * problem.N * problem.K;
        PackA = problem.DepthStrideA >= ScatteredStride && problem.K >= DepthForPackingA && problem.M >= RowsForPackingA
            && Panels >= (problem.DepthStrideA % ConflictingStride == 0 ? PanelsForPackingConflicts : PanelsForPackingA);
        bool shareB = PackingPays(problem), packB = problem.TransposedB || shareB;
        FirstPacked = packB ? 0 : problem.N % lanes == 0 ? Panels : Panels - 1;
        SharesB = shareB || (PackA && FirstPacked < Panels); // a packed A is cut into many short blocks: each would pack B again
        longestSlice = Even.Part(problem.K, Slices, 0).Length;
        PackingsOfA = PackA ? Even.Parts(Strips, PackedStrips) : 0;
        LengthOfA = PackA ? (long)Strips * GemmPanel.TileRows * longestSlice : 0;
        if (work <= BlockWork)
        {
            return;
        }

        int blocks = (int)Math.Min(1 + ((work - 1) / BlockWork), MostBlocks);
        if (SharesB || PackA)
        {
            ColumnBlocks = Even.Parts(problem.N, BlockColumns);
            RowBlocks = Math.Min(Math.Max(blocks / ColumnBlocks, Even.Parts(Strips, BlockStrips)), Strips);
            return;
        }

        // Cutting along the columns costs nothing: each panel of B is read, or turned round, by one block. Rows are cut for what is left.
        ColumnBlocks = Math.Min(blocks, Panels);
        int wanted = Workers.Count == 1 ? 1 : TurningBlocksOfThread * Workers.Count;
        int mostTurning = Math.Clamp(problem.M / RowsForTurning, 1, Even.Parts(wanted, ColumnBlocks));
        RowBlocks = Math.Clamp(blocks / ColumnBlocks, 1, packB ? mostTurning : Strips);
    }

    /// <summary>Elements in a register.</summary>
    public int Lanes { get; }

    /// <summary>Registers across C; the last one may be a part of one.</summary>
    public int Registers { get; }

    /// <summary>Tiles across C.</summary>
    public int Panels { get; }

    /// <summary>Tiles down C.</summary>
    public int Strips { get; }

    /// <summary>Slices of k.</summary>
    public int Slices { get; }

    /// <summary>The panels of B from this one on are packed: all, only the last because it ends within a register, or none.</summary>
    public int FirstPacked { get; }

    /// <summary>
    /// Whether B is packed before the blocks of a phase begin, once for all of them. Else each block packs what it needs: a second thread would wait for what the first one has just
    /// written longer than it takes to pack a small panel again.
    /// </summary>
    public bool SharesB { get; }

    /// <summary>Whether A is packed in strips because it is stored transposed, where each step along the sum is a row further, in another cache line.</summary>
    public bool PackA { get; }

    /// <summary>In how many parts A is packed; 0 when it is read in place.</summary>
    public int PackingsOfA { get; }

    /// <summary>Elements that a slice of the packed A takes.</summary>
    public long LengthOfA { get; }

    /// <summary>How many parts of A and B are packed before the blocks of a phase begin: the panels of its columns, and before the first ones A.</summary>
    public int Packings(GemmPhase phase) => PackedPanels(phase).Count + (phase.Column == 0 ? PackingsOfA : 0);

    /// <summary>The panels of B that are packed for all blocks of a phase.</summary>
    public (int First, int Count) PackedPanels(GemmPhase phase)
    {
        if (!SharesB)
        {
            return (0, 0);
        }
        int first = Math.Max(Even.Part(Panels, ColumnBlocks, phase.Column).Start, FirstPacked);
        (int last, int panels) = Even.Part(Panels, ColumnBlocks, phase.Column + phase.Columns - 1);
        return (first, Math.Max(0, last + panels - first));
    }

    /// <summary>Elements that a shared B takes in a phase.</summary>
    public long LengthOfB =>
        SharesB ? (long)Math.Min(ColumnsOfPhase * Even.Parts(Panels, ColumnBlocks), Panels - FirstPacked) * GemmPanel.TileColumns(Lanes) * Lanes * longestSlice : 0;

    /// <summary>Blocks of columns in a phase: what is packed of B for one of them stays in a second-level cache, so there are as many as threads.</summary>
    public int ColumnsOfPhase => SharesB ? Math.Min(ColumnBlocks, Workers.Count) : ColumnBlocks;

    /// <summary>Blocks of C.</summary>
    public int Blocks => RowBlocks * ColumnBlocks;

    /// <summary>Blocks down C.</summary>
    public int RowBlocks { get; }

    /// <summary>Blocks across C.</summary>
    public int ColumnBlocks { get; }

    /// <summary>First column of panel <paramref name="index"/>, and its columns in whole registers.</summary>
    public (int Start, int Width) Panel(int index)
    {
        (int start, int registers) = Even.Part(Registers, Panels, index);
        return (start * Lanes, registers * Lanes);
    }

    private static bool PackingPays(in GemmProblem problem)
    {
        long sizeOfB = (long)problem.N * problem.K;
        return problem.TransposedB ? sizeOfB >= LargeB / 2 && problem.M >= RowsForLargeB
            : problem.LeadingB % AliasedStride == 0 ? sizeOfB >= AliasedB && problem.M >= RowsForAliasedB
            : sizeOfB >= LargeB && problem.M >= RowsForLargeB;
    }
}
