using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Analysis;

/// <summary>
/// The flow behind a grid of wires, an exact solution of the Navier-Stokes equations (Kovasznay 1948), to hold a physics-informed loss against (lecture lbd, "Функции потерь", "можно почти что угодно"): with friction a added,
/// u = 1 - e^(kx) cos 2πy, v = k/(2π) e^(kx) sin 2πy, p = (1 - e^(2kx))/2 - a x, k = (1 - √(1 + 4ν(4π²ν + a))) / (2ν).
/// </summary>
/// <remarks>The distance of the wires and the far speed are 1, p is pressure over density, and nothing depends on time. Shown on -0.5 ≤ x ≤ 1, -0.5 ≤ y ≤ 0.5.</remarks>
/// <param name="Viscosity">ν; 1/ν is the Reynolds number.</param>
/// <param name="Friction">a, 0 in the paper.</param>
public sealed record KovasznayFlow(double Viscosity, double Friction = 0)
{
    /// <summary>k, which is negative: the wires' trace dies out.</summary>
    public double Decay => (1 - Math.Sqrt(1 + (4 * Viscosity * ((4 * Math.PI * Math.PI * Viscosity) + Friction)))) / (2 * Viscosity);

    /// <summary>u, v and p with their derivatives.</summary>
    /// <param name="at">Places [B, 2].</param>
    public Jet[] At(Jet at)
    {
        ArgumentNullException.ThrowIfNull(at);
        (Jet x, Jet turn) = (at.Column(0), at.Column(1) * (2 * Math.PI));
        Jet growth = (x * Decay).Exp();
        return [1 - (growth * turn.Cos()), growth * turn.Sin() * (Decay / (2 * Math.PI)), ((1 - growth.Square()) * 0.5) - (x * Friction)];
    }

    /// <summary>u, v and p in three columns.</summary>
    /// <param name="places">[B, 2].</param>
    /// <returns>[B, 3].</returns>
    public Tensor At(Tensor places)
    {
        Jet[] flow = At(Jet.Of(places, []));
        return flow[0].Value.Concat(flow[1].Value, 1).Concat(flow[2].Value, 1);
    }

    /// <summary>The relative error of a velocity: |said - exact| / |exact|, the norms over all places and both components.</summary>
    /// <param name="said">[B, 2] or more columns, of which the first two count.</param>
    /// <param name="places">[B, 2].</param>
    public double VelocityError(Tensor said, Tensor places)
    {
        using NoGrad off = new();
        Tensor exact = At(places).Slice(1, 0, 2);
        return Math.Sqrt((said.Slice(1, 0, 2) - exact).Square().Sum().Item() / exact.Square().Sum().Item());
    }

    /// <summary>Random places in the rectangle.</summary>
    /// <param name="count">n.</param>
    /// <param name="generator">Source of randomness.</param>
    /// <returns>[n, 2].</returns>
    public static Tensor Inside(int count, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(generator);
        Tensor places = Tensor.Empty(count, 2);
        generator.Uniform(places.Span, -0.5f, 0.5f);
        for (int i = 0; i < count; i++)
        {
            places[i, 0] = (1.5f * places[i, 0]) + 0.25f;
        }

        return places;
    }

    /// <summary>Evenly spaced places on the four sides.</summary>
    /// <param name="perSide">n, the places on each.</param>
    /// <returns>[4n, 2].</returns>
    public static Tensor Boundary(int perSide)
    {
        Requires.AtLeast("KovasznayFlow.Boundary", nameof(perSide), perSide, 1);
        IEnumerable<double> shares = Enumerable.Range(0, perSide).Select(i => (i + 0.5) / perSide);
        double[] places = [.. shares.SelectMany(s => new[] { -0.5 + (1.5 * s), -0.5, -0.5 + (1.5 * s), 0.5, -0.5, -0.5 + s, 1, -0.5 + s })];
        return Tensor.From(places, 4 * perSide, 2);
    }
}
