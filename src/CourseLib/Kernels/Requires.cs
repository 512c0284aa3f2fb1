namespace CourseLib.Kernels;

/// <summary>Argument checks whose messages name the operation, the argument and what was expected. A message is put together only when it is needed.</summary>
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

    /// <summary>Throws unless a span has the length of a tensor with these sizes.</summary>
    public static void Shape(string operation, string argument, int actual, int a, int b, int c, int d)
    {
        if (actual != (long)a * b * c * d)
        {
            Length(operation, argument, actual, (long)a * b * c * d, FormattableString.Invariant($"[{a}, {b}, {c}, {d}]"));
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

    /// <summary>Throws when an output shares memory with an input: parts of the output are written before the input has been read.</summary>
    public static void Apart(string operation, string output, ReadOnlySpan<float> written, string input, ReadOnlySpan<float> read)
    {
        if (written.Overlaps(read))
        {
            throw new ArgumentException($"{operation}: {output} overlaps {input}, expected memory of its own.", output);
        }
    }

    /// <summary>The same for a kernel that works in place too: the output may be the input, but not the input shifted by some elements.</summary>
    public static void SameOrApart(string operation, string output, ReadOnlySpan<float> written, string input, ReadOnlySpan<float> read)
    {
        if (written.Overlaps(read, out int shift) && shift != 0)
        {
            throw new ArgumentException($"{operation}: {output} overlaps {input} without being the same memory, expected the same or its own.", output);
        }
    }

    /// <summary>Throws unless an argument is a matrix of these sizes.</summary>
    public static void Matrix(string operation, int rows, int columns, string argument, int actual)
    {
        AtLeast(operation, nameof(rows), rows, 1);
        AtLeast(operation, nameof(columns), columns, 1);
        Length(operation, argument, actual, (long)rows * columns, "rows x columns");
    }

    /// <summary>Throws unless there are at least so many values, positive, finite and rising.</summary>
    public static void Rising(string operation, string argument, IReadOnlyList<double> values, int minimum)
    {
        ArgumentNullException.ThrowIfNull(values, argument);
        AtLeast(operation, $"number of {argument}", values.Count, minimum);
        if (!(values[0] > 0 && values.Zip(values.Skip(1)).All(pair => pair.First < pair.Second) && double.IsFinite(values[^1])))
        {
            throw new ArgumentException(FormattableString.Invariant($"{operation}: expected positive rising values of {argument}, got {string.Join(", ", values.Select(value => FormattableString.Invariant($"{value}")))}."), argument);
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
