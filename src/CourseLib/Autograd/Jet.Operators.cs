using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <content>Arithmetic. Shapes broadcast as those of tensors do.</content>
public sealed partial class Jet
{
    /// <summary>The sum: derivatives add up.</summary>
    /// <exception cref="ArgumentException">The operands carry different derivatives.</exception>
    public static Jet operator +(Jet a, Jet b)
    {
        Jet y = Same(a, b, a.Value + b.Value);
        for (int i = 0; i < y.first.Length; i++)
        {
            y.first[i] = Plus(a.first[i], b.first[i]);
        }

        for (int at = 0; at < y.second.Length; at++)
        {
            y.second[at] = Plus(a.second[at], b.second[at]);
        }

        return y;
    }

    /// <summary>The product: (a b)_i = a_i b + a b_i and (a b)_ij = a_ij b + a_i b_j + a_j b_i + a b_ij.</summary>
    /// <exception cref="ArgumentException">The operands carry different derivatives.</exception>
    public static Jet operator *(Jet a, Jet b)
    {
        Jet y = Same(a, b, a.Value * b.Value);
        for (int i = 0; i < y.first.Length; i++)
        {
            y.first[i] = Plus(Times(a.first[i], b.Value), Times(a.Value, b.first[i]));
        }

        for (int at = 0; at < y.second.Length; at++)
        {
            (int i, int j) = y.layout.Pairs[at];
            Tensor? mixed = i == j ? Twice(Times(a.first[i], b.first[i])) : Plus(Times(a.first[i], b.first[j]), Times(a.first[j], b.first[i]));
            y.second[at] = Plus(Plus(Times(a.second[at], b.Value), Times(a.Value, b.second[at])), mixed);
        }

        return y;
    }

    /// <summary>The difference.</summary>
    /// <exception cref="ArgumentException">The operands carry different derivatives.</exception>
    public static Jet operator -(Jet a, Jet b) => a + -b;

    /// <summary>The quotient.</summary>
    /// <exception cref="ArgumentException">The operands carry different derivatives.</exception>
    public static Jet operator /(Jet a, Jet b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return a * b.Reciprocal();
    }

    /// <summary>The negative.</summary>
    public static Jet operator -(Jet a) => a * -1;

    /// <summary>Adds a number to the value.</summary>
    public static Jet operator +(Jet a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Each(a.Value + b, part => part);
    }

    /// <summary>Adds a number to the value.</summary>
    public static Jet operator +(double a, Jet b) => b + a;

    /// <summary>Subtracts a number from the value.</summary>
    public static Jet operator -(Jet a, double b) => a + -b;

    /// <summary>Subtracts from a number.</summary>
    public static Jet operator -(double a, Jet b) => -b + a;

    /// <summary>Multiplies every part by a number.</summary>
    public static Jet operator *(Jet a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Each(a.Value * b, part => part * b);
    }

    /// <summary>Multiplies every part by a number.</summary>
    public static Jet operator *(double a, Jet b) => b * a;

    /// <summary>Divides every part by a number.</summary>
    public static Jet operator /(Jet a, double b)
    {
        ArgumentNullException.ThrowIfNull(a);
        return a.Each(a.Value / b, part => part / b);
    }

    /// <summary>Divides a number.</summary>
    public static Jet operator /(double a, Jet b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return b.Reciprocal() * a;
    }

    private static Jet Same(Jet a, Jet b, Tensor value)
    {
        a.layout.RequireSame(b.layout);
        return new Jet(a.layout, value);
    }

    private static Tensor? Times(Tensor? a, Tensor? b) => a is { } left && b is { } right ? left * right : null;

    private static Tensor? Twice(Tensor? a) => a is { } value ? value * 2 : null;
}
