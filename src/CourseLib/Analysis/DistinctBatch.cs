namespace CourseLib.Analysis;

/// <summary>An empirical risk estimated by mini-batches of different examples: the variance is (N - m)/(N - 1) of that of independent draws.</summary>
internal sealed class DistinctBatch : StochasticObjective
{
    private readonly EmpiricalRisk risk;
    private readonly int size;

    public DistinctBatch(EmpiricalRisk risk, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, risk.Count);
        (this.risk, this.size) = (risk, size);
    }

    public override int Dimension => risk.Dimension;

    public override IReadOnlyList<double> Minimizer => risk.Minimizer;

    public override double Value(ReadOnlySpan<double> x) => risk.Value(x);

    public override void Gradient(ReadOnlySpan<double> x, Span<double> gradient) => risk.Gradient(x, gradient);

    public override void Sample(ReadOnlySpan<double> x, Span<double> gradient, NoiseSource noise) => risk.Gradient(x, gradient, noise.Choose(size, risk.Count));
}
