namespace CourseLib.Optimizers;

/// <summary>Checks of the settings of an optimizer; a message names the optimizer, the setting and what was expected.</summary>
internal static class Setting
{
    /// <summary>A finite number from 0 on.</summary>
    internal static double NotNegative(string optimizer, string name, double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw Wrong(optimizer, name, value, "a finite number from 0 on");

    /// <summary>A finite number above 0.</summary>
    internal static double Positive(string optimizer, string name, double value) =>
        value > 0 && double.IsFinite(value) ? value : throw Wrong(optimizer, name, value, "a finite number above 0");

    /// <summary>A part of the old that is kept, in [0, 1).</summary>
    internal static double Decay(string optimizer, string name, double value) =>
        value is >= 0 and < 1 ? value : throw Wrong(optimizer, name, value, "a number in [0, 1)");

    /// <summary>A part of a whole, in [0, 1].</summary>
    internal static double Part(string optimizer, string name, double value) =>
        value is >= 0 and <= 1 ? value : throw Wrong(optimizer, name, value, "a number in [0, 1]");

    private static ArgumentOutOfRangeException Wrong(string optimizer, string name, double value, string expected) =>
        new(name, value, FormattableString.Invariant($"{optimizer}: expected {name} to be {expected}, got {value}."));
}
