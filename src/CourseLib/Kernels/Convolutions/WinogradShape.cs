namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// Sizes of a 3x3 correlation at stride 1 as <see cref="WinogradWork"/> sees it: forward, or backward to the input, where the output's gradient is the
/// image and the filters are flipped. The output is cut into tiles of 4x4 pixels; the last ones may hang over its edge.
/// </summary>
/// <param name="Batch">Images.</param>
/// <param name="Channels">Channels that are read: the length of the sums.</param>
/// <param name="Height">Rows that are read.</param>
/// <param name="Width">Columns that are read.</param>
/// <param name="PadTop">Zero rows above them.</param>
/// <param name="PadLeft">Zero columns left of them.</param>
/// <param name="Filters">Channels that are written.</param>
/// <param name="OutHeight">Rows that are written.</param>
/// <param name="OutWidth">Columns that are written.</param>
internal readonly record struct WinogradShape(
    int Batch, int Channels, int Height, int Width, int PadTop, int PadLeft, int Filters, int OutHeight, int OutWidth)
{
    // Tiles of a block: its transforms (half a megabyte with 64 channels) stay in the second-level cache, and each filter read from there serves so many tiles.
    private const int BlockTiles = 48;

    // With few images there are so many blocks nevertheless, as long as one fills a register tile of the product.
    private const int EnoughBlocks = 8;
    private const int LeastTiles = 14;

    // The half of an image of 14x14 pixels. Measured on one thread, twice the block takes 7% more than an undivided one.
    private const int FewestTiles = 8;

    // Measured, in multiply-adds of the products: what the way to the transform and back takes for one channel of a tile, and the transform of one filter's channel.
    private const double TileCost = 600, FilterCost = 370;

    // Transforms work on whole registers.
    private const int Lanes = 16;

    // A block is at least one row of tiles: of wider images it would not stay in the cache.
    private const int MostColumns = 4 * BlockTiles;

    // The transformed filters are four times the filters; with so many (1024 x 1024) they take 150 MB.
    private const long MostFilters = 1 << 20;

    // The sums of the weights' gradient are as many, for each thread: 10 MB.
    private const long MostWeights = 1 << 16;

    /// <summary>Rows of tiles in an image.</summary>
    public int TileRows => Even.Parts(OutHeight, Winograd.Tile);

    /// <summary>Tiles in a row.</summary>
    public int TileColumns => Even.Parts(OutWidth, Winograd.Tile);

    /// <summary>Pixels of a row of tiles that are within the image's columns.</summary>
    public int TilePixels => Winograd.Tile * OutWidth;

    /// <summary>Rows of tiles in all images: what is shared out.</summary>
    public int AllRows => Batch * TileRows;

    /// <summary>
    /// Blocks of rows of tiles for so many threads. An image of few tiles is one block for one thread, which then reads each filter once, and two for more: no number depends on it, as every sum
    /// is within one tile.
    /// </summary>
    public int Blocks(int threads)
    {
        long tiles = (long)AllRows * TileColumns;
        int least = threads > 1 && tiles < 2 * LeastTiles ? FewestTiles : LeastTiles;
        int most = (int)Math.Clamp(tiles / EnoughBlocks, least, BlockTiles);
        return Even.Parts(AllRows, Math.Max(1, (most + (TileColumns / 2)) / TileColumns));
    }

    /// <summary>Whether a quarter of the multiplications pays for the transforms: not with few channels, few pixels, or tiles that hang far over the edges.</summary>
    public bool Pays
    {
        get
        {
            double filters = (double)Channels * Filters, tiles = (double)AllRows * TileColumns;
            double pixels = (double)Batch * OutHeight * (OutWidth + 1); // the direct way computes a gutter, too
            double registers = Even.Parts(Channels, Lanes) + Even.Parts(Filters, Lanes);
            double transforms = (tiles * TileCost * Lanes * registers) + (FilterCost * filters);
            return filters <= MostFilters && TileColumns <= MostColumns && (Winograd.Products * tiles * filters) + transforms < Winograd.Taps * Winograd.Taps * pixels * filters;
        }
    }

    /// <summary>The same for the gradient of the weights, whose transforms are those of the pixels and of the gradient, and one of the sums for each block of images.</summary>
    public bool PaysForWeights
    {
        get
        {
            double filters = (double)Channels * Filters, tiles = (double)AllRows * TileColumns, pixels = (double)Batch * OutHeight * OutWidth;
            double registers = Even.Parts(Channels, Lanes) + Even.Parts(Filters, Lanes);
            double transforms = (tiles * TileCost * Lanes * registers) + (FilterCost * ImageBlocks.Count(Batch) * filters);
            return filters <= MostWeights && TileColumns <= MostColumns && (Winograd.Products * tiles * filters) + transforms < Winograd.Taps * Winograd.Taps * pixels * filters;
        }
    }

    /// <summary>The forward pass.</summary>
    public static WinogradShape Forward(in ConvShape s) =>
        new(s.Batch, s.InChannels, s.InHeight, s.InWidth, s.PadTop, s.PadLeft, s.OutChannels, s.OutHeight, s.OutWidth);

    /// <summary>The gradient of the input: a correlation with the flipped filters, whose padding is what the forward pass left of the window.</summary>
    public static WinogradShape BackwardInput(in ConvShape s) =>
        new(s.Batch, s.OutChannels, s.OutHeight, s.OutWidth, Winograd.Taps - 1 - s.PadTop, Winograd.Taps - 1 - s.PadLeft, s.InChannels, s.InHeight, s.InWidth);
}
