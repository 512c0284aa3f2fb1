using CourseLib.Autograd;
using CourseLib.Kernels;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Autograd;

/// <summary>Derivatives by the inputs against formulas worked out by hand, in double precision.</summary>
[Term("Physics-informed loss")]
public class JetTests
{
    [Fact]
    public void A_polynomial_is_exact()
    {
        // f = x^3 y^2 - 2 x y + y / 2 - 3, at points where every term is a short binary number.
        Tensor points = Tensor.From([0f, 0, 1, 2, -2, 3, 0.5f, -1.5f, 4, -0.25f], 5, 2);
        Jet at = Jet.Of(points);
        (Jet x, Jet y) = (at.Column(0), at.Column(1));
        Jet f = (x.Square() * x * y.Pow(2)) - (2 * x * y) + (y / 2) - 3;
        for (int i = 0; i < 5; i++)
        {
            (double a, double b) = (points[i, 0], points[i, 1]);
            Assert.Equal((a * a * a * b * b) - (2 * a * b) + (b / 2) - 3, f.Value[i, 0]);
            Assert.Equal((3 * a * a * b * b) - (2 * b), f.D(0)[i, 0]);
            Assert.Equal((2 * a * a * a * b) - (2 * a) + 0.5, f.D(1)[i, 0]);
            Assert.Equal(6 * a * b * b, f.D(0, 0)[i, 0]);
            Assert.Equal((6 * a * a * b) - 2, f.D(0, 1)[i, 0]);
            Assert.Equal(f.D(0, 1)[i, 0], f.D(1, 0)[i, 0]);
            Assert.Equal(2 * a * a * a, f.D(1, 1)[i, 0]);
            Assert.Equal((6 * a * b * b) + (2 * a * a * a), f.Laplacian()[i, 0]);
            Assert.Equal(2 * a * a * a, f.Laplacian(1)[i, 0]);
        }
    }

    [Fact]
    public void A_quotient_and_functions_within_functions()
    {
        // f = sin(x y) / (2 + e^x): with s = sin(xy), c = cos(xy), w = 1 / (2 + e^x).
        Tensor points = Tensor.RandN([40, 2], new Generator(3));
        Jet at = Jet.Of(points);
        (Jet x, Jet y) = (at.Column(0), at.Column(1));
        Jet f = (x * y).Sin() / (2 + x.Exp());
        for (int i = 0; i < 40; i++)
        {
            (double a, double b) = (points[i, 0], points[i, 1]);
            (double s, double c, double e) = (Math.Sin(a * b), Math.Cos(a * b), Math.Exp(a));
            double w = 1 / (2 + e);
            (double w1, double w2) = (-e * w * w, (-e * w * w) + (2 * e * e * w * w * w));
            Near(s * w, f.Value[i, 0]);
            Near((b * c * w) + (s * w1), f.D(0)[i, 0]);
            Near(a * c * w, f.D(1)[i, 0]);
            Near((-b * b * s * w) + (2 * b * c * w1) + (s * w2), f.D(0, 0)[i, 0]);
            Near(((c - (a * b * s)) * w) + (a * c * w1), f.D(0, 1)[i, 0]);
            Near(-a * a * s * w, f.D(1, 1)[i, 0]);
        }
    }

    [Fact]
    public void A_tanh_network_by_its_formula()
    {
        // u = sum_k v_k tanh(w_k x + b_k): u_i = sum v_k (1 - t^2) w_ki, u_ij = sum v_k (-2 t (1 - t^2)) w_ki w_kj.
        Generator generator = new(8);
        Tensor x = Tensor.RandN([9, 3], generator);
        Tensor w = Tensor.RandN([16, 3], generator);
        Tensor b = Tensor.RandN([16], generator);
        Tensor v = Tensor.RandN([1, 16], generator);
        Jet u = Jet.Of(x).Linear(w, b).Tanh().Linear(v);
        for (int row = 0; row < 9; row++)
        {
            double[] first = new double[3];
            double[,] second = new double[3, 3];
            for (int k = 0; k < 16; k++)
            {
                double z = b[k];
                for (int i = 0; i < 3; i++)
                {
                    z += (double)w[k, i] * x[row, i];
                }

                double t = Math.Tanh(z);
                double slope = v[0, k] * (1 - (t * t));
                for (int i = 0; i < 3; i++)
                {
                    first[i] += slope * w[k, i];
                    for (int j = 0; j < 3; j++)
                    {
                        second[i, j] += -2 * t * slope * w[k, i] * w[k, j];
                    }
                }
            }

            for (int i = 0; i < 3; i++)
            {
                Near(first[i], u.D(i)[row, 0]);
                for (int j = 0; j < 3; j++)
                {
                    Near(second[i, j], u.D(i, j)[row, 0]);
                }
            }
        }
    }

