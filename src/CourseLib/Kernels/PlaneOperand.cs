using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>Numbers that go with an input [Batch, Channels, Spatial]: one for all, for each example, channel or plane (their combination), or one for each element of a plane.</summary>
/// <param name="values">The numbers.</param>
/// <param name="batchStep">How far the next example's numbers are; 0 when all examples share them.</param>
/// <param name="channelStep">How far the next channel's numbers are; 0 when all channels share them.</param>
/// <param name="perElement">Whether a plane has a number for each of its elements, rather than one.</param>
public readonly ref struct PlaneOperand(ReadOnlySpan<float> values, int batchStep, int channelStep, bool perElement)
{
    /// <summary>The numbers.</summary>
    public ReadOnlySpan<float> Values { get; } = values;

    /// <summary>How far the next example's numbers are.</summary>
    public int BatchStep { get; } = batchStep;

    /// <summary>How far the next channel's numbers are.</summary>
    public int ChannelStep { get; } = channelStep;

    /// <summary>Whether a plane has a number for each of its elements.</summary>
    public bool PerElement { get; } = perElement;

    internal void Check(string operation, string argument, BatchShape shape)
    {
        long needed = (BatchStep * (shape.Batch - 1L)) + (ChannelStep * (shape.Channels - 1L)) + (PerElement ? shape.Spatial : 1);
        if (BatchStep < 0 || ChannelStep < 0 || Values.Length < needed)
        {
            throw new ArgumentException(FormattableString.Invariant($"{operation}: {argument} has {Values.Length} elements, its steps over {shape} ask for {needed}."), argument);
        }
    }
}

/// <summary>A <see cref="PlaneOperand"/> inside a kernel.</summary>
internal readonly unsafe struct PinnedOperand(float* values, int batchStep, int channelStep, bool perElement)
{
    /// <summary>What one plane reads.</summary>
    public OfPlane At(int example, int channel) => new(values + ((nint)example * batchStep) + ((nint)channel * channelStep), perElement);

    /// <summary>The numbers of one plane, in registers.</summary>
    internal readonly struct OfPlane(float* at, bool perElement)
    {
        /// <summary>Those of elements i onwards.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Load<TLanes>(nint i) where TLanes : struct, ILanes<TLanes> => perElement ? TLanes.Load(at + i) : TLanes.Broadcast(*at);

        /// <summary>Those of elements i … i + count - 1.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TLanes Load<TLanes>(nint i, int count) where TLanes : struct, ILanes<TLanes> => perElement ? TLanes.Load(at + i, count) : TLanes.Broadcast(*at);
    }
}
