using System.Runtime.CompilerServices;
using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// Multiply-adds that touch nothing but registers, in so many chains that do not wait for each other: each chain is s = s f + t again and again. One chain shows the latency of a
/// multiply-add, many show how many the processor does at once: the limit of every matrix product.
/// </summary>
public static class MultiplyAddChains
{
    /// <summary>Most chains: with factor and term they fill sixteen registers but one.</summary>
    public const int Most = 13;

    /// <summary>Runs chains of this length with the widest registers of this processor.</summary>
    /// <param name="chains">How many, from 1 to <see cref="Most"/>.</param>
    /// <param name="steps">Multiply-adds of each chain.</param>
    /// <returns>Floating-point operations done: two for each lane, chain and step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer chains than 1, more than <see cref="Most"/>, or a negative number of steps.</exception>
    public static double Run(int chains, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(chains, Most);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        WidestLanes.For(1, new Chains(chains, steps));
        return 2.0 * WidestLanes.Count * chains * steps;
    }

    /// <summary>Where the sums go, so that the work is not dropped.</summary>
    internal static float Result { get; private set; }

    // Conditions on TChains.Count are constants to the JIT: chains that are not there cost nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Loop<TLanes, TChains>(int steps)
        where TLanes : struct, ILanes<TLanes>
        where TChains : struct, ICount
    {
        TLanes factor = TLanes.Broadcast(0.999f), term = TLanes.Broadcast(0.001f);
        TLanes a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term, i = term, j = term, k = term, l = term, m = term;
        for (int step = 0; step < steps; step++)
        {
            a = TLanes.MultiplyAdd(a, factor, term);
            if (TChains.Count > 1) { b = TLanes.MultiplyAdd(b, factor, term); }
            if (TChains.Count > 2) { c = TLanes.MultiplyAdd(c, factor, term); }
            if (TChains.Count > 3) { d = TLanes.MultiplyAdd(d, factor, term); }
            if (TChains.Count > 4) { e = TLanes.MultiplyAdd(e, factor, term); }
            if (TChains.Count > 5) { f = TLanes.MultiplyAdd(f, factor, term); }
            if (TChains.Count > 6) { g = TLanes.MultiplyAdd(g, factor, term); }
            if (TChains.Count > 7) { h = TLanes.MultiplyAdd(h, factor, term); }
            if (TChains.Count > 8) { i = TLanes.MultiplyAdd(i, factor, term); }
            if (TChains.Count > 9) { j = TLanes.MultiplyAdd(j, factor, term); }
            if (TChains.Count > 10) { k = TLanes.MultiplyAdd(k, factor, term); }
            if (TChains.Count > 11) { l = TLanes.MultiplyAdd(l, factor, term); }
            if (TChains.Count > 12) { m = TLanes.MultiplyAdd(m, factor, term); }
        }

        return TLanes.Sum(a + b + c + d + e + f + g + h + i + j + k + l + m);
    }

    private readonly struct Chains(int chains, int steps) : ILaneWork
    {
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes> => Result = chains switch
        {
            1 => Loop<TLanes, Count1>(steps),
            2 => Loop<TLanes, Count2>(steps),
            3 => Loop<TLanes, Count3>(steps),
            4 => Loop<TLanes, Count4>(steps),
            5 => Loop<TLanes, Count5>(steps),
            6 => Loop<TLanes, Count6>(steps),
            7 => Loop<TLanes, Count7>(steps),
            8 => Loop<TLanes, Count8>(steps),
            9 => Loop<TLanes, Count9>(steps),
            10 => Loop<TLanes, Count10>(steps),
            11 => Loop<TLanes, Count11>(steps),
            12 => Loop<TLanes, Count12>(steps),
            _ => Loop<TLanes, Count13>(steps),
        };
    }
}
