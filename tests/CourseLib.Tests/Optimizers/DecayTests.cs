using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers;

/// <summary>Weight decay in the step against an L2 penalty in the gradient (lecture cnn, "Adam, AdamW и другие животные").</summary>
[Term("SGDW"), Term("Weight decay")]
public class DecayTests
{
    private const double Rate = 0.1;
    private const double Decay = 0.01;

    [Fact]
    public void Without_momentum_SGDW_is_SGD_with_the_penalty_decay_over_rate()
    {
        double[][] decoupled = Bowl.Walk(p => new SGDW(p, Rate, weightDecay: Decay));
        Assert.True(Bowl.Distance(decoupled, Bowl.Walk(p => new SGD(p, Rate, weightDecay: Decay / Rate))) < 1e-6);
        Assert.True(Bowl.Distance(decoupled, Bowl.Walk(p => new SGD(p, Rate, weightDecay: Decay))) > 1e-2);
    }

    [Fact]
    public void With_momentum_they_part()
    {
        double[][] decoupled = Bowl.Walk(p => new SGDW(p, Rate, momentum: 0.5, weightDecay: Decay));
        Assert.True(Bowl.Distance(decoupled, Bowl.Walk(p => new SGD(p, Rate, momentum: 0.5, weightDecay: Decay / Rate))) > 1e-3);
        Assert.True(Bowl.Distance(Bowl.Walk(p => new SGDW(p, Rate, momentum: 0.5)), Bowl.Walk(p => new SGD(p, Rate, momentum: 0.5))) < 1e-6);
    }

    [Fact]
    public void SGDW_is_the_papers_algorithm_under_a_schedule()
    {
        static IEnumerable<double> Paper(double x, Func<double, double> slope)
        {
            double m = 0;
            for (int t = 0; ; t++)
            {
                double eta = Eta(t);
                m = (0.9 * m) + (eta * 0.05 * slope(x));
                x = x - m - (eta * Decay * x);
                yield return x;
            }
        }

        static double Eta(int step) => 1 / (1 + (0.1 * step));

        Assert.True(Bowl.Distance(Bowl.Formula(Paper), Bowl.Walk(p => new SGDW(p, 0.05, momentum: 0.9, weightDecay: Decay), step => 0.05 * Eta(step))) < 3e-6);
    }

    [Fact]
    public void Under_momentum_a_penalty_decays_by_lr_w_at_first_and_by_more_later()
    {
        // Numbers of the claim decay.sgdw: 0.1 * 0.01 in the first step, about 0.1 * 0.01 / (1 - 0.9) per step later, a little more as the weight falls.
        Tensor p = Tensor.From([1f]).AsParameter();
        SGD penalty = new([p], 0.1, momentum: 0.9, weightDecay: 0.01);
        Bowl.Step(penalty, p, _ => 0);
        Assert.Equal(0.001, 1 - p[0], 1e-6);
        float before = p[0];
        for (int step = 0; step < 200; step++)
        {
            before = p[0];
            Bowl.Step(penalty, p, _ => 0);
        }

        Assert.Equal(0.0111, 1 - (p[0] / before), 2e-4);

        Tensor q = Tensor.From([1f]).AsParameter();
        SGDW decoupled = new([q], 0.1, momentum: 0.9, weightDecay: 0.01);
        Bowl.Step(decoupled, q, _ => 0);
        Bowl.Step(decoupled, q, _ => 0);
        Assert.Equal(0.99 * 0.99, q[0], 1e-6);
    }

    [Fact]
    [Term("AdamW")]
    public void Under_Adam_weights_with_large_gradients_decay_less_and_AdamW_restores_it()
    {
        // Two weights of the same size under gradients +-1 and +-100 that push neither way in the mean: what is left is the decay.
        static double[] Decayed(Func<Tensor[], Optimizer> make)
        {
            Tensor p = Tensor.From([1f, 1f]).AsParameter();
            Optimizer optimizer = make([p]);
            for (int step = 0; step < 400; step++)
            {
                Bowl.Step(optimizer, p, i => (step % 2 == 0 ? 1 : -1) * (i == 0 ? 1 : 100));
            }

            return [1 - p[0], 1 - p[1]];
        }

        double[] coupled = Decayed(p => new Adam(p, 1e-3, weightDecay: 0.1));
        double[] decoupled = Decayed(p => new AdamW(p, 1e-3, weightDecay: 0.1));
        Assert.True(coupled[0] > 10 * coupled[1], $"{coupled[0]} and {coupled[1]}");
        Assert.Equal(1, decoupled[0] / decoupled[1], 0.02);
    }
}
