namespace CourseLib.Kernels.Convolutions;

/// <summary>
/// A few neighbouring registers that belong to one row of a register tile. Named fields rather than an array: the JIT keeps fields in registers,
/// an inline array lives on the stack (three times slower).
/// </summary>
internal unsafe interface IStrip<TSelf, TLanes>
    where TSelf : struct, IStrip<TSelf, TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>Registers in the strip.</summary>
    static abstract int Registers { get; }

    static abstract TSelf Broadcast(float value);

    /// <summary>Neighbouring registers from memory.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>One register from each of the places source + offsets[i].</summary>
    static abstract TSelf Gather(float* source, int* offsets);

    static abstract void Store(in TSelf strip, float* target);

    /// <summary>target[i] += the sum over the lanes of register i; up to four elements are written, those beyond the strip as they were.</summary>
    static abstract void AddSums(in TSelf strip, float* target);

    /// <summary>sum += x * factor, register by register.</summary>
    static abstract void MultiplyAdd(ref TSelf sum, in TSelf x, TLanes factor);
}
