using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

public static unsafe partial class AconPlanes
{
    /// <summary>
    /// The backward pass. With z = (p1 - p2) x, s = sigmoid(beta z) and q = s (1 + beta z (1 - s)), the slope of u sigmoid(u): dy/dx = (p1 - p2) q + p2,
    /// dy/dp1 = x q, dy/dp2 = x (1 - q), dy/dbeta = z^2 s (1 - s). All four from one exponential.
    /// </summary>
    /// <remarks>What a parameter gets is written by plane: one sum for each of the Batch x Channels planes, or, for a parameter with a number per element, a term for each element.</remarks>
    /// <param name="shape">The sizes of x.</param>
    /// <param name="x">Input of the forward pass.</param>
    /// <param name="p1">As in the forward pass.</param>
    /// <param name="p2">As in the forward pass.</param>
    /// <param name="beta">As in the forward pass.</param>
    /// <param name="dy">Gradient of the output.</param>
    /// <param name="dx">Gradient of the input, or empty when nobody needs it; may be <paramref name="dy"/> or <paramref name="x"/>.</param>
    /// <param name="dp1">What p1 gets from each plane or element, or empty.</param>
    /// <param name="dp2">What p2 gets, or empty.</param>
    /// <param name="dbeta">What beta gets, or empty.</param>
    /// <param name="accumulateInput">Whether to add to <paramref name="dx"/>; the others are overwritten.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape.</exception>
    public static void Backward(
        BatchShape shape, ReadOnlySpan<float> x, PlaneOperand p1, PlaneOperand p2, PlaneOperand beta, ReadOnlySpan<float> dy, Span<float> dx, Span<float> dp1,
        Span<float> dp2, Span<float> dbeta, bool accumulateInput = false)
    {
        const string Operation = $"{nameof(AconPlanes)}.{nameof(Backward)}";
        shape.Check(Operation, nameof(x), x.Length);
        shape.Check(Operation, nameof(dy), dy.Length);
        Requires.LengthOrEmpty(Operation, nameof(dx), dx.Length, shape.Length, "Batch x Channels x Spatial, or none");
        CheckParameters(Operation, shape, p1, p2, beta);
        CheckGradient(nameof(dp1), dp1, p1.PerElement);
        CheckGradient(nameof(dp2), dp2, p2.PerElement);
        CheckGradient(nameof(dbeta), dbeta, beta.PerElement);
        Requires.SameOrApart(Operation, nameof(dx), dx, nameof(dy), dy);
        Requires.SameOrApart(Operation, nameof(dx), dx, nameof(x), x);
        fixed (float* px = x, pp = p1.Values, pq = p2.Values, pb = beta.Values, pdy = dy, pdx = dx, pdp = dp1, pdq = dp2, pdb = dbeta)
        {
            WidestLanes.For(Chunks(shape), new BackwardWork(
                shape, px, Pinned(p1, pp), Pinned(p2, pq), Pinned(beta, pb), pdy, pdx, accumulateInput, new(pdp, p1.PerElement), new(pdq, p2.PerElement), new(pdb, beta.PerElement)));
        }

        void CheckGradient(string argument, ReadOnlySpan<float> gradient, bool perElement) => Requires.LengthOrEmpty(
            Operation, argument, gradient.Length, perElement ? shape.Length : (long)shape.Batch * shape.Channels, perElement ? "elements of x, or none" : "planes of x, or none");
    }

    /// <summary>Where the terms of a parameter's gradient go: each to its element, or their sum to its plane; null is nowhere.</summary>
    private readonly struct Terms(float* gradient, bool perElement)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Add<TLanes>(TLanes sum, TLanes terms, nint i, int count) where TLanes : struct, ILanes<TLanes>
        {
            if (!perElement)
            {
                return sum + terms;
            }
            if (gradient != null)
            {
                TLanes.Store(terms, gradient + i, count);
            }
            return sum;
        }

        public void Finish(int plane, double sum)
        {
            if (!perElement && gradient != null)
            {
                gradient[plane] = (float)sum;
            }
        }
    }

    private readonly struct BackwardWork(
        BatchShape shape, float* x, PinnedOperand p1, PinnedOperand p2, PinnedOperand beta, float* dy, float* dx, bool accumulate, Terms dp1, Terms dp2, Terms dbeta) : ILaneWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
        {
            int first = chunk * PlanesPerChunk(shape), end = Math.Min(first + PlanesPerChunk(shape), shape.Batch * shape.Channels);
            for (int plane = first; plane < end; plane++)
            {
                double sum1 = 0, sum2 = 0, sumBeta = 0;
                for (int start = 0; start < shape.Spatial; start += ChunkLength)
                {
                    Block(plane, start, Math.Min(start + ChunkLength, shape.Spatial), out TLanes part1, out TLanes part2, out TLanes partBeta);
                    sum1 += TLanes.Sum(part1);
                    sum2 += TLanes.Sum(part2);
                    sumBeta += TLanes.Sum(partBeta);
                }
                dp1.Finish(plane, sum1);
                dp2.Finish(plane, sum2);
                dbeta.Finish(plane, sumBeta);
            }
        }

        // Sums in registers over a few thousand elements at most; Run adds the blocks in double precision. Lanes past the end have x = dy = 0 and add nothing.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Block<TLanes>(int plane, int start, int end, out TLanes sum1, out TLanes sum2, out TLanes sumBeta) where TLanes : struct, ILanes<TLanes>
        {
            (int example, int channel) = Math.DivRem(plane, shape.Channels);
            PinnedOperand.OfPlane a = p1.At(example, channel), b = p2.At(example, channel), c = beta.At(example, channel);
            nint origin = (nint)plane * shape.Spatial;
            sum1 = sum2 = sumBeta = TLanes.Broadcast(0);
            for (int i = start; i < end; i += TLanes.Count)
            {
                int count = Math.Min(TLanes.Count, end - i);
                bool whole = count == TLanes.Count;
                nint at = origin + i;
                TLanes input = whole ? TLanes.Load(x + at) : TLanes.Load(x + at, count), upper = whole ? TLanes.Load(dy + at) : TLanes.Load(dy + at, count);
                TLanes right = whole ? a.Load<TLanes>(i) : a.Load<TLanes>(i, count), left = whole ? b.Load<TLanes>(i) : b.Load<TLanes>(i, count);
                TLanes difference = right - left, z = difference * input, u = (whole ? c.Load<TLanes>(i) : c.Load<TLanes>(i, count)) * z;
                SwishGate.At(u, out TLanes s, out TLanes rest);
                TLanes q = s * (TLanes.Broadcast(1) + (u * rest)), share = input * q;
                sum1 = dp1.Add(sum1, upper * share, at, count);
                sum2 = dp2.Add(sum2, upper * (input - share), at, count);
                sumBeta = dbeta.Add(sumBeta, upper * ((z * s) * (z * rest)), at, count);
                if (dx != null)
                {
                    TLanes gradient = upper * ((difference * q) + left);
                    gradient = accumulate ? TLanes.Load(dx + at, count) + gradient : gradient;
                    if (whole)
                    {
                        TLanes.Store(gradient, dx + at);
                    }
                    else
                    {
                        TLanes.Store(gradient, dx + at, count);
                    }
                }
            }
        }
    }
}
