using CourseLib.Autograd;
using CourseLib.Kernels;

namespace CourseLib.Tensors;

/// <content>Mathematics on tensors; every method here is differentiable.</content>
public readonly partial struct Tensor
{
    /// <summary>The matrix product of this [m, k] and <paramref name="b"/> [k, n].</summary>
    /// <exception cref="ArgumentException">The tensors are not matrices of such shapes.</exception>
    public Tensor MatMul(Tensor b) => Autograd.MatMul.Apply(this, b);

    /// <summary>The transpose of a matrix.</summary>
    /// <exception cref="ArgumentException">The tensor is not a matrix.</exception>
    public Tensor Transpose() => Rank == 2
        ? Autograd.Permute.Apply(this, [1, 0])
        : throw new ArgumentException($"Transpose: expected a matrix, got shape {Shape}; Permute reorders the axes of others.");

    /// <summary>The axes in another order: axis i of the result is axis <paramref name="order"/>[i] of this.</summary>
    /// <exception cref="ArgumentException">The order does not name each axis once.</exception>
    public Tensor Permute(params ReadOnlySpan<int> order) => Autograd.Permute.Apply(this, order);

    /// <summary>The same numbers under another shape; one size may be -1 and is then worked out. No copy is made: writing to one writes to the other.</summary>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> sizes) => Autograd.Reshape.Apply(this, sizes);

    /// <summary>All axes from <paramref name="startAxis"/> on as one; 1 keeps the batch axis. No copy is made.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis; a scalar has axis 0 here and becomes a tensor of one element.</exception>
    public Tensor Flatten(int startAxis = 0)
    {
        Shape shape = Shape;
        startAxis = shape.Rank == 0 && startAxis is 0 or -1 ? 0 : shape.Axis("Flatten", startAxis);
        Span<int> sizes = stackalloc int[startAxis + 1];
        for (int axis = 0; axis < startAxis; axis++)
        {
            sizes[axis] = shape[axis];
        }

        sizes[startAxis] = shape.Product(startAxis, shape.Rank);
        return Autograd.Reshape.Apply(this, sizes);
    }

    /// <summary>The elements <paramref name="start"/> … start + length - 1 of an axis, as a copy.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the range leaves it.</exception>
    public Tensor Slice(int axis, int start, int length) => Autograd.Slice.Apply(this, axis, start, length);

    /// <summary>Rows along the first axis, in the order given, as a copy; a row may be named more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Tensor SelectRows(params ReadOnlySpan<int> rows) => Autograd.SelectRows.Apply(this, rows);

    /// <summary>This and <paramref name="other"/> joined along an axis.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or the shapes differ elsewhere.</exception>
    public Tensor Concat(Tensor other, int axis) => Autograd.Concat.Apply(this, other, axis);

    /// <summary>The sum of all elements.</summary>
    public Tensor Sum() => Autograd.Sum.Apply(this);

    /// <summary>The sums along an axis, which goes away or, with <paramref name="keepDim"/>, stays with size 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public Tensor Sum(int axis, bool keepDim = false) => Autograd.Sum.Apply(this, axis, keepDim);

    /// <summary>The mean of all elements.</summary>
    public Tensor Mean() => Autograd.Sum.Apply(this) / Length;

    /// <summary>The means along an axis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public Tensor Mean(int axis, bool keepDim = false) => Autograd.Sum.Apply(this, Shape.Axis("Mean", axis), keepDim) / Shape[axis];

    /// <summary>The variance of all elements: the mean squared distance from the mean, or with <paramref name="unbiased"/> that of a sample, over n - 1.</summary>
    public Tensor Variance(bool unbiased = false) => (this - Mean()).Square().Sum() / (Length - (unbiased ? 1 : 0));

    /// <summary>The variances along an axis, biased (over n) unless <paramref name="unbiased"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public Tensor Variance(int axis, bool keepDim = false, bool unbiased = false) =>
        (this - Mean(Shape.Axis("Variance", axis), keepDim: true)).Square().Sum(axis, keepDim) / (Shape[axis] - (unbiased ? 1 : 0));

    /// <summary>The largest of all elements; NaN when there is one.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public Tensor Max() => Flatten().Max(0);

    /// <summary>The smallest of all elements; NaN when there is one.</summary>
    /// <exception cref="ArgumentException">There is no element.</exception>
    public Tensor Min() => Flatten().Min(0);

    /// <summary>The largest elements along an axis.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public Tensor Max(int axis, bool keepDim = false) => Autograd.Max.Apply(this, axis, keepDim);

    /// <summary>The smallest elements along an axis.</summary>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public Tensor Min(int axis, bool keepDim = false) => -Autograd.Max.Apply(-this, Shape.Axis("Min", axis), keepDim);

    /// <summary>The index of the largest element along the last axis, as floats; the first of equal ones. Not differentiable.</summary>
    /// <exception cref="ArgumentException">There is no axis, or the last one is empty.</exception>
    public Tensor ArgMax()
    {
        Shape shape = Shape;
        int count = shape[shape.Axis("ArgMax", -1)];
        Tensor places = Empty(shape.Without(-1));
        for (int row = 0; row < places.Length; row++)
        {
            places.Span[row] = Reductions.ArgMax(Span.Slice(row * count, count));
        }

        return places;
    }

    /// <summary>The larger of the two, element by element.</summary>
    public Tensor Maximum(Tensor other) => Autograd.Maximum.Apply(this, other);

    /// <summary>e to the power of each element.</summary>
    public Tensor Exp() => Autograd.Exp.Apply(this);

    /// <summary>The natural logarithm of each element.</summary>
    public Tensor Log() => Autograd.Log.Apply(this);

    /// <summary>The square root of each element.</summary>
    public Tensor Sqrt() => Autograd.Sqrt.Apply(this);

    /// <summary>The sine of each element, in radians; accurate for large numbers too.</summary>
    public Tensor Sin() => CircleFunction.Apply(this, cosine: false);

    /// <summary>The cosine of each element, in radians; accurate for large numbers too.</summary>
    public Tensor Cos() => CircleFunction.Apply(this, cosine: true);

    /// <summary>The absolute value of each element; the derivative at 0 is taken as 0.</summary>
    public Tensor Abs() => Autograd.Abs.Apply(this);

    /// <summary>The square of each element.</summary>
    public Tensor Square() => Autograd.Square.Apply(this);

    /// <summary>Each element to a constant power.</summary>
    public Tensor Pow(double exponent) => Power.Apply(this, (float)exponent);

    /// <summary>max(0, x).</summary>
    public Tensor Relu() => Autograd.Relu.Apply(this);

    /// <summary>x where it is positive, else slope x.</summary>
    public Tensor LeakyRelu(double slope = 0.01) => Autograd.LeakyRelu.Apply(this, new LeakyReluOperator((float)slope), new LeakyReluGradient((float)slope));

    /// <summary>1 / (1 + e^-x).</summary>
    public Tensor Sigmoid() => Autograd.Sigmoid.Apply(this);

    /// <summary>The hyperbolic tangent.</summary>
    public Tensor Tanh() => Autograd.Tanh.Apply(this);
}
