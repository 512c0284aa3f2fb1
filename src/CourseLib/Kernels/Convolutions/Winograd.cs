namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// Winograd's minimal filtering F(4x4, 3x3): sixteen neighbouring pixels of a 3x3 correlation with 36 multiplications instead of 144
/// (Winograd 1980; Lavin &amp; Gray 2015, "Fast algorithms for convolutional neural networks").
/// </summary>
/// <remarks>
/// <para>Four outputs of a filter with three taps are, transposed, a product of two polynomials. A polynomial is known by its values at as many points as
/// it has coefficients, and at a point a product is one multiplication: six points, six multiplications instead of twelve. In two dimensions, with
/// d a window of 6x6 pixels and g the filter, y = A' [(G g G') * (B' d B)] A, where * is element by element. Summed over channels, each of the 36
/// elements is a matrix product of its own, tiles by channels by filters, on the tiles of <see cref="GemmTile"/>.</para>
/// <para>The gradient of the weights is the same algorithm read the other way. What y = A' [(G g G') * (B' d B)] A sends back to g is G' [(A dy A') * (B' d B)] G: again 36 multiplications
/// instead of 144 for 16 pixels, summed over all tiles before G comes in, which is therefore as good as free (<see cref="WinogradWeightsWork"/>).</para>
/// <para>The points are 0, ±5/8, ±3/2 and infinity. With those of the paper, 0, ±1, ±2 and infinity, the powers of 2 in A and B magnify rounding errors to four or five times
/// those of the direct sum (64 channels, root mean square); with points on both sides of 1, whose product is near 1, they stay about double
/// (how to look for points: Barabasz et al. 2020, "Error analysis and improving the accuracy of Winograd convolution"). The arithmetic
/// is the same for any points ±a, ±b, because a pair shares its even and odd parts and each entry is one multiply-add. 5/8 and 3/2 are
/// binary fractions, so B and A are exact.</para>
/// <para>An infinity or NaN in an image reaches all pixels of its tiles, not only those whose window it is in.</para>
/// </remarks>
internal static unsafe class Winograd
{
    /// <summary>Rows and columns of output pixels that one tile computes.</summary>
    public const int Tile = 4;

    /// <summary>Rows and columns of a filter.</summary>
    public const int Taps = 3;

    /// <summary>Rows and columns of pixels that a tile reads, and of its transform.</summary>
    public const int Window = Tile + Taps - 1;

    /// <summary>Elements of a transform, and therefore matrix products.</summary>
    public const int Products = Window * Window;

    /// <summary>The point near 0, a.</summary>
    public const float Near = 5f / 8;

    /// <summary>The point far from 0, b.</summary>
    public const float Far = 3f / 2;

    /// <summary>What Lagrange's interpolation divides by at the points ±a.</summary>
    public const double NearScale = 1 / (2.0 * Near * Near * ((Near * Near) - (Far * Far)));

    /// <summary>The same at ±b.</summary>
    public const double FarScale = 1 / (2.0 * Far * Far * ((Far * Far) - (Near * Near)));

    /// <summary>The same at 0.</summary>
    public const double ZeroScale = 1 / ((double)Near * Near * Far * Far);

    // A row of 16 floats.
    private const int CacheLine = 16;

    /// <summary>Elements from one matrix to the next. A cache line more than it needs: at distances of powers of two all 36 would fall into the same few sets of the cache.</summary>
    public static nint Pitch(int rows, int columns) => ((nint)rows * columns) + CacheLine;

    /// <summary>Whether the algorithm can do the forward pass, or the gradient of the input.</summary>
    public static bool Fits(in ConvShape s) =>
        s.KernelHeight == Taps && s.KernelWidth == Taps && s.StrideH == 1 && s.StrideW == 1
        && s.PadTop < Taps && s.PadLeft < Taps && s.PadBottom < Taps && s.PadRight < Taps
        && s.OutWidth >= Tile && s.InWidth >= Tile;

    /// <summary><see cref="Convolution.Forward"/>, of a shape that <see cref="Fits"/>.</summary>
    public static void Forward(
        in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, Span<float> y, bool rectify)
    {
        fixed (float* px = x, pw = weights, pb = bias, py = y)
        {
            Run(new()
            {
                Shape = WinogradShape.Forward(shape), Input = px, Output = py, Rectify = rectify,
                Weights = pw, FilterStride = shape.Depth, ChannelStride = Taps * Taps, Bias = pb,
            });
        }
    }

    /// <summary><see cref="Convolution.BackwardInput"/>, of a shape that <see cref="Fits"/>.</summary>
    public static void BackwardInput(in ConvShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> weights, Span<float> dx, bool accumulate)
    {
        fixed (float* pdy = dy, pw = weights, pdx = dx)
        {
            Run(new()
            {
                Shape = WinogradShape.BackwardInput(shape), Input = pdy, Output = pdx, Accumulate = accumulate,
                Weights = pw, FilterStride = Taps * Taps, ChannelStride = shape.Depth, Flipped = true,
            });
        }
    }

    /// <summary><see cref="Convolution.BackwardWeights"/>, of a shape that <see cref="Fits"/> and <see cref="TapWork"/> suits.</summary>
    public static void BackwardWeights(in ConvShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dw, Span<float> db, bool accumulate)
    {
        int blocks = ImageBlocks.Count(shape.Batch);
        using Scratch partial = ScratchPool.Rent(blocks * TapSums.BlockSize(shape));
        fixed (float* px = x, pdy = dy, pdw = dw, pdb = db)
        {
            WidestLanes.For(blocks, new WinogradWeightsWork(shape, px, pdy, partial.Pointer));
            new TapSums(shape, partial.Pointer).AddUp(blocks, pdw, pdb, accumulate);
        }
    }

    private static void Run(in WinogradProblem problem)
    {
        using WinogradFilters filters = new(problem.Shape.Filters, problem.Shape.Channels, problem.Bias);
        WidestLanes.For(problem.Shape.Channels, new WinogradFilterWork(filters, problem));
        int blocks = problem.Shape.Blocks(Workers.Count);
        WidestLanes.For(blocks, new WinogradWork(problem, filters, blocks));
    }
}
