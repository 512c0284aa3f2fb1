using System.Runtime.CompilerServices;

namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// Transformed filters in the order in which the products read them: panels of two registers of filters (the last one may be one), in each the 36 matrices
/// [channels, panel].
/// </summary>
internal readonly unsafe ref struct WinogradFilters
{
    // No register is wider.
    private const int MostLanes = 16;

    private readonly Scratch memory;

    /// <summary>Lends room for the transforms and copies the bias.</summary>
    public WinogradFilters(int filters, int channels, float* bias)
    {
        Count = filters;
        Channels = channels;
        int padded = Even.Parts(filters, MostLanes) * MostLanes;
        memory = ScratchPool.Rent(Offset(padded, 2, channels) + padded);
        Bias = memory.Pointer;
        Panels = Bias + padded;
        for (int filter = 0; filter < padded; filter++)
        {
            Bias[filter] = bias != null && filter < filters ? bias[filter] : 0;
        }
    }

    /// <summary>Filters.</summary>
    public int Count { get; }

    /// <summary>Channels of each.</summary>
    public int Channels { get; }

    /// <summary>The transforms.</summary>
    public float* Panels { get; }

    /// <summary>One number for each filter, zeros up to whole registers.</summary>
    public float* Bias { get; }

    /// <summary>Elements before the panel that begins with a filter.</summary>
    public static nint Offset(int filter, int panelWidth, int channels) => filter / panelWidth * Winograd.Products * Winograd.Pitch(channels, panelWidth);

    public void Dispose() => memory.Dispose();
}

/// <summary>Transforms one channel of all filters for each chunk: G g G', lanes are filters.</summary>
internal readonly unsafe struct WinogradFilterWork : ILaneWork
{
    private const int Weights = Winograd.Taps * Winograd.Taps;

    // The rows of G: a polynomial's values at 0, ±a, ±b and infinity, divided by what Lagrange's interpolation divides by.
    private const double A = Winograd.Near, B = Winograd.Far;
    private const double NearScale = Winograd.NearScale, FarScale = Winograd.FarScale;
    private const float AtZero = (float)Winograd.ZeroScale;

    private readonly WinogradProblem problem;
    private readonly float* panels;

    /// <summary>Takes over room for the filters.</summary>
    public WinogradFilterWork(in WinogradFilters bank, in WinogradProblem problem)
    {
        this.problem = problem;
        panels = bank.Panels;
    }

    public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
    {
        float* taps = stackalloc float[Weights * TLanes.Count], columns = stackalloc float[Winograd.Window * Winograd.Taps * TLanes.Count];
        int filters = problem.Shape.Filters, channels = problem.Shape.Channels, panelWidth = 2 * TLanes.Count;
        (int firstTap, int step) = problem.Flipped ? ((Weights - 1) * TLanes.Count, -TLanes.Count) : (0, TLanes.Count);
        for (int filter = 0; filter < filters; filter += TLanes.Count)
        {
            int count = Math.Min(TLanes.Count, filters - filter), first = filter / panelWidth * panelWidth;
            int width = filters - first > TLanes.Count ? panelWidth : TLanes.Count;
            float* source = problem.Weights + (filter * problem.FilterStride) + (chunk * problem.ChannelStride);
            Transposition.Run<TLanes>(source, problem.FilterStride, count, Weights, taps, TLanes.Count, padded: true);
            float* target = panels + WinogradFilters.Offset(first, panelWidth, channels) + (chunk * width) + (filter - first);
            Transform<TLanes>(taps + firstTap, step, columns, target, Winograd.Pitch(channels, width));
        }
    }

    // Down the columns, then along the rows.
    private static void Transform<TLanes>(float* taps, nint step, float* columns, float* target, nint matrix) where TLanes : struct, ILanes<TLanes>
    {
        nint line = Winograd.Taps * TLanes.Count;
        Values<TLanes>(Winograd.Taps, taps, step, Winograd.Taps * step, columns, TLanes.Count, line);
        Values<TLanes>(Winograd.Window, columns, line, TLanes.Count, target, Winograd.Window * matrix, matrix);
    }

    // Of three numbers, in each of some lines, the polynomial's six values. Both directions are this one loop: written out for each line, they took the compiler several times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Values<TLanes>(int lines, float* g, nint line, nint step, float* target, nint targetLine, nint targetStep) where TLanes : struct, ILanes<TLanes>
    {
        for (; lines > 0; lines--, g += line, target += targetLine)
        {
            TLanes g0 = TLanes.Load(g), g1 = TLanes.Load(g + step), g2 = TLanes.Load(g + (2 * step));
            TLanes near = TLanes.MultiplyAdd(g2, TLanes.Broadcast((float)(NearScale * A * A)), g0 * TLanes.Broadcast((float)NearScale));
            TLanes nearOdd = g1 * TLanes.Broadcast((float)(NearScale * A));
            TLanes far = TLanes.MultiplyAdd(g2, TLanes.Broadcast((float)(FarScale * B * B)), g0 * TLanes.Broadcast((float)FarScale));
            TLanes farOdd = g1 * TLanes.Broadcast((float)(FarScale * B));
            TLanes.Store(g0 * TLanes.Broadcast(AtZero), target);
            TLanes.Store(near + nearOdd, target + targetStep);
            TLanes.Store(near - nearOdd, target + (2 * targetStep));
            TLanes.Store(far + farOdd, target + (3 * targetStep));
            TLanes.Store(far - farOdd, target + (4 * targetStep));
            TLanes.Store(g2, target + (5 * targetStep));
        }
    }
}
