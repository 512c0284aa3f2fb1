using CourseLib.Analysis;
using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Tests.Analysis;

/// <summary>The exact flow and its pictures.</summary>
public class FlowTests
{
    [Theory]
    [InlineData(0.05, 0)]
    [InlineData(0.05, 0.5)]
    [InlineData(0.2, 0.3)]
    public void Kovasznays_flow_satisfies_its_equations_and_no_others(double viscosity, double friction)
    {
        Jet[] flow = new KovasznayFlow(viscosity, friction).At(Jet.Of(KovasznayFlow.Inside(200, new Generator(1)), [(0, 0), (1, 1)]));
        (Jet u, Jet v, Jet p) = (flow[0], flow[1], flow[2]);
        double Residual(double nu, double a) => new[]
        {
            (u.Value * u.D(0)) + (v.Value * u.D(1)) + p.D(0) + (u.Value * a) - (u.Laplacian() * nu),
            (u.Value * v.D(0)) + (v.Value * v.D(1)) + p.D(1) + (v.Value * a) - (v.Laplacian() * nu),
            u.D(0) + v.D(1),
        }.Max(residual => residual.Abs().Max().Item());

        Assert.InRange(Residual(viscosity, friction), 0, 1e-4); // terms up to 50, rounded
        Assert.True(Residual(2 * viscosity, friction) > 0.5);
        Assert.True(Residual(viscosity, friction + 0.5) > 0.2);
    }

    [Fact]
    public void Places_lie_in_the_rectangle_and_on_its_sides()
    {
        Tensor inside = KovasznayFlow.Inside(500, new Generator(2)), boundary = KovasznayFlow.Boundary(5);
        double[] x = [.. Enumerable.Range(0, 500).Select(i => (double)inside[i, 0])], y = [.. Enumerable.Range(0, 500).Select(i => (double)inside[i, 1])];
        Assert.True(x.Min() >= -0.5 && x.Min() < -0.4 && x.Max() <= 1 && x.Max() > 0.9);
        Assert.True(y.Min() >= -0.5 && y.Min() < -0.4 && y.Max() <= 0.5 && y.Max() > 0.4);
        Assert.Equal("(20, 2)", boundary.Shape.ToString());
        for (int i = 0; i < 20; i++)
        {
            Assert.True(boundary[i, 0] is -0.5f or 1 || boundary[i, 1] is -0.5f or 0.5f, $"place {i}");
        }
    }

    [Fact]
    public void The_exact_velocity_has_no_error_and_zero_the_whole()
    {
        KovasznayFlow flow = new(0.05);
        Tensor places = KovasznayFlow.Inside(50, new Generator(3));
        Assert.Equal(0, flow.VelocityError(flow.At(places), places));
        Assert.Equal(1, flow.VelocityError(Tensor.Zeros(50, 3), places), 6);
    }

    [Fact]
    public void The_streamfunction_of_a_rotation_is_its_paraboloid()
    {
        // u = -y, v = x: psi = -(x^2 + y^2) / 2 up to a constant; trapezes are exact for straight lines.
        FlowGrid grid = new((-1, 2), (-1, 1), 7, 5);
        Tensor flow = Tensor.Empty(35, 2);
        for (int i = 0; i < 35; i++)
        {
            (flow[i, 0], flow[i, 1]) = (-grid.Places[i, 1], grid.Places[i, 0]);
        }

        (double[,] psi, double[,] speed) = (grid.Streamfunction(flow), grid.Speed(flow));
        for (int r = 0; r < 5; r++)
        {
            for (int c = 0; c < 7; c++)
            {
                double square = (grid.X[c] * grid.X[c]) + (grid.Y[r] * grid.Y[r]);
                Assert.Equal(1 - (square / 2), psi[r, c], 5);
                Assert.Equal(Math.Sqrt(square), speed[r, c], 5);
            }
        }

        Assert.Contains("(35, 2)", Assert.Throws<ArgumentException>(() => grid.Speed(Tensor.Zeros(34, 2))).Message, StringComparison.Ordinal);
    }
}
