using System.Globalization;
using CourseLib.Schedules;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Schedules;

/// <summary>What holds for schedules whatever their numbers are.</summary>
public class ScheduleTests
{
    private static readonly Dictionary<string, Schedule> All = new()
    {
        ["constant"] = Decay.Constant(0.1),
        ["step"] = Decay.Step(0.1, 30),
        ["multi-step"] = Decay.MultiStep(0.1, [10, 40]),
        ["linear"] = Decay.Linear(0.1, 100),
        ["polynomial"] = Decay.Polynomial(0.1, 100),
        ["exponential"] = Decay.Exponential(0.1, 30),
        ["geometric"] = Decay.Geometric(0.1, 0.97),
        ["inverse"] = Decay.Inverse(0.1, 10),
        ["inverse root"] = Decay.InverseSquareRoot(0.1),
        ["cosine"] = Cosine.Annealing(0.1, 100),
        ["restarts"] = Cosine.WarmRestarts(0.1, 20, 2),
        ["triangular"] = Cyclical.Triangular(0.001, 0.1, 20),
        ["triangular2"] = Cyclical.Triangular2(0.001, 0.1, 20),
        ["exponential range"] = Cyclical.ExponentialRange(0.001, 0.1, 20, 0.99),
        ["one cycle"] = OneCycle.Rate(0.1, 100),
        ["one cycle, three phases"] = OneCycle.Rate(0.1, 100, threePhase: true, linear: true),
        ["warm-up"] = Decay.Linear(0.1, 90).WithWarmup(10),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rate_is_finite_and_within_bounds_far_beyond_the_end(string name)
    {
        int[] late = [1_000, 1_000_000, int.MaxValue - 1, int.MaxValue];
        Assert.All(All[name].Rates(300).Concat(late.Select(step => All[name](step))), rate => Assert.InRange(rate, 0, 0.1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    [Term("Warm-up")]
    public void Warm_up_composes_with_any(string name)
    {
        Schedule warm = All[name].WithWarmup(8, 0.25);
        Assert.Equal(All[name].Rates(200), warm.Rates(208).Skip(8));
        Assert.Equal(0.25 * All[name](0), warm(0), 1e-15);
        double[] start = warm.Rates(9);
        double rise = 0.75 * All[name](0) / 8;
        Assert.All(start.Zip(start.Skip(1), (before, after) => after - before), difference => Assert.Equal(rise, difference, 1e-15));
    }

    [Theory]
    [InlineData("constant")]
    [InlineData("step")]
    [InlineData("multi-step")]
    [InlineData("linear")]
    [InlineData("polynomial")]
    [InlineData("exponential")]
    [InlineData("geometric")]
    [InlineData("inverse")]
    [InlineData("inverse root")]
    [InlineData("cosine")]
    [Term("Learning rate schedule")]
    public void Decays_never_rise(string name)
    {
        double[] rates = All[name].Rates(300);
        Assert.Equal(0.1, rates[0], 1e-15);
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
    }

    [Fact]
    [Term("Linear decay")]
    [Term("Exponential decay")]
    public void The_lectures_formulas()
    {
        Schedule linear = Decay.Linear(0.3, 50);
        Schedule exponential = Decay.Exponential(0.3, 50);
        for (int t = 0; t <= 50; t++)
        {
            Assert.Equal(0.3 * (1 - (t / 50.0)), linear(t), 1e-15);
            Assert.Equal(0.3 * Math.Exp(-t / 50.0), exponential(t), 1e-15);
            Assert.Equal(exponential(t), Decay.Geometric(0.3, Math.Exp(-1 / 50.0))(t), 1e-14);
        }

        // The slide's formula goes on below 0, where a step climbs.
        Assert.True(0.3 * (1 - (60 / 50.0)) < 0);
        Assert.Equal(0, linear(60));
        Assert.True(exponential(60) > 0);
    }

    [Fact]
    public void The_general_decays_contain_the_special_ones()
    {
        Assert.Equal(Decay.Linear(0.1, 70, 0.02).Rates(90), Decay.Polynomial(0.1, 70, 1, 0.02).Rates(90));
        Assert.Equal(Decay.Step(0.1, 20, 0.5).Rates(70), Decay.MultiStep(0.1, [20, 40, 60], 0.5).Rates(70));
        Assert.Equal(Decay.InverseSquareRoot(0.1, 5).Rates(70), Decay.Inverse(0.1, 5, 0.5).Rates(70));
        Assert.Equal(0.1 / 8, Decay.Inverse(0.1, 5, 3)(5), 1e-15);
        Assert.Equal(Cosine.Annealing(0.1, 40).Rates(40), Cosine.WarmRestarts(0.1, 40).Rates(40));
    }

    [Fact]
    [Term("Cyclical learning rate")]
    public void Cycles_reach_both_bounds_and_shrink_as_they_say()
    {
        foreach (int cycle in Enumerable.Range(0, 6))
        {
            int start = cycle * 30;
            Assert.Equal(0.01, Cyclical.Triangular(0.01, 0.1, 10, 20)(start), 1e-15);
            Assert.Equal(0.1, Cyclical.Triangular(0.01, 0.1, 10, 20)(start + 10), 1e-15);
            Assert.Equal(0.01 + (0.09 / Math.Pow(2, cycle)), Cyclical.Triangular2(0.01, 0.1, 10, 20)(start + 10), 1e-15);
            Assert.Equal(0.01 + (0.09 * Math.Pow(0.99, start + 10)), Cyclical.ExponentialRange(0.01, 0.1, 10, 0.99, 20)(start + 10), 1e-15);
        }
    }

    [Fact]
    [Term("Warm restarts")]
    public void Restarts_come_back_to_the_rate_after_longer_and_longer_falls()
    {
        Schedule restarts = Cosine.WarmRestarts(0.1, 10, 3, 0.01);
        Assert.All(new[] { 0, 10, 40, 130 }, start => Assert.Equal(0.1, restarts(start), 1e-15));
        Assert.All(new[] { 9, 39, 129 }, last => Assert.InRange(restarts(last), 0.01, 0.015));
        Assert.Equal(4, restarts.Rates(300).Count(rate => rate == 0.1));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [Term("One-cycle (super-convergence)")]
    public void One_cycle_peaks_at_the_maximum_and_is_continuous(bool threePhase, bool linear)
    {
        // 0.25 * 200 - 1 = 49 is a whole step, and so is 98.
        Schedule rate = OneCycle.Rate(0.5, 200, 0.25, 20, 1000, threePhase, linear);
        double[] rates = rate.Rates(250);
        Assert.Equal(0.5, rates.Max());
        Assert.Equal(49, Array.IndexOf(rates, 0.5));
        Assert.Equal(0.5 / 20, rates[0], 1e-15);
        Assert.Equal(0.5 / 20 / 1000, rates[199], 1e-15);
        Assert.All(rates.Skip(199), last => Assert.Equal(rates[199], last));
        if (threePhase)
        {
            Assert.Equal(0.5 / 20, rates[98], 1e-15);
        }

        // The steepest a phase of 49 steps can be: a half wave is pi/2 times as steep as a line.
        double steepest = 0.5 / 49 * Math.PI / 2;
        Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, steepest));

        Schedule momentum = OneCycle.Momentum(200, pctStart: 0.25, threePhase: threePhase, linear: linear);
        Assert.Equal((0.95, 0.85, 0.95), (momentum(0), Math.Round(momentum(49), 14), Math.Round(momentum(199), 14)));
        Assert.Equal(0.85, momentum.Rates(250).Min(), 1e-14);
    }

    [Fact]
    public void Schedules_follow_each_other_and_scale()
    {
        Schedule both = Decay.Constant(1).Then(Decay.Linear(0.5, 10), 3).Scaled(2);
        Assert.Equal([2, 2, 2, 1, 0.9, 0.8], both.Rates(6).Select(rate => Math.Round(rate, 14)));
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25], Decay.Geometric(1, 0.5).PerEpoch(3).Rates(7));
        Schedule own = step => 1.0 / (step + 1);
        Assert.Equal([0, 0.5, 1, 0.5], own.WithWarmup(2, 0).Rates(4));
        Assert.Empty(own.Rates(0));
    }

    [Fact]
    [Term("Reduce on plateau")]
    public void A_plateau_is_noticed_after_its_patience()
    {
        ReduceLROnPlateau plateau = new(factor: 0.5, patience: 2, threshold: 0);
        double[] losses = [1, 0.9, 0.9, double.NaN, 0.95, 0.8, 0.9, 0.9, 0.79];
        double rate = 1;
        Assert.Equal([1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5], losses.Select(loss => rate = plateau.Next(loss, rate)));
        Assert.Equal((0.79, 0), (plateau.Best, plateau.BadEpochs));
        plateau.Reset();
        Assert.Equal(double.PositiveInfinity, plateau.Best);
        Assert.Equal(double.NegativeInfinity, new ReduceLROnPlateau(MetricMode.Max).Best);
    }

    [Fact]
    public void Arguments_that_make_no_schedule_are_named()
    {
        Says("Decay.Constant: expected rate to be a finite rate from 0 on, got -1.", () => Decay.Constant(-1));
        Says("Decay.Step: expected period", () => Decay.Step(1, 0));
        Says("Decay.Step: expected gamma to be a number from 0 to 1, got 1.5", () => Decay.Step(1, 1, 1.5));
        Says("Decay.MultiStep: expected milestones to be above 0 and the milestones growing, got 5", () => Decay.MultiStep(1, [5, 5]));
        Says("Decay.MultiStep: expected milestones", () => Decay.MultiStep(1, [0]));
        Says("Decay.Linear: expected steps", () => Decay.Linear(1, 0));
        Says("Decay.Linear: expected end", () => Decay.Linear(1, 1, double.NaN));
        Says("Decay.Polynomial: expected power", () => Decay.Polynomial(1, 1, 0));
        Says("Decay.Exponential: expected time to be a finite number above 0, got 0.", () => Decay.Exponential(1, 0));
        Says("Decay.Geometric: expected gamma", () => Decay.Geometric(1, -0.5));
        Says("Decay.Inverse: expected time", () => Decay.Inverse(1, double.PositiveInfinity));
        Says("Cosine.Annealing: expected rate", () => Cosine.Annealing(double.PositiveInfinity, 1));
        Says("Cosine.WarmRestarts: expected multiplier", () => Cosine.WarmRestarts(1, 1, 0));
        Says("Cyclical.Triangular: expected high to be at least the low rate 0.2, got 0.1", () => Cyclical.Triangular(0.2, 0.1, 1));
        Says("Cyclical.Triangular2: expected down", () => Cyclical.Triangular2(0, 1, 1, 0));
        Says("Cyclical.ExponentialRange: expected gamma", () => Cyclical.ExponentialRange(0, 1, 1, 2));
        Says("OneCycle.Rate: expected div", () => OneCycle.Rate(1, 100, div: 0));
        Says("OneCycle.Rate: expected pctStart to be above 0 and under 1, got 1", () => OneCycle.Rate(1, 100, 1));
        Says("OneCycle.Momentum: expected pctStart to be above 0 and under 1/2, got 0.5", () => OneCycle.Momentum(100, pctStart: 0.5, threePhase: true));
        Says("OneCycle.Rate: expected steps to be at least 4, so that there is a way up, got 3", () => OneCycle.Rate(1, 3));
        Says("WithWarmup: expected steps", () => Decay.Constant(1).WithWarmup(0));
        Says("WithWarmup: expected startFactor", () => Decay.Constant(1).WithWarmup(1, 1.5));
        Says("Then: expected at", () => Decay.Constant(1).Then(Decay.Constant(1), 0));
        Says("Scaled: expected factor", () => Decay.Constant(1).Scaled(-1));
        Says("PerEpoch: expected stepsPerEpoch", () => Decay.Constant(1).PerEpoch(0));
        Says("Rates: expected steps", () => Decay.Constant(1).Rates(-1));
        Says("ReduceLROnPlateau: expected factor", () => new ReduceLROnPlateau(factor: 1));
        Says("ReduceLROnPlateau: expected patience", () => new ReduceLROnPlateau(patience: -1));
        Says("ReduceLROnPlateau: expected rate", () => new ReduceLROnPlateau().Next(1, double.NaN));

        static void Says(string text, Func<object> action) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_are_written_in_the_invariant_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ru-RU");
        try
        {
            Assert.Contains("got -0.5", Assert.ThrowsAny<ArgumentException>(() => Decay.Constant(-0.5)).Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
