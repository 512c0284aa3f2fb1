using System.Runtime.CompilerServices;

namespace CourseLib.Schedules;

/// <summary>Argument checks of this room; a message names the schedule, the argument and what was expected.</summary>
internal static class ScheduleRequires
{
    /// <summary>A finite rate from 0 on.</summary>
    internal static void Rate(string schedule, double rate, [CallerArgumentExpression(nameof(rate))] string argument = "") =>
        That(rate >= 0 && double.IsFinite(rate), schedule, rate, "a finite rate from 0 on", argument);

    /// <summary>A finite number above 0.</summary>
    internal static void Positive(string schedule, double value, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        That(value > 0 && double.IsFinite(value), schedule, value, "a finite number above 0", argument);

    /// <summary>A factor in [0, 1].</summary>
    internal static void Share(string schedule, double value, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        That(value is >= 0 and <= 1, schedule, value, "a number from 0 to 1", argument);

    /// <summary>Throws unless the condition holds.</summary>
    internal static void That(bool condition, string schedule, double value, string expected, [CallerArgumentExpression(nameof(value))] string argument = "")
    {
        if (!condition)
        {
            throw new ArgumentOutOfRangeException(argument, value, FormattableString.Invariant($"{schedule}: expected {argument} to be {expected}, got {value}."));
        }
    }
}
