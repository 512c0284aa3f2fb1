using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Models;

/// <summary>States of units that are 0 or 1: all of them, for sums that are exact, and random ones.</summary>
public static class BinaryStates
{
    /// <summary>More units than this are not enumerated: 2^20 states.</summary>
    public const int MaxUnits = 20;

    /// <summary>Every state of n units, one in each row; row i holds the binary digits of i, unit 0 the highest.</summary>
    /// <param name="units">n, at most <see cref="MaxUnits"/>.</param>
    /// <returns>[2^n, n].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or too large to go through all states.</exception>
    public static Tensor All(int units)
    {
        if (units is < 0 or > MaxUnits)
        {
            throw new ArgumentOutOfRangeException(nameof(units), units, FormattableString.Invariant($"BinaryStates: expected 0 to {MaxUnits} units to go through all 2^n states, got {units}."));
        }

        Tensor states = Tensor.Empty(1 << units, units);
        Span<float> span = states.Span;
        for (int i = 0; i < span.Length; i++)
        {
            (int row, int unit) = (i / units, i % units);
            span[i] = (row >> (units - 1 - unit)) & 1;
        }

        return states;
    }

    /// <summary>Draws each unit on its own: 1 with its probability, else 0. No gradient goes through.</summary>
    /// <param name="probabilities">From 0 to 1, any shape.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    public static Tensor Sample(Tensor probabilities, Generator? generator = null)
    {
        Tensor states = Tensor.Rand(probabilities.Shape, generator);
        Span<float> span = states.Span;
        ReadOnlySpan<float> p = probabilities.Span;
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = span[i] < p[i] ? 1 : 0;
        }

        return states;
    }

    /// <summary>log sum exp along the last axis, with the largest term taken out first.</summary>
    internal static Tensor LogSumExp(Tensor x)
    {
        int last = x.Rank - 1;
        Tensor largest = x.Detach().Max(last, keepDim: true);
        return (x - largest).Exp().Sum(last).Log() + largest.Reshape(Shape.AsSpan(largest.Shape.Without(last)));
    }
}
