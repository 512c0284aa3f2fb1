using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers;

/// <summary>
/// The lecture's one formula for them all (cnn, "Адаптивные методы градиентного спуска"), in double:
/// w_{k+1} = w_k - a H_k^-1 g(w_k + c (w_k - w_{k-1})) + b H_k^-1 H_{k-1} (w_k - w_{k-1}), with a diagonal H.
/// </summary>
[Term("General form of adaptive methods")]
public class GeneralFormTests
{
    private const int Steps = 25;

    private static readonly double[] Curvatures = [1, 4, 0.3], Start = [1, -2, 3];

    [Fact]
    public void Plain_descent_has_H_equal_to_one_and_no_memory() =>
        AssertClose(General(0.1, 0, 0, _ => 1)[^1], Library(w => new SGD([w], 0.1)));

    [Fact]
    public void Momentum_adds_a_part_of_the_last_step() =>
        AssertClose(General(0.05, 0.9, 0, _ => 1)[^1], Library(w => new SGD([w], 0.05, momentum: 0.9)));

    [Fact]
    public void Nesterov_takes_the_gradient_ahead_where_torch_keeps_its_parameters()
    {
        IReadOnlyList<double[]> path = General(0.05, 0.9, 0.9, _ => 1);
        AssertClose([.. path[^1].Zip(path[^2], (now, before) => now + (0.9 * (now - before)))], Library(w => new SGD([w], 0.05, momentum: 0.9, nesterov: true)));
    }

    [Fact]
    public void Adagrad_has_the_root_of_the_sum_of_squares() =>
        AssertClose(General(0.3, 0, 0, gradients => Math.Sqrt(gradients.Sum(g => g * g)))[^1], Library(w => new Adagrad([w], 0.3, eps: 0)));

    [Fact]
    public void Adam_has_the_root_of_a_fading_sum_and_a_part_of_the_last_step() =>
        AssertClose(General(0.1 * 0.2, 0.8, 0, Faded)[^1], Library(w => new Adam([w], 0.1, beta1: 0.8, beta2: 0.9, eps: 0, biasCorrection: false)));

    [Fact]
    public void Without_the_ratio_of_the_H_the_formula_is_not_Adams()
    {
        double[] wrong = General(0.1 * 0.2, 0.8, 0, Faded, ratio: false)[^1];
        float[] adam = Library(w => new Adam([w], 0.1, beta1: 0.8, beta2: 0.9, eps: 0, biasCorrection: false));
        Assert.Contains(wrong.Zip(adam), pair => Math.Abs(pair.First - pair.Second) > 0.01);
    }

    private static double Faded(IReadOnlyList<double> gradients) => Math.Sqrt(gradients.Aggregate(0.0, (sum, g) => (0.9 * sum) + (0.1 * g * g)));

    // The gradient of 1/2 sum c_i w_i²; each coordinate runs by itself.
    private static IReadOnlyList<double[]> General(double a, double b, double c, Func<IReadOnlyList<double>, double> h, bool ratio = true)
    {
        List<double[]> path = [[.. Start], [.. Start]];
        List<double>[] seen = [[], [], []];
        double[] last = new double[3];
        for (int step = 0; step < Steps; step++)
        {
            double[] next = new double[3];
            for (int i = 0; i < 3; i++)
            {
                double inertia = path[^1][i] - path[^2][i];
                double gradient = Curvatures[i] * (path[^1][i] + (c * inertia));
                seen[i].Add(gradient);
                double now = h(seen[i]);
                next[i] = path[^1][i] - (a * gradient / now) + (b * inertia * (ratio && step > 0 ? last[i] / now : 1));
                last[i] = now;
            }

            path.Add(next);
        }

        return path;
    }

    private static float[] Library(Func<Tensor, Optimizer> method)
    {
        Tensor w = Tensor.From(Start).AsParameter(), curvatures = Tensor.From(Curvatures);
        Optimizer optimizer = method(w);
        for (int step = 0; step < Steps; step++)
        {
            optimizer.ZeroGrad();
            (w.Square() * curvatures * 0.5).Sum().Backward();
            optimizer.Step();
        }

        return w.ToArray();
    }

    private static void AssertClose(double[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
}