    [Fact]
    public void First_derivatives_are_those_of_a_backward_pass()
    {
        Generator generator = new(9);
        Tensor x = Tensor.RandN([6, 3], generator).AsParameter();
        Tensor w = Tensor.RandN([8, 3], generator);
        Tensor v = Tensor.RandN([1, 8], generator);
        Functional.Linear(Functional.Linear(x, w).Sigmoid(), v).Sum().Backward();
        Jet u = Jet.Of(x.Detach(), []).Linear(w).Sigmoid().Linear(v);
        for (int i = 0; i < 3; i++)
        {
            Tensor expected = x.Grad.Slice(1, i, 1);
            Assert.All(Enumerable.Range(0, 6), row => Near(expected[row, 0], u.D(i)[row, 0]));
        }
    }

    [Fact]
    public void The_gradient_of_a_residual_by_the_parameters_is_the_difference_quotient()
    {
        Generator generator = new(10);
        Tensor x = Tensor.RandN([5, 2], generator);
        Tensor source = Tensor.RandN([5, 1], generator);
        foreach (Func<Jet, Jet> activation in new Func<Jet, Jet>[] { u => u.Tanh(), u => u.Sigmoid(), u => u.Sin(), u => u.Softplus(), u => u.Mish(), u => u.Gelu() })
        {
            Tensor[] parameters = [Tensor.RandN([4, 2], generator) * 0.5, Tensor.RandN([4], generator) * 0.5, Tensor.RandN([2, 4], generator) * 0.7, Tensor.From([0.3f])];
            double Error(Func<Tensor, Tensor> curvature) => GradientCheck.RelativeError(
                p =>
                {
                    Jet u = activation(Jet.Of(x).Linear(p[0], p[1])).Linear(p[2]);
                    (Jet velocity, Jet pressure) = (u.Column(0), u.Column(1));
                    Tensor residual = (velocity.Value * velocity.D(0)) + pressure.D(1) - (p[3].Exp() * curvature(velocity.Laplacian())) + velocity.D(0, 1) - source;
                    return residual.Square().Mean();
                },
                parameters);

            // The quotient of a float32 loss made of second derivatives is itself good to 3e-4; a part that brings no gradient shows as much more.
            double error = Error(part => part);
            Assert.True(error < 1e-3, $"relative error {error}");
            Assert.True(Error(part => part.Detach()) > 0.05);
        }
    }

    [Fact]
    public void Only_the_pairs_asked_for_are_carried()
    {
        Jet u = Jet.Of(Tensor.Ones(4, 3), [(1, 0), (2, 2)]).Exp();
        Assert.Equal([(0, 1), (2, 2)], new[] { (0, 1), (2, 2) }.Where(pair => u.D(pair.Item1, pair.Item2).Shape == u.Value.Shape));
        string message = Assert.Throws<ArgumentException>(() => u.D(0, 0)).Message;
        Assert.Contains("(0, 0) is not carried; ask for it with Jet.Of(x, [(0, 0), …])", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => u.Laplacian());
        Assert.Equal(u.D(2, 2).ToArray(), u.Laplacian(2).ToArray());
        Assert.Equal("Jet (4, 3) with derivatives by 3 inputs, second [(0, 1), (2, 2)]", u.ToString());
    }

    [Fact]
    public void Constants_have_no_derivatives_and_broadcast()
    {
        Jet x = Jet.Of(Tensor.From([1f, 2, 3, 4], 2, 2));
        Jet c = x.Constant(Tensor.From([10f, 20]));
        Assert.Equal([0f, 0], c.D(1).ToArray());
        Jet y = x.Column(0) * c;
        Assert.Equal([10f, 20, 30, 60], y.Value.ToArray());
        Assert.Equal([10f, 20, 10, 20], y.D(0).ToArray());
        Assert.Equal([0f, 0, 0, 0], y.D(1).ToArray());

        // A sum whose derivative is narrower than its value.
        Jet sum = x.Column(1) + c;
        Assert.Equal([1f, 1, 1, 1], sum.D(1).ToArray());
        Assert.Equal([1f, 1], sum.Column(1).D(1).ToArray());
    }

    [Fact]
    public void Wrong_use_is_refused()
    {
        Tensor x = Tensor.Ones(4, 2);
        Assert.Contains("(8,)", Assert.Throws<ArgumentException>(() => Jet.Of(x.Reshape(8))).Message, StringComparison.Ordinal);
        Assert.Contains("direction 2", Assert.Throws<ArgumentOutOfRangeException>(() => Jet.Of(x, [(0, 2)])).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => Jet.Of(x, [(0, 1), (1, 0)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Jet.Of(x).D(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jet.Of(x).D(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Jet.Of(x).Column(2));
        Assert.Contains("different derivatives", Assert.Throws<ArgumentException>(() => Jet.Of(x) + Jet.Of(x, [])).Message, StringComparison.Ordinal);
        Assert.Contains("no useful second derivative", Assert.Throws<InvalidOperationException>(() => Jet.Of(x).Relu()).Message, StringComparison.Ordinal);
    }

    /// <summary>Float rounding of a handful of operations on terms of size 1.</summary>
    private static void Near(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 2e-6 * Math.Max(1, Math.Abs(expected)), FormattableString.Invariant($"expected {expected}, got {actual}"));
}
