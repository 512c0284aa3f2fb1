namespace CourseLib.Kernels;

/// <summary>Argument checks whose messages name the operation, the argument and what was expected.</summary>
internal static class Requires
{
    /// <summary>Throws unless a span has exactly the length that a shape asks for.</summary>
    public static void Length(string operation, string argument, int actual, long expected, string meaning)
    {
        if (actual != expected)
        {
            throw new ArgumentException(FormattableString.Invariant($"{operation}: {argument} has {actual} elements, expected {expected} ({meaning})."), argument);
        }
    }

    /// <summary>As <see cref="Length"/>, but an empty span is allowed and means "none".</summary>
    public static void LengthOrEmpty(string operation, string argument, int actual, long expected, string meaning)
    {
        if (actual != 0)
        {
            Length(operation, argument, actual, expected, meaning);
        }
    }

    /// <summary>Throws unless a size is at least <paramref name="minimum"/>.</summary>
    public static void AtLeast(string operation, string argument, int actual, int minimum)
    {
        if (actual < minimum)
        {
            throw new ArgumentOutOfRangeException(argument, actual, FormattableString.Invariant($"{operation}: {argument} must be at least {minimum}."));
        }
    }
}
