using CourseLib.Optimizers;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Optimizers;

/// <summary>What the lectures and papers write differently from torch, against their formulas in double; torch's form is another path.</summary>
public class LectureFormTests
{
    private const double Same = 3e-6;
    private const double Other = 1e-3;

    [Fact]
    [Term("Momentum")]
    public void Classic_momentum_is_the_lectures_also_when_the_rate_changes()
    {
        static IEnumerable<double> Lecture(double x, Func<double, double> slope)
        {
            double u = 0;
            for (int step = 0; ; step++)
            {
                u = (0.9 * u) + (Rate(step) * slope(x));
                x -= u;
                yield return x;
            }
        }

        double[][] expected = Bowl.Formula(Lecture);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new SGD(p, 0.05, momentum: 0.9, form: MomentumForm.Classic), Rate)) < Same);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new SGD(p, 0.05, momentum: 0.9), Rate)) > Other);
    }

    [Fact]
    [Term("Momentum"), Term("Nesterov momentum")]
    public void At_a_constant_rate_both_forms_are_the_same()
    {
        foreach (bool nesterov in new[] { false, true })
        {
            Assert.True(Bowl.Distance(
                Bowl.Walk(p => new SGD(p, 0.05, momentum: 0.9, nesterov: nesterov)),
                Bowl.Walk(p => new SGD(p, 0.05, momentum: 0.9, nesterov: nesterov, form: MomentumForm.Classic))) < Same);
        }
    }

    [Fact]
    [Term("Nesterov momentum")]
    public void Classic_Nesterov_holds_the_point_where_the_lectures_take_the_gradient()
    {
        static IEnumerable<double> LookedAhead(double x, Func<double, double> slope)
        {
            double u = 0;
            for (int step = 0; ; step++)
            {
                u = (0.9 * u) + (Rate(step) * slope(x - (0.9 * u)));
                x -= u;
                yield return x - (0.9 * u);
            }
        }

        double[][] expected = Bowl.Formula(LookedAhead);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new SGD(p, 0.05, momentum: 0.9, nesterov: true, form: MomentumForm.Classic), Rate)) < Same);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new SGD(p, 0.05, momentum: 0.9, nesterov: true), Rate)) > Other);
    }

    [Fact]
    [Term("Adagrad")]
    public void Adagrad_with_epsilon_inside_the_root()
    {
        static IEnumerable<double> Lecture(double x, Func<double, double> slope)
        {
            for (double sum = 0; ;)
            {
                double g = slope(x);
                sum += g * g;
                x -= 0.5 / Math.Sqrt(sum + 0.1) * g;
                yield return x;
            }
        }

        double[][] expected = Bowl.Formula(Lecture);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adagrad(p, 0.5, eps: 0.1, epsilonInsideRoot: true))) < Same);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adagrad(p, 0.5, eps: 0.1))) > Other);
    }

    [Fact]
    [Term("RMSprop")]
    public void RMSprop_with_epsilon_inside_the_root()
    {
        static IEnumerable<double> Lecture(double x, Func<double, double> slope)
        {
            for (double mean = 0; ;)
            {
                double g = slope(x);
                mean = (0.9 * mean) + (0.1 * g * g);
                x -= 0.05 / Math.Sqrt(mean + 0.1) * g;
                yield return x;
            }
        }

        double[][] expected = Bowl.Formula(Lecture);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new RMSprop(p, 0.05, alpha: 0.9, eps: 0.1, epsilonInsideRoot: true))) < Same);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new RMSprop(p, 0.05, alpha: 0.9, eps: 0.1))) > Other);
    }

    [Fact]
    [Term("Adadelta")]
    public void Adadelta_without_a_rate_and_percs_which_never_moves()
    {
        static IEnumerable<double> Paper(double x, Func<double, double> slope)
        {
            for (double squares = 0, updates = 0; ;)
            {
                double g = slope(x);
                squares = (0.95 * squares) + (0.05 * g * g);
                double u = -Math.Sqrt(updates + 1e-4) / Math.Sqrt(squares + 1e-4) * g;
                updates = (0.95 * updates) + (0.05 * u * u);
                x += u;
                yield return x;
            }
        }

        Assert.True(Bowl.Distance(Bowl.Formula(Paper), Bowl.Walk(p => new Adadelta(p, rho: 0.95, eps: 1e-4))) < Same);
        Assert.Equal(Bowl.Start, Bowl.Walk(p => new Adadelta(p, numeratorEps: 0))[^1]);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [Term("Adam")]
    public void Adam_with_epsilon_inside_or_outside_with_correction_or_without(bool inside, bool correction)
    {
        IEnumerable<double> Written(double x, Func<double, double> slope)
        {
            double m = 0, v = 0;
            for (int t = 1; ; t++)
            {
                double g = slope(x);
                m = (0.9 * m) + (0.1 * g);
                v = (0.99 * v) + (0.01 * g * g);
                (double first, double second) = correction ? (m / (1 - Math.Pow(0.9, t)), v / (1 - Math.Pow(0.99, t))) : (m, v);
                x -= 0.1 * first / (inside ? Math.Sqrt(second + 0.1) : Math.Sqrt(second) + 0.1);
                yield return x;
            }
        }

        double[][] expected = Bowl.Formula(Written);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adam(p, 0.1, beta2: 0.99, eps: 0.1, epsilonInsideRoot: inside, biasCorrection: correction))) < Same);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adam(p, 0.1, beta2: 0.99, eps: 0.1, epsilonInsideRoot: !inside, biasCorrection: correction))) > Other);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adam(p, 0.1, beta2: 0.99, eps: 0.1, epsilonInsideRoot: inside, biasCorrection: !correction))) > Other);
    }

    [Fact]
    [Term("AMSGrad")]
    public void AMSGrad_as_in_the_paper_takes_the_maximum_and_corrects_nothing()
    {
        static IEnumerable<double> Paper(double x, Func<double, double> slope)
        {
            double m = 0, v = 0, largest = 0;
            for (; ;)
            {
                double g = slope(x);
                m = (0.9 * m) + (0.1 * g);
                v = (0.8 * v) + (0.2 * g * g);
                largest = Math.Max(largest, v);
                x -= 0.1 * m / Math.Sqrt(largest);
                yield return x;
            }
        }

        double[][] expected = Bowl.Formula(Paper);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adam(p, 0.1, beta2: 0.8, eps: 0, amsgrad: true, biasCorrection: false))) < Same);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adam(p, 0.1, beta2: 0.8, eps: 0, amsgrad: true))) > Other);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new Adam(p, 0.1, beta2: 0.8, eps: 0, biasCorrection: false))) > Other);
    }

    [Fact]
    [Term("NAdam")]
    public void NAdam_is_Dozats_algorithm_with_the_product_to_the_next_step()
    {
        static double Mu(int t) => 0.9 * (1 - (0.5 * Math.Pow(0.96, t * 0.1)));

        static IEnumerable<double> Dozat(double x, Func<double, double> slope)
        {
            double m = 0, n = 0, product = 1;
            for (int t = 1; ; t++)
            {
                double g = slope(x);
                product *= Mu(t);
                double gHat = g / (1 - product);
                m = (0.9 * m) + (0.1 * g);
                double mHat = m / (1 - (product * Mu(t + 1)));
                n = (0.99 * n) + (0.01 * g * g);
                double nHat = n / (1 - Math.Pow(0.99, t));
                double average = ((1 - Mu(t)) * gHat) + (Mu(t + 1) * mHat);
                x -= 0.1 * average / (Math.Sqrt(nHat) + 1e-8);
                yield return x;
            }
        }

        Assert.True(Bowl.Distance(Bowl.Formula(Dozat), Bowl.Walk(p => new NAdam(p, 0.1, beta2: 0.99, momentumDecay: 0.1))) < Same);
    }

    [Fact]
    [Term("AdamW"), Term("Weight decay")]
    public void AdamW_of_the_slide_decays_by_the_schedule_and_not_by_the_rate()
    {
        static IEnumerable<double> Paper(double x, Func<double, double> slope)
        {
            double m = 0, v = 0;
            for (int t = 1; ; t++)
            {
                double g = slope(x), eta = Rate(t - 1) / 0.05;
                m = (0.9 * m) + (0.1 * g);
                v = (0.999 * v) + (0.001 * g * g);
                x -= eta * ((0.05 * m / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(v / (1 - Math.Pow(0.999, t))) + 1e-8)) + (0.02 * x));
                yield return x;
            }
        }

        double[][] expected = Bowl.Formula(Paper);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new AdamW(p, 0.05, weightDecay: 0.02, form: WeightDecayForm.BySchedule), Rate)) < Same);
        Assert.True(Bowl.Distance(expected, Bowl.Walk(p => new AdamW(p, 0.05, weightDecay: 0.02), Rate)) > Other);
    }

    private static double Rate(int step) => step < Bowl.Steps / 4 ? 0.05 : 0.02;
}
