using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using Tanh = CourseLib.Activations.Tanh;

namespace CourseLib.Tests.Training;

/// <summary>Differential equations in a loss: residuals of known flows, and a network that solves an equation.</summary>
[Term("Physics-informed loss")]
public class PhysicsInformedTests
{
    [Fact]
    public void Kovasznays_flow_satisfies_Navier_and_Stokes()
    {
        // u = 1 - e^(kx) cos 2 pi y, v = k/(2 pi) e^(kx) sin 2 pi y, p = (1 - e^(2kx)) / 2 with k = Re/2 - sqrt(Re^2/4 + 4 pi^2).
        const double Reynolds = 20;
        double k = (Reynolds / 2) - Math.Sqrt((Reynolds * Reynolds / 4) + (4 * Math.PI * Math.PI));
        Tensor points = Tensor.Empty(200, 2);
        new Generator(1).Uniform(points.Span, -0.5f, 1);
        Jet at = Jet.Of(points, [(0, 0), (1, 1)]);
        (Jet x, Jet y) = (at.Column(0), at.Column(1));
        Jet growth = (x * k).Exp();
        Jet u = 1 - (growth * (y * (2 * Math.PI)).Cos());
        Jet v = growth * (y * (2 * Math.PI)).Sin() * (k / (2 * Math.PI));
        Jet p = (1 - growth.Square()) * 0.5;
        double Residual(double viscosity) => new[]
        {
            (u.Value * u.D(0)) + (v.Value * u.D(1)) + p.D(0) - (u.Laplacian() * viscosity),
            (u.Value * v.D(0)) + (v.Value * v.D(1)) + p.D(1) - (v.Laplacian() * viscosity),
            u.D(0) + v.D(1),
        }.Max(residual => residual.Abs().Max().Item());

        Assert.InRange(Residual(1 / Reynolds), 0, 1e-4); // terms up to 50, rounded
        Assert.True(Residual(2 / Reynolds) > 1);
    }

    [Fact]
    public void A_decaying_vortex_satisfies_the_equations_in_time()
    {
        // Taylor and Green: u = -cos x sin y e^(-2 nu t), v = sin x cos y e^(-2 nu t), p = -(cos 2x + cos 2y) e^(-4 nu t) / 4.
        const double Viscosity = 0.3;
        Tensor points = Tensor.Empty(200, 3);
        new Generator(2).Uniform(points.Span, 0, 2);
        Jet at = Jet.Of(points, [(0, 0), (1, 1)]);
        (Jet x, Jet y, Jet t) = (at.Column(0), at.Column(1), at.Column(2));
        double Residual(double decay)
        {
            Jet factor = (t * (-2 * decay)).Exp();
            Jet u = -(x.Cos() * y.Sin() * factor);
            Jet v = x.Sin() * y.Cos() * factor;
            Jet p = ((2 * x).Cos() + (2 * y).Cos()) * factor.Square() * -0.25;
            Tensor residual = u.D(2) + (u.Value * u.D(0)) + (v.Value * u.D(1)) + p.D(0) - (u.Laplacian(0, 1) * Viscosity);
            return residual.Abs().Max().Item();
        }

        Assert.InRange(Residual(Viscosity), 0, 2e-6);
        Assert.True(Residual(2 * Viscosity) > 0.1);
    }

    [Fact]
    public void A_small_network_solves_Poissons_equation()
    {
        // u'' = -pi^2 sin(pi x) with u(0) = u(1) = 0, whose solution is sin(pi x); the factor x (1 - x) keeps the boundary by itself.
        Generator generator = new(4);
        Sequential model = new(new Linear(1, 16, generator: generator), new Tanh(), new Linear(16, 1, generator: generator));
        Tensor points = Tensor.Linspace(0, 1, 33).Reshape(-1, 1);
        Tensor source = (points * Math.PI).Sin() * (-Math.PI * Math.PI);
        Jet Solution(Tensor at)
        {
            Jet x = Jet.Of(at);
            return x * (1 - x) * model.Forward(x);
        }

        double Error()
        {
            using NoGrad _ = new();
            Tensor at = Tensor.Linspace(0, 1, 101).Reshape(-1, 1);
            Tensor exact = (at * Math.PI).Sin();
            return Math.Sqrt((Solution(at).Value - exact).Square().Sum().Item() / exact.Square().Sum().Item());
        }

        double untrained = Error();
        Adam adam = new(model.Parameters, 0.02);
        for (int step = 0; step < 400; step++)
        {
            using Tape tape = new();
            model.ZeroGrad();
            (Solution(points).D(0, 0) - source).Square().Mean().Backward();
            adam.Step();
        }

        double trained = Error();
        Assert.True(untrained > 0.5, $"before training: {untrained}");
        Assert.True(trained < 0.01, $"after training: {trained}");
    }
}
