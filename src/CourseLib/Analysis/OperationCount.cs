namespace CourseLib.Analysis;

/// <summary>What a kernel did, counted by <see cref="CountedLanes"/>: one register is one unit, however many lanes it has elsewhere.</summary>
/// <param name="Loads">Registers read from memory.</param>
/// <param name="Broadcasts">Numbers copied to all lanes: factors read from memory, and constants.</param>
/// <param name="Stores">Registers written to memory.</param>
/// <param name="MultiplyAdds">a b + c.</param>
/// <param name="Arithmetic">Additions, subtractions, products, quotients and square roots by themselves.</param>
/// <param name="Others">Comparisons, choices, signs, work on bits: what no one calls a floating-point operation.</param>
public readonly record struct OperationCount(long Loads, long Broadcasts, long Stores, long MultiplyAdds, long Arithmetic, long Others)
{
    /// <summary>Floating-point operations as they are usually counted: a multiply-add is two.</summary>
    public long Flops => (2 * MultiplyAdds) + Arithmetic;

    /// <summary>Bytes between registers and memory or caches, for registers of one float. A kernel that makes constants by broadcasts counts them with <see cref="Loads"/> and <see cref="Stores"/> alone: its constants stay in registers.</summary>
    public long Bytes => sizeof(float) * (Loads + Stores);
}
