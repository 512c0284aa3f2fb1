using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers;

/// <summary>What the theory of the adaptive methods says about their rates.</summary>
public class AdaptiveRateTests
{
    [Fact]
    [Term("AMSGrad")]
    public void AMSGrads_rate_never_grows_and_Adams_does()
    {
        Assert.False(Grows("largest_second_moment.0", amsgrad: true));
        Assert.True(Grows("second_moment.0", amsgrad: false));
    }

    [Fact]
    [Term("AMSGrad"), Term("Adam")]
    public void On_Reddis_example_Adam_goes_to_the_wrong_end_and_AMSGrad_to_the_right_one()
    {
        // Losses 3x, -x, -x, 3x … on [-1, 1]: their mean is least at -1. Numbers of the claim after.amsgrad.
        Assert.True(End(amsgrad: false, beta2: 0.1) > 0.9);
        Assert.Equal(-1, End(amsgrad: true, beta2: 0.1), 0.02);
        Assert.True(End(amsgrad: false, beta2: 0.99) < -0.9, "with a long memory Adam finds it too");

        static double End(bool amsgrad, double beta2)
        {
            Tensor x = Tensor.From([0f]).AsParameter();
            Adam adam = new([x], 0.5, beta1: 0, beta2: beta2, eps: 0, amsgrad: amsgrad, biasCorrection: false);
            for (int t = 1; t <= 999; t++)
            {
                adam.LearningRate = 0.5 / Math.Sqrt(t);
                Bowl.Step(adam, x, _ => t % 3 == 1 ? 3 : -1);
                x[0] = Math.Clamp(x[0], -1, 1);
            }

            return x[0];
        }
    }

    [Fact]
    [Term("Adagrad")]
    public void Adagrads_reach_under_a_constant_gradient_is_set_by_the_rate()
    {
        Tensor x = Tensor.From([0f]).AsParameter();
        Adagrad adagrad = new([x], 0.1);
        double sum = 0;
        for (int t = 1; t <= 200; t++)
        {
            Bowl.Step(adagrad, x, _ => -7);
            sum += 1 / Math.Sqrt(t);
        }

        Assert.Equal(0.1 * sum, x[0], 1e-4);
        Assert.True(x[0] < 2 * 0.1 * Math.Sqrt(200));
    }

    [Fact]
    [Term("RMSprop")]
    public void Under_a_constant_gradient_centered_RMSprop_stays_a_number()
    {
        // v - a^2 tends to 0, and rounding brings it below.
        Tensor x = Tensor.From([0f, 0f, 0f]).AsParameter();
        RMSprop centered = new([x], 1e-3, alpha: 0.5, eps: 1e-3, centered: true);
        for (int t = 0; t < 200; t++)
        {
            Bowl.Step(centered, x, i => 0.1 + (0.7 * i));
        }

        Assert.All(x.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    [Term("Adadelta")]
    public void A_scaled_loss_changes_nothing_for_Adadelta()
    {
        double[][] path = Bowl.Walk(p => new Adadelta(p, eps: 0, numeratorEps: 1e-4));
        Assert.True(Bowl.Distance(path, Bowl.Walk(p => new Adadelta(p, eps: 0, numeratorEps: 1e-4), scale: 1000)) < 1e-5);
        Assert.True(Bowl.Distance(Bowl.Walk(p => new SGD(p, 1e-3)), Bowl.Walk(p => new SGD(p, 1e-3), scale: 100)) > 0.1);
    }

    [Fact]
    [Term("Adadelta")]
    public void Adadeltas_units_come_out_only_when_both_epsilons_carry_them()
    {
        // Parameters in another unit, x' = c x: the steps rescale with c when numeratorEps is in units of x'^2 and eps in those of 1 / x'^2.
        const double C = 100;
        double[] start = [.. Bowl.Start.Select(x => C * x)];
        double[][] path = Bowl.Walk(p => new Adadelta(p, eps: 1e-4));
        double[][] rescaled = Bowl.Walk(p => new Adadelta(p, eps: 1e-4 / (C * C), numeratorEps: 1e-4 * C * C), start: start, unit: C);
        double[][] fixedEps = Bowl.Walk(p => new Adadelta(p, eps: 1e-4), start: start, unit: C);
        Assert.True(Bowl.Distance(path, InUnits(rescaled)) < 1e-5);
        Assert.True(Bowl.Distance(path, InUnits(fixedEps)) > 0.05);

        static double[][] InUnits(double[][] path) => Array.ConvertAll(path, point => Array.ConvertAll(point, x => x / C));
    }

    /// <summary>Whether lr / sqrt(h) grew for some coordinate in some step, after a first large gradient.</summary>
    private static bool Grows(string state, bool amsgrad)
    {
        Tensor p = Tensor.From(Bowl.Start).AsParameter();
        Adam adam = new([p], 0.01, beta2: 0.9, amsgrad: amsgrad);
        float[] before = new float[p.Length];
        bool grew = false;
        for (int step = 0; step < 100; step++)
        {
            Bowl.Step(adam, p, i => (step % 10 == 0 ? 5 : 1) * Bowl.Slope(i, p[i]));
            float[] now = adam.NamedState.Single(entry => entry.Name == state).Value.ToArray();
            grew |= now.Zip(before, (a, b) => a < b).Any(fell => fell);
            before = now;
        }

        return grew;
    }}
