using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Works;

/// <summary>Batch normalisation in training at the CNN's two sizes, <c>batchnorm/SHAPE/pass</c>.</summary>
internal static class NormalizationWorks
{
    private const float Epsilon = 1e-5f;

    private static readonly (int Channels, int Size)[] Layers = [(32, 28), (64, 14)];

    /// <summary>Both sizes and passes.</summary>
    public static IEnumerable<Work> All => Layers.SelectMany(layer =>
    {
        BatchShape shape = new(64, layer.Channels, layer.Size * layer.Size);
        string name = $"batchnorm/64x{layer.Channels}x{layer.Size}x{layer.Size}";
        return new Work[]
        {
            new($"{name}/forward", () => Forward(shape)) { Bytes = 2 * sizeof(float) * shape.Length },
            new($"{name}/backward", () => Backward(shape)) { Bytes = 3 * sizeof(float) * shape.Length },
        };
    });

    private static Prepared Forward(BatchShape shape)
    {
        Layer layer = new(shape);
        return Prepared.Of(layer.Forward, layer.Y);
    }

    private static Prepared Backward(BatchShape shape)
    {
        Layer layer = new(shape);
        layer.Forward();
        Floats dy = new(shape.Length, seed: 4), dx = new(shape.Length), dgamma = new(shape.Channels), dbeta = new(shape.Channels);
        return Prepared.Of(() => BatchNormalization.Backward(
            shape, layer.X.Span, dy.Span, layer.Gamma.Span, layer.Mean.Span, layer.InverseDeviation.Span, dx.Span, dgamma.Span, dbeta.Span), dx);
    }

    private sealed record Layer(BatchShape Shape)
    {
        public Floats X { get; } = new(Shape.Length, seed: 1);

        public Floats Gamma { get; } = new(Shape.Channels, seed: 2, scale: 0.5f, shift: 1);

        public Floats Mean { get; } = new(Shape.Channels);

        public Floats InverseDeviation { get; } = new(Shape.Channels);

        public Floats Y { get; } = new(Shape.Length);

        private Floats Beta { get; } = new(Shape.Channels, seed: 3);

        private Floats Variance { get; } = new(Shape.Channels);

        public void Forward() => BatchNormalization.Forward(Shape, X.Span, Gamma.Span, Beta.Span, Epsilon, Y.Span, Mean.Span, InverseDeviation.Span, Variance.Span);
    }
}
