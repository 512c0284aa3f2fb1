using CourseLib.Autograd;

namespace CourseLib.Tensors;

/// <content>Arithmetic. Numbers are rounded to <see cref="float"/> first. Shapes broadcast by NumPy's rule; shapes that do not are an error that names both.</content>
public readonly partial struct Tensor
{
    /// <summary>The sum, element by element.</summary>
    public static Tensor operator +(Tensor a, Tensor b) => Add.Apply(a, b);

    /// <summary>The difference, element by element.</summary>
    public static Tensor operator -(Tensor a, Tensor b) => Subtract.Apply(a, b);

    /// <summary>The product, element by element; for the matrix product see <see cref="MatMul"/>.</summary>
    public static Tensor operator *(Tensor a, Tensor b) => Multiply.Apply(a, b);

    /// <summary>The quotient, element by element.</summary>
    public static Tensor operator /(Tensor a, Tensor b) => Divide.Apply(a, b);

    /// <summary>The negative.</summary>
    public static Tensor operator -(Tensor a) => Affine.Apply(a, -1, 0);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(Tensor a, double b) => Affine.Apply(a, 1, b);

    /// <summary>Adds a number to every element.</summary>
    public static Tensor operator +(double a, Tensor b) => Affine.Apply(b, 1, a);

    /// <summary>Subtracts a number from every element.</summary>
    public static Tensor operator -(Tensor a, double b) => Affine.Apply(a, 1, -b);

    /// <summary>Subtracts every element from a number.</summary>
    public static Tensor operator -(double a, Tensor b) => Affine.Apply(b, -1, a);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(Tensor a, double b) => Affine.Apply(a, b, 0);

    /// <summary>Multiplies every element by a number.</summary>
    public static Tensor operator *(double a, Tensor b) => Affine.Apply(b, a, 0);

    /// <summary>Divides every element by a number.</summary>
    public static Tensor operator /(Tensor a, double b) => Divide.Apply(a, Scalar(b));

    /// <summary>Divides a number by every element.</summary>
    public static Tensor operator /(double a, Tensor b) => Divide.Apply(Scalar(a), b);
}
