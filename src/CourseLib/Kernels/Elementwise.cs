using System.Runtime.CompilerServices;

namespace CourseLib.Kernels;

/// <summary>
/// y[i] = f(x[i], …) over spans. The operator is a struct (<see cref="ExpOperator"/>, <see cref="AddOperator"/>, …); the loop that
/// chooses the register width, splits the work and handles the tail is <see cref="ElementLoop"/>.
/// </summary>
/// <remarks>
/// The output may be one of the inputs (<c>y == x</c>); spans that overlap shifted against each other are refused. With
/// <c>accumulate</c> the result is added to what the output holds, as gradients want. An element's value depends on its inputs
/// alone, not on its position, the length or the number of threads. Nothing is allocated.
/// </remarks>
public static unsafe partial class Elementwise
{
    /// <summary>y = f(x).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the output overlaps an input without being it.</exception>
    public static void Unary<TOp>(ReadOnlySpan<float> x, Span<float> y, TOp op = default, bool accumulate = false)
        where TOp : struct, IUnaryOperator
    {
        Check<TOp>(x, y, nameof(x));
        fixed (float* px = x, py = y)
        {
            ElementLoop.Run(new UnaryElements<TOp>(px, op), py, y.Length, accumulate);
        }
    }

    /// <summary>y = f(a, b).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the output overlaps an input without being it.</exception>
    public static void Binary<TOp>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, TOp op = default, bool accumulate = false)
        where TOp : struct, IBinaryOperator
    {
        Check<TOp>(a, y, nameof(a));
        Check<TOp>(b, y, nameof(b));
        fixed (float* pa = a, pb = b, py = y)
        {
            ElementLoop.Run(new BinaryElements<TOp>(pa, pb, op), py, y.Length, accumulate);
        }
    }

    /// <summary>y = f(a, b) with one number on the right.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the output overlaps an input without being it.</exception>
    public static void Binary<TOp>(ReadOnlySpan<float> a, float b, Span<float> y, TOp op = default, bool accumulate = false)
        where TOp : struct, IBinaryOperator
    {
        Check<TOp>(a, y, nameof(a));
        fixed (float* pa = a, py = y)
        {
            ElementLoop.Run(new UnaryElements<ScalarRight<TOp>>(pa, new(op, b)), py, y.Length, accumulate);
        }
    }

    /// <summary>y = f(a, b) with one number on the left.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the output overlaps an input without being it.</exception>
    public static void Binary<TOp>(float a, ReadOnlySpan<float> b, Span<float> y, TOp op = default, bool accumulate = false)
        where TOp : struct, IBinaryOperator
    {
        Check<TOp>(b, y, nameof(b));
        fixed (float* pb = b, py = y)
        {
            ElementLoop.Run(new UnaryElements<ScalarLeft<TOp>>(pb, new(op, a)), py, y.Length, accumulate);
        }
    }

    /// <summary>y = f(a, b, c).</summary>
    /// <exception cref="ArgumentException">The lengths differ, or the output overlaps an input without being it.</exception>
    public static void Ternary<TOp>(
        ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> y, TOp op = default, bool accumulate = false)
        where TOp : struct, ITernaryOperator
    {
        Check<TOp>(a, y, nameof(a));
        Check<TOp>(b, y, nameof(b));
        Check<TOp>(c, y, nameof(c));
        fixed (float* pa = a, pb = b, pc = c, py = y)
        {
            ElementLoop.Run(new TernaryElements<TOp>(pa, pb, pc, op), py, y.Length, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Check<TOp>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, string argument)
    {
        if (x.Length != y.Length)
        {
            Throw(typeof(TOp), x.Length, y.Length, argument);
        }

        if (y.Overlaps(x, out int shift) && shift != 0)
        {
            Requires.SameOrApart(typeof(TOp).Name, nameof(y), y, argument, x); // throws; the name is asked for only now
        }
    }

    private static void Throw(Type op, int length, int expected, string argument) =>
        throw new ArgumentException($"{op.Name}: {argument} has {length} elements, but the output has {expected}.", argument);
}
