using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers;

/// <summary>Steps by hand, where the traps are; 50 steps of each optimizer against PyTorch stand in the parity tests.</summary>
public class OptimizerTests
{
    [Fact]
    [Term("AdamW"), Term("Weight decay")]
    public void AdamW_decays_apart_from_the_moments()
    {
        Tensor decoupled = Tensor.From([2f]).AsParameter();
        Tensor coupled = Tensor.From([2f]).AsParameter();
        Step(new AdamW([decoupled], 0.1, weightDecay: 0.5), decoupled, 3);
        Step(new Adam([coupled], 0.1, weightDecay: 0.5), coupled, 3);

        // After the first step m' / sqrt(v') is the sign of the gradient: the decay changes it only where it passes through the moments.
        Assert.Equal((2 * (1 - (0.1f * 0.5f))) - 0.1f, decoupled[0], 1e-6f);
        Assert.Equal(2 - 0.1f, coupled[0], 1e-6f);
    }

    [Fact]
    [Term("Momentum")]
    public void A_change_of_rate_scales_the_whole_velocity()
    {
        Tensor p = Tensor.From([0f]).AsParameter();
        SGD optimizer = new([p], 1, momentum: 0.5);
        Step(optimizer, p, 1);
        optimizer.LearningRate = 0.1;
        Step(optimizer, p, 1);

        // torch: v = 1, then 0.5 + 1; the lectures' form would give -1 - (0.5 * 1 + 0.1).
        Assert.Equal(-1 - (0.1f * 1.5f), p[0], 1e-6f);
        Assert.Equal(2, optimizer.StepCount);
    }

    [Fact]
    public void A_parameter_without_a_gradient_stays_and_takes_no_step()
    {
        Tensor p = Tensor.From([1f]).AsParameter();
        Tensor late = Tensor.From([1f]).AsParameter();
        Adam optimizer = new([p, late], 0.1, weightDecay: 0.1);
        Step(optimizer, p, 1);
        Assert.Equal(1, late[0]);
        Step(optimizer, late, -5);

        // The first step of a parameter has the whole bias correction, whenever it comes.
        Assert.Equal(1.1f, late[0], 1e-6f);
    }

    [Fact]
    public void An_optimizer_made_in_a_tape_outlives_it()
    {
        Tensor p = Tensor.From([1f]).AsParameter();
        Optimizer[] optimizers;
        using (new Tape())
        {
            optimizers = [new SGD([p], 0.1, momentum: 0.9), new Adam([p]), new AdamW([p])];
        }

        foreach (Optimizer optimizer in optimizers)
        {
            float before = p[0];
            Step(optimizer, p, 1);
            Assert.True(p[0] < before);
        }
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        Tensor[] p = [Tensor.Parameter(1)];
        Named("SGD", "-1", () => new SGD(p, -1));
        Named("SGD", "NaN", () => new SGD(p, double.NaN));
        Named("SGD", "momentum", () => new SGD(p, 1, momentum: -0.1));
        Named("SGD", "dampening", () => new SGD(p, 1, momentum: 0.1, dampening: 2));
        Named("SGD", "Nesterov", () => new SGD(p, 1, nesterov: true));
        Named("Adam:", "beta2", () => new Adam(p, beta2: 1));
        Named("AdamW", "weightDecay", () => new AdamW(p, weightDecay: -1));
        Named("SGD", "classic form", () => new SGD(p, 1, momentum: 0.5, dampening: 0.5, form: MomentumForm.Classic));
        Named("SGD", "weightDecay", () => new SGD(p, 1, weightDecay: double.PositiveInfinity));
        Named("Adam:", "eps", () => new Adam(p, eps: -1));
        Named("NAdam", "momentumDecay", () => new NAdam(p, momentumDecay: -1));
        Named("Adagrad", "lrDecay", () => new Adagrad(p, lrDecay: -1));
        Named("Adagrad", "initialAccumulator", () => new Adagrad(p, initialAccumulator: double.NaN));
        Named("RMSprop", "alpha", () => new RMSprop(p, alpha: 1.5));
        Named("RMSprop", "momentum", () => new RMSprop(p, momentum: -1));
        Named("Adadelta", "rho", () => new Adadelta(p, rho: 1));
        Named("Adadelta", "numeratorEps", () => new Adadelta(p, numeratorEps: -1));
        Named("SGDW", "momentum", () => new SGDW(p, 1, momentum: -1));
        Named("SWATS", "tolerance", () => new SWATS(p, tolerance: -1));
        Named("SWATS", "earliestSwitch", () => new SWATS(p, earliestSwitch: 1));
        Named("SGDW", "lr to be a finite number above 0", () => new SGDW(p, 0));
        Named("SWATS", "lr to be a finite number above 0", () => new SWATS(p, 0));
        Named("AdamW", "lr to be a finite number above 0", () => new AdamW(p, 0, form: WeightDecayForm.BySchedule));
        Named("TensorObjective", "(1, 2)", () => new LBFGS(p).Step(() => Tensor.Zeros(1, 2)));
        Named("Adam", "no parameters", () => new Adam([]));
        Named("Adam", "AsParameter()", () => new Adam([p[0] * 2]));
    }

    [Fact]
    public void An_optimizer_says_what_it_is()
    {
        Tensor[] p = [Tensor.Parameter(1)];
        Assert.Equal("SGD(lr: 0.1, momentum: 0.9, dampening: 0, nesterov: True, form: Torch)", new SGD(p, 0.1, momentum: 0.9, nesterov: true).ToString());
        Assert.StartsWith("Adam(lr: 0.001, beta1: 0.9, beta2: 0.999, eps: 1E-08", new Adam(p).ToString(), StringComparison.Ordinal);
        foreach (Func<IReadOnlyList<Tensor>, Optimizer> make in OptimizerBank.Make.Values)
        {
            Optimizer optimizer = make(p);
            Assert.StartsWith($"{optimizer.GetType().Name}(lr: ", optimizer.ToString(), StringComparison.Ordinal);
        }
    }

    private static void Named(string operation, string what, Action action)
    {
        string message = Assert.ThrowsAny<ArgumentException>(action).Message;
        Assert.Contains(operation, message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    private static void Step(Optimizer optimizer, Tensor p, float gradient)
    {
        optimizer.ZeroGrad();
        (p * gradient).Sum().Backward();
        optimizer.Step();
    }
}
