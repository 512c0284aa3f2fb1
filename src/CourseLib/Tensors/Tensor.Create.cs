using CourseLib.Kernels;

namespace CourseLib.Tensors;

/// <content>Ways to make a tensor.</content>
public readonly partial struct Tensor
{
    /// <summary>A tensor of the given numbers (copied), row-major.</summary>
    /// <param name="values">As many numbers as the shape has elements.</param>
    /// <param name="shape">The sizes; none gives one axis.</param>
    /// <exception cref="ArgumentException">The count of the numbers and the shape do not agree.</exception>
    public static Tensor From(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        Shape full = shape.Length == 0 ? new Shape(values.Length) : new Shape(shape);
        if (full.ElementCount != values.Length)
        {
            throw new ArgumentException($"Tensor.From: shape {full} has {full.ElementCount} elements, but {values.Length} numbers were given.", nameof(values));
        }

        Tensor tensor = Empty(full);
        values.CopyTo(tensor.Span);
        return tensor;
    }

    /// <inheritdoc cref="From(ReadOnlySpan{float}, ReadOnlySpan{int})"/>
    public static Tensor From(float[] values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        return From(values.AsSpan(), shape);
    }

    /// <summary>A matrix of the given numbers (copied).</summary>
    public static Tensor From(float[,] values)
    {
        Tensor tensor = Empty(values.GetLength(0), values.GetLength(1));
        Span<float> span = tensor.Span;
        int next = 0;
        foreach (float value in values)
        {
            span[next++] = value;
        }

        return tensor;
    }

    /// <summary>A tensor of the given numbers, rounded to <see cref="float"/>.</summary>
    /// <exception cref="ArgumentException">The count of the numbers and the shape do not agree.</exception>
    public static Tensor From(double[] values, params ReadOnlySpan<int> shape) => From(Array.ConvertAll(values, value => (float)value), shape);

    /// <summary>A tensor without axes: one number.</summary>
    public static Tensor Scalar(double value)
    {
        Tensor tensor = Empty(default(Shape));
        tensor.Span[0] = (float)value;
        return tensor;
    }

    /// <summary>A tensor whose numbers are not set: whatever the memory held.</summary>
    public static Tensor Empty(in Shape shape) => new(Storage.Allocate(shape));

    /// <inheritdoc cref="Empty(in Shape)"/>
    public static Tensor Empty(params ReadOnlySpan<int> shape) => Empty(new Shape(shape));

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(params ReadOnlySpan<int> shape) => Full(0, new Shape(shape));

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(in Shape shape) => Full(0, shape);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(params ReadOnlySpan<int> shape) => Full(1, new Shape(shape));

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(in Shape shape) => Full(1, shape);

    /// <summary>A tensor with one value everywhere.</summary>
    public static Tensor Full(double value, params ReadOnlySpan<int> shape) => Full(value, new Shape(shape));

    /// <summary>A tensor with one value everywhere.</summary>
    public static Tensor Full(double value, in Shape shape)
    {
        Tensor tensor = Empty(shape);
        tensor.Span.Fill((float)value);
        return tensor;
    }

    /// <summary>The identity matrix of n x n.</summary>
    public static Tensor Eye(int n)
    {
        Tensor tensor = Zeros(n, n);
        Span<float> span = tensor.Span;
        for (int i = 0; i < n; i++)
        {
            span[(i * n) + i] = 1;
        }

        return tensor;
    }

    /// <summary>The numbers start, start + step, … below <paramref name="stop"/> (above it, when the step is negative).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is zero or leads away from <paramref name="stop"/>.</exception>
    public static Tensor Arange(double start, double stop, double step = 1)
    {
        double count = Math.Ceiling((stop - start) / step);
        if (!(count >= 0 && count <= Array.MaxLength))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, FormattableString.Invariant($"Tensor.Arange: a step of {step} does not lead from {start} to {stop} in a number of steps that an array can hold."));
        }

        Tensor tensor = Empty((int)count);
        Span<float> span = tensor.Span;
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = (float)(start + (i * step));
        }

        return tensor;
    }

    /// <summary><paramref name="count"/> equally spaced numbers from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public static Tensor Linspace(double first, double last, int count)
    {
        Tensor tensor = Empty(count);
        Span<float> span = tensor.Span;
        for (int i = 0; i < count; i++)
        {
            span[i] = (float)(count == 1 ? first : first + ((last - first) * i / (count - 1)));
        }

        return tensor;
    }

    /// <summary>Numbers drawn from U[0, 1).</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    public static Tensor Rand(in Shape shape, Generator? generator = null)
    {
        Tensor tensor = Empty(shape);
        (generator ?? Generator.Default).Uniform(tensor.Span, 0, 1);
        return tensor;
    }

    /// <summary>Numbers drawn from N(0, 1).</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    public static Tensor RandN(in Shape shape, Generator? generator = null)
    {
        Tensor tensor = Empty(shape);
        (generator ?? Generator.Default).Normal(tensor.Span, 0, 1);
        return tensor;
    }

    /// <summary>Numbers drawn from U[0, 1) by <see cref="Generator.Default"/>.</summary>
    public static Tensor Rand(params ReadOnlySpan<int> shape) => Rand(new Shape(shape));

    /// <summary>Numbers drawn from N(0, 1) by <see cref="Generator.Default"/>.</summary>
    public static Tensor RandN(params ReadOnlySpan<int> shape) => RandN(new Shape(shape));
}
