using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Works;

/// <summary>Max-pooling of 2x2 windows at the CNN's first size, <c>maxpool/SHAPE/pass</c>.</summary>
internal static class PoolingWorks
{
    private static readonly PoolShape Shape = new(64, 32, 28, 28, 2, 2, 2, 2);

    /// <summary>Both passes.</summary>
    public static IEnumerable<Work> All =>
    [
        new("maxpool/64x32x28x28/forward", Forward) { Bytes = sizeof(float) * (Shape.InputLength + Shape.OutputLength) },
        new("maxpool/64x32x28x28/backward", Backward) { Bytes = sizeof(float) * ((2 * Shape.InputLength) + Shape.OutputLength) },
    ];

    private static Prepared Forward()
    {
        Floats x = new(Shape.InputLength, seed: 1), y = new(Shape.OutputLength);
        return Prepared.Of(() => Pooling.MaxForward(Shape, x.Span, y.Span), y);
    }

    private static Prepared Backward()
    {
        Floats x = new(Shape.InputLength, seed: 1), dy = new(Shape.OutputLength, seed: 4), dx = new(Shape.InputLength);
        return Prepared.Of(() => Pooling.MaxBackward(Shape, x.Span, dy.Span, dx.Span), dx);
    }
}
