using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// ACON-C, y = (p1 - p2) x sigmoid(beta (p1 - p2) x) + p2 x, in one pass over x, whatever p1, p2 and beta are kept for: elements, planes, channels, examples
/// (Ma et al. 2020; lecture cnn, "Ещё о функциях активации"). Swish with a trained beta is p1 = 1, p2 = 0.
/// </summary>
public static unsafe partial class AconPlanes
{
    // Elements worth handing out to a thread; a longer plane is one piece of work all the same.
    private const int ChunkLength = ElementLoop.ChunkLength;

    /// <summary>The forward pass.</summary>
    /// <param name="shape">The sizes of x.</param>
    /// <param name="x">The input.</param>
    /// <param name="p1">The slope on one side.</param>
    /// <param name="p2">The slope on the other.</param>
    /// <param name="beta">The sharpness of the bend.</param>
    /// <param name="y">The output; may be <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">A length does not fit the shape, or <paramref name="y"/> overlaps <paramref name="x"/> without being it.</exception>
    public static void Forward(BatchShape shape, ReadOnlySpan<float> x, PlaneOperand p1, PlaneOperand p2, PlaneOperand beta, Span<float> y)
    {
        const string Operation = $"{nameof(AconPlanes)}.{nameof(Forward)}";
        shape.Check(Operation, nameof(x), x.Length);
        shape.Check(Operation, nameof(y), y.Length);
        CheckParameters(Operation, shape, p1, p2, beta);
        Requires.SameOrApart(Operation, nameof(y), y, nameof(x), x);
        fixed (float* px = x, pp = p1.Values, pq = p2.Values, pb = beta.Values, py = y)
        {
            WidestLanes.For(Chunks(shape), new ForwardWork(shape, px, Pinned(p1, pp), Pinned(p2, pq), Pinned(beta, pb), py));
        }
    }

    private static void CheckParameters(string operation, BatchShape shape, PlaneOperand p1, PlaneOperand p2, PlaneOperand beta)
    {
        p1.Check(operation, nameof(p1), shape);
        p2.Check(operation, nameof(p2), shape);
        beta.Check(operation, nameof(beta), shape);
    }

    private static PinnedOperand Pinned(PlaneOperand operand, float* values) => new(values, operand.BatchStep, operand.ChannelStep, operand.PerElement);

    private static int PlanesPerChunk(BatchShape shape) => Math.Max(1, ChunkLength / shape.Spatial);

    private static int Chunks(BatchShape shape) => Even.Parts(shape.Batch * shape.Channels, PlanesPerChunk(shape));

    private readonly struct ForwardWork(BatchShape shape, float* x, PinnedOperand p1, PinnedOperand p2, PinnedOperand beta, float* y) : ILaneWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TLanes>(int chunk) where TLanes : struct, ILanes<TLanes>
        {
            int first = chunk * PlanesPerChunk(shape), end = Math.Min(first + PlanesPerChunk(shape), shape.Batch * shape.Channels);
            for (int plane = first; plane < end; plane++)
            {
                (int example, int channel) = Math.DivRem(plane, shape.Channels);
                PinnedOperand.OfPlane a = p1.At(example, channel), b = p2.At(example, channel), c = beta.At(example, channel);
                float* from = x + ((nint)plane * shape.Spatial), to = y + ((nint)plane * shape.Spatial);
                int i = 0;
                for (; i <= shape.Spatial - TLanes.Count; i += TLanes.Count)
                {
                    TLanes.Store(Value(TLanes.Load(from + i), a.Load<TLanes>(i), b.Load<TLanes>(i), c.Load<TLanes>(i)), to + i);
                }
                if (i < shape.Spatial)
                {
                    int rest = shape.Spatial - i;
                    TLanes.Store(Value(TLanes.Load(from + i, rest), a.Load<TLanes>(i, rest), b.Load<TLanes>(i, rest), c.Load<TLanes>(i, rest)), to + i, rest);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes Value<TLanes>(TLanes x, TLanes p1, TLanes p2, TLanes beta) where TLanes : struct, ILanes<TLanes> =>
            default(SwishOperator).Invoke((p1 - p2) * x, beta) + (p2 * x);
    }
}
