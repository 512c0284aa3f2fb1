using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// How a product is cut. Sums depend on no cut; the number of threads is asked where one costs something: of blocks that pack their part of B each does it again.
/// </summary>
internal readonly struct GemmPlan
{
    // Numbers of A in one product, 4 MB of a slice: they stay in a cache while the panels of B, one after the other, pass all of them.
    private const int NumbersOfA = 1 << 20;

    // Columns of a block that are multiplied together, where a block has several panels: 256 KB of B, with a longest slice.
    private const int ColumnsTogether = 64;

    // Steps along the sum that are packed as one: whole columns of A, several groups of them.
    private const int PackedSteps = 64;

    // Rows a multiple of 4 KB apart all lie in the same few sets of the caches, and of 2 KB in twice as many. Of B such rows are packed from a size on, in elements, and where C has enough of
    // them to pay for it.
    private const int AliasedStride = 1024;
    private const int HalfAliasedStride = 512;
    private const long AliasedB = 1 << 17;
    private const long HalfAliasedB = (1 << 20) + 1;
    private const int RowsForAliasedB = 32;

    // Elements between two steps along the sum from which a transposed A counts as scattered: a kilobyte, where many lines share few sets of the cache. Packing it, so that it is read in
    // one go, pays for sums whose lines fill the first-level cache, and where so many column panels read it; for shorter ones and fewer where it is aliased.
    private const int ScatteredStride = 256;
    private const int PanelsForPackingA = 16;
    private const int DepthForPackingA = 512;
    private const int PanelsForPackingAliasedA = 5;
    private const int DepthForPackingAliasedA = 256;

    // From that many rows on the first strip has all six, which GemmPacking relies on.
    private const int RowsForPackingA = 36;

    // Multiply-adds in a block: some microseconds of work, against a tenth of one for handing it out. More than this many blocks balance nothing further.
    private const long BlockWork = 1 << 19;
    private const int MostBlocks = 32;

    // Rows of C in a block that packs its panels of B itself: below, turning a transposed B round takes longer than the sums. There are no more than so many a thread, for one thread no cut.
    private const int RowsForPackingB = 128;
    private const int PackingBlocksOfThread = 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] // the lanes are a constant there, and no division is left for a short product
    public GemmPlan(in GemmProblem problem, int lanes)
    {
        Lanes = lanes;
        Registers = Even.Parts(problem.N, lanes);
        Panels = Even.Parts(Registers, GemmPanel.TileColumns(lanes));
        Strips = Even.Parts(problem.M, GemmPanel.TileRows);
        Slices = Even.Parts(problem.K, LongestSlice(problem.DepthStrideA));
        RowBlocks = ColumnBlocks = 1;
        long work = (long)problem.M * problem.N * problem.K;
        bool aliasedA = problem.DepthStrideA % AliasedStride == 0;
        PackA = problem.DepthStrideA >= ScatteredStride && problem.M >= RowsForPackingA
            && (aliasedA ? Panels >= PanelsForPackingAliasedA && problem.K >= DepthForPackingAliasedA : Panels >= PanelsForPackingA && problem.K >= DepthForPackingA);
        bool packB = problem.TransposedB || (problem.M >= RowsForAliasedB && Aliased(problem));
        FirstPacked = packB ? 0 : problem.N % lanes == 0 ? Panels : Panels - 1;
        PackingsOfA = PackA ? Even.Parts(Even.Part(problem.K, Slices, 0).Length, PackedSteps) : 0;
        if (work <= BlockWork)
        {
            return;
        }

        // Cutting along the columns costs nothing: each panel of B is read, or packed, by one block. Rows are cut for what is left.
        int blocks = (int)Math.Min(1 + ((work - 1) / BlockWork), MostBlocks);
        ColumnBlocks = Math.Min(blocks, Panels);
        int wanted = Workers.Count == 1 ? 1 : PackingBlocksOfThread * Workers.Count;
        int mostPacking = Math.Clamp(problem.M / RowsForPackingB, 1, Even.Parts(wanted, ColumnBlocks));
        RowBlocks = Math.Clamp(blocks / ColumnBlocks, 1, packB ? mostPacking : Strips);
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

    /// <summary>Whether A is packed in strips because it is stored transposed, where each step along the sum is a row further, in another cache line.</summary>
    public bool PackA { get; }

    /// <summary>In how many parts A is packed; 0 when it is read in place.</summary>
    public int PackingsOfA { get; }

    /// <summary>Panels of a block that rows of A pass together, so that these come from far away once for all of them.</summary>
    public int PanelsTogether => Math.Max(1, ColumnsTogether / (GemmPanel.TileColumns(Lanes) * Lanes));

    /// <summary>Whether the product is one block, in one slice, of one panel, and nothing is packed.</summary>
    public bool IsOnePanel => Panels == 1 && Slices == 1 && FirstPacked == 1 && Blocks == 1 && !PackA;

    /// <summary>Blocks of C.</summary>
    public int Blocks => RowBlocks * ColumnBlocks;

    /// <summary>Blocks down C.</summary>
    public int RowBlocks { get; }

    /// <summary>Blocks across C.</summary>
    public int ColumnBlocks { get; }

    /// <summary>
    /// Longest slice of k: a panel of B as long as that (256 KB) stays in the second-level cache while the rows of A pass by, and a second slice has to read C again. A transposed A is read
    /// across its rows, a line for each step: of half as many the lines stay in the first-level cache for the next tile, which needs more of them.
    /// </summary>
    public static int LongestSlice(nint depthStrideA) => depthStrideA == 1 ? 1024 : 512;

    /// <summary>Most rows of one product.</summary>
    public static int MostRows(nint depthStrideA) => NumbersOfA / LongestSlice(depthStrideA);

    /// <summary>First column of panel <paramref name="index"/>, and its columns in whole registers.</summary>
    public (int Start, int Width) Panel(int index)
    {
        (int start, int registers) = Even.Part(Registers, Panels, index);
        return (start * Lanes, registers * Lanes);
    }

    private static bool Aliased(in GemmProblem problem)
    {
        long sizeOfB = (long)problem.N * problem.K;
        return sizeOfB >= AliasedB && problem.LeadingB % (sizeOfB >= HalfAliasedB ? HalfAliasedStride : AliasedStride) == 0;
    }
}
