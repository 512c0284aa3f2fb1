using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Autograd;

/// <summary>
/// An input seen as planes, for a kernel that reads parameters kept for elements, channels, examples or all: [B, C, …] has B x C planes, [B, C] a plane for
/// each example, a vector is one plane.
/// </summary>
internal static class PlaneLayout
{
    /// <summary>The sizes that a kernel works with.</summary>
    internal static BatchShape Sizes(in Shape shape)
    {
        int first = FirstAxisInside(shape);
        return new(first > 0 ? shape[0] : 1, first > 1 ? shape[1] : 1, shape.Product(first, shape.Rank));
    }

    /// <summary>The shape of what has one number for each plane.</summary>
    internal static Shape Planes(in Shape shape)
    {
        Shape planes = shape;
        for (int axis = FirstAxisInside(shape); axis < shape.Rank; axis++)
        {
            planes = planes.With(axis, 1);
        }

        return planes;
    }

    /// <summary>Whether a parameter that broadcasts to the input has either one number or all of them in each plane, and not one for each row of it, say.</summary>
    internal static bool Fits(in Shape parameter, in Shape shape)
    {
        bool one = true;
        bool all = true;
        for (int axis = FirstAxisInside(shape); axis < shape.Rank; axis++)
        {
            int size = SizeAlong(parameter, shape, axis);
            one &= size == 1;
            all &= size == shape[axis];
        }

        return one || all;
    }

    /// <summary>Whether a parameter that fits has a number for each element of a plane.</summary>
    internal static bool IsPerElement(in Shape parameter, in Shape shape)
    {
        for (int axis = FirstAxisInside(shape); axis < shape.Rank; axis++)
        {
            if (SizeAlong(parameter, shape, axis) != 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A parameter that fits, for the kernel.</summary>
    internal static PlaneOperand Operand(Tensor parameter, in Shape shape)
    {
        Shape own = parameter.Shape;
        int first = FirstAxisInside(shape);
        bool perElement = IsPerElement(own, shape);
        int inPlane = perElement ? shape.Product(first, shape.Rank) : 1;
        int channels = first > 1 ? SizeAlong(own, shape, 1) : 1;
        int examples = first > 0 ? SizeAlong(own, shape, 0) : 1;
        return new(parameter.Span, examples == 1 ? 0 : channels * inPlane, channels == 1 ? 0 : inPlane, perElement);
    }

    private static int FirstAxisInside(in Shape shape) => Math.Clamp(shape.Rank - 1, 0, 2);

    private static int SizeAlong(in Shape parameter, in Shape shape, int axis)
    {
        int own = axis - (shape.Rank - parameter.Rank);
        return own < 0 ? 1 : parameter[own];
    }
}
