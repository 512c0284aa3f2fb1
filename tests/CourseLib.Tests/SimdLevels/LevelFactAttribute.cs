namespace CourseLib.Tests.SimdLevels;

/// <summary>A test for registers of a width. On a processor that lacks them it is skipped, and the reason says what the processor has.</summary>
public sealed class LevelFactAttribute : FactAttribute
{
    /// <param name="bits">The width that the test needs.</param>
    public LevelFactAttribute(int bits)
    {
        Bits = bits;
        if (SimdLevel.Machine < bits)
        {
            Skip = FormattableString.Invariant($"needs registers of {bits} bits; the runtime finds {SimdLevel.Machine} on this machine.");
        }
    }

    /// <summary>The width.</summary>
    public int Bits { get; }
}
