namespace CourseLib.Analysis;

/// <summary>The mean of several independent samples of an objective: g = (1/m) sum of m gradients (lecture cnn, "Стохастический градиентный спуск").</summary>
internal sealed class MiniBatch : StochasticObjective
{
    private readonly StochasticObjective inner;
    private readonly int size;

    public MiniBatch(StochasticObjective inner, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        this.inner = inner;
        this.size = size;
    }

    public override int Dimension => inner.Dimension;

    public override IReadOnlyList<double> Minimizer => inner.Minimizer;

    public override double Value(ReadOnlySpan<double> x) => inner.Value(x);

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient) => inner.Gradient(x, gradient);

    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise)
    {
        Span<double> one = Dimension <= 128 ? stackalloc double[Dimension] : new double[Dimension];
        gradient.Clear();
        for (int i = 0; i < size; i++)
        {
            inner.Sample(x, one, noise);
            for (int j = 0; j < one.Length; j++)
            {
                gradient[j] += one[j] / size;
            }
        }
    }
}

/// <summary>An objective whose "estimate" of the gradient is the gradient.</summary>
internal sealed class ExactGradient(StochasticObjective inner) : StochasticObjective
{
    public override int Dimension => inner.Dimension;

    public override IReadOnlyList<double> Minimizer => inner.Minimizer;

    public override double Value(ReadOnlySpan<double> x) => inner.Value(x);

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient) => inner.Gradient(x, gradient);

    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise) => inner.Gradient(x, gradient);
}
