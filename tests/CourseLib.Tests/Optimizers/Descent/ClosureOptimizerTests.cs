using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Optimizers.Descent;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers.Descent;

/// <summary>The same methods on tensors, to the seven digits of a float.</summary>
[Term("L-BFGS")]
public class ClosureOptimizerTests
{
    [Fact]
    public void A_closure_is_an_objective_with_the_gradient_of_backward()
    {
        Tensor a = Tensor.From([1f, 2f]).AsParameter();
        Tensor b = Tensor.From([3f]).AsParameter();
        TensorObjective objective = new([a, b], () => (a.Square().Sum() * 2) + (a.Sum() * b.Sum()));
        Assert.Equal([1, 2, 3], objective.Current);
        double[] gradient = new double[3];
        Assert.Equal(2 * 25 + (7 * 5), objective.ValueAndGradient([3, 4, 5], gradient));
        Assert.Equal([12 + 5, 16 + 5, 7], gradient);
        Assert.Equal([3f, 4f], a.ToArray());
        Assert.Equal(85, objective.Value([3, 4, 5]));

        // A closure in torch's manner, which runs backward itself, counts once.
        TensorObjective own = new([a], () =>
        {
            Tensor loss = a.Square().Sum();
            loss.Backward();
            return loss;
        });
        double[] once = new double[2];
        own.ValueAndGradient([1, 2], once);
        Assert.Equal([2, 4], once);
    }

    [Fact]
    public void LBFGS_trains_a_network_on_a_full_batch_further_than_Adam_in_as_many_gradients()
    {
        (Sequential model, Func<Tensor> loss) = Network(1);
        LBFGS optimizer = new(model.Parameters, maxIterations: 25);
        float before = optimizer.Step(loss);
        Assert.Equal(Network(1).Loss().Item(), before);
        for (int step = 0; step < 3; step++)
        {
            float next = optimizer.Step(loss);
            Assert.True(next < before);
            before = next;
        }

        (Sequential other, Func<Tensor> otherLoss) = Network(1);
        Adam adam = new(other.Parameters, 0.02);
        for (int step = 0; step < optimizer.Evaluations; step++)
        {
            using Tape tape = new();
            adam.ZeroGrad();
            otherLoss().Backward();
            adam.Step();
        }

        Assert.True(loss().Item() < otherLoss().Item(), $"{loss().Item()} against {otherLoss().Item()} after {optimizer.Evaluations} gradients");
        Assert.InRange(optimizer.Iterations, 50, 100);
    }

    [Fact]
    public void Memory_stays_over_the_steps()
    {
        // One call of 12 iterations and 12 calls of one are the same path, but for the evaluation that begins each call.
        float[] Path(int calls)
        {
            (Sequential model, Func<Tensor> loss) = Network(2);
            LBFGS optimizer = new(model.Parameters, maxIterations: 12 / calls);
            for (int call = 0; call < calls; call++)
            {
                optimizer.Step(loss);
            }

            return [.. model.Parameters.SelectMany(parameter => parameter.ToArray())];
        }

        float[] one = Path(1);
        Assert.All(one.Zip(Path(12)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    [Term("Newton's method")]
    [Term("Hessian")]
    public void Newton_solves_a_linear_layer_in_one_step()
    {
        Generator generator = new(4);
        Linear model = new(3, 1, generator: generator);
        Tensor x = Tensor.RandN([40, 3], generator);
        Tensor y = Tensor.RandN([40, 1], generator);
        MSELoss criterion = new();
        ClosureOptimizer newton = new(model.Parameters, new Newton(), maxIterations: 1);
        newton.Step(() => criterion.Forward(model.Forward(x), y));
        Assert.Equal(1, newton.LastSteps[0].Length);

        // The oracle: the same least squares in double precision.
        double[][] rows = [.. Enumerable.Range(0, 40).Select(i => new double[] { x[i, 0], x[i, 1], x[i, 2], 1 })];
        IReadOnlyList<double> expected = new LeastSquares(rows, Array.ConvertAll(y.ToArray(), value => (double)value), 0).Minimizer;
        float[] found = [.. model.Weight.ToArray(), model.Bias!.Value[0]];
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    [Term("Conjugate gradients")]
    public void Conjugate_gradients_train_tensors_too()
    {
        (Sequential model, Func<Tensor> loss) = Network(3);
        ClosureOptimizer optimizer = new(model.Parameters, new ConjugateGradient(), maxIterations: 40);
        float before = optimizer.Step(loss);
        Assert.True(loss().Item() < 0.3f * before);
    }

    [Fact]
    public void At_the_rounding_of_floats_a_step_ends_and_says_so()
    {
        Tensor x = Tensor.From([3f, -2f]).AsParameter();
        Func<Tensor> loss = () => ((x - 1).Square() * Tensor.From([1f, 10f])).Sum() + 1000;
        LBFGS optimizer = new([x], 100, stop: new StoppingRule(0));
        optimizer.Step(loss);
        Assert.Contains(optimizer.LastOutcome, new[] { DescentOutcome.NoLowerPoint, DescentOutcome.GradientSmall });
        Assert.Equal(1, x[0], 1e-2f);
    }

    [Fact]
    public void Losses_that_cannot_be_minimised_are_refused_and_move_nothing()
    {
        Tensor x = Tensor.From([1f]).AsParameter();
        Assert.Contains("finite objective", Assert.Throws<ArgumentException>(() => new LBFGS([x]).Step(() => (x - 2).Log().Sum())).Message, StringComparison.Ordinal);
        Assert.Equal(1, x[0]);
        Assert.Contains("no parameters", Assert.Throws<ArgumentException>(() => new LBFGS([])).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new ClosureOptimizer([x], new Newton(indefinite: IndefiniteHessian.Refuse)).Step(() => -x.Square().Sum()));
        Assert.Equal(1, x[0]);
    }

    private static (Sequential Model, Func<Tensor> Loss) Network(ulong seed)
    {
        Generator generator = new(seed);
        Sequential model = new(new Linear(2, 8, generator: generator), new Tanh(), new Linear(8, 1, generator: generator));
        Tensor x = Tensor.RandN([64, 2], generator);
        Tensor y = Tensor.Empty(64, 1);
        for (int i = 0; i < 64; i++)
        {
            y[i, 0] = x[i, 0] * x[i, 1];
        }

        MSELoss criterion = new();
        return (model, () => criterion.Forward(model.Forward(x), y));
    }

    [Fact]
    public void An_optimizer_says_what_it_is()
    {
        Tensor[] parameters = [Tensor.Parameter(1)];
        Assert.Equal("LBFGS(maxIterations: 7)", new LBFGS(parameters, maxIterations: 7).ToString());
        Assert.Equal("ClosureOptimizer(Newton, maxIterations: 20)", new ClosureOptimizer(parameters, new Newton()).ToString());
    }
}
