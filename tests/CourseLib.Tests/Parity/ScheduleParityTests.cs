using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;

namespace CourseLib.Tests.Parity;

/// <summary>64 and more steps of each schedule against PyTorch 1.13, in double precision: to 1e-12 of the largest rate, which is what the order of operations costs.</summary>
public class ScheduleParityTests
{
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, Schedule> Schedules = new()
    {
        ["ConstantLR"] = Decay.Constant(0.1),
        ["StepLR"] = Decay.Step(0.1, 7, 0.5),
        ["MultiStepLR"] = Decay.MultiStep(0.1, [5, 20, 21, 50], 0.3),
        ["LinearLR"] = Decay.Linear(0.1, 50, 0.005),
        ["LinearLR to zero"] = Decay.Linear(0.1, 50),
        ["ExponentialLR"] = Decay.Geometric(0.1, 0.93),
        ["ExponentialLR lectures"] = Decay.Exponential(0.1, 12),
        ["PolynomialLR"] = Decay.Polynomial(0.1, 50, 2.5),
        ["inverse time"] = Decay.Inverse(0.1, 5),
        ["inverse square root"] = Decay.InverseSquareRoot(0.1),
        ["CosineAnnealingLR"] = Cosine.Annealing(0.1, 63, 0.002),
        ["CosineAnnealingWarmRestarts"] = Cosine.WarmRestarts(0.1, 10, end: 0.001),
        ["CosineAnnealingWarmRestarts longer"] = Cosine.WarmRestarts(0.1, 5, 2, 0.001),
        ["CyclicLR triangular"] = Cyclical.Triangular(0.01, 0.1, 8),
        ["CyclicLR triangular uneven"] = Cyclical.Triangular(0.01, 0.1, 4, 9),
        ["CyclicLR triangular2"] = Cyclical.Triangular2(0.01, 0.1, 6),
        ["CyclicLR exp_range"] = Cyclical.ExponentialRange(0.01, 0.1, 5, 0.97, 7),
        ["OneCycleLR"] = OneCycle.Rate(0.4, 64),
        ["OneCycleLR linear"] = OneCycle.Rate(0.4, 64, 0.25, 10, 100, linear: true),
        ["OneCycleLR three phases"] = OneCycle.Rate(0.4, 64, threePhase: true),
        ["OneCycleLR three phases linear"] = OneCycle.Rate(0.4, 64, 0.4375, threePhase: true, linear: true),
        ["warm-up, then constant"] = Decay.Constant(0.1).WithWarmup(10),
        ["warm-up, then step"] = Decay.Step(0.1, 9, 0.5).WithWarmup(10),
        ["warm-up, then cosine"] = Cosine.Annealing(0.1, 54).WithWarmup(10),
    };

    private static readonly Dictionary<string, Schedule> Momenta = new()
    {
        ["OneCycleLR"] = OneCycle.Momentum(64),
        ["OneCycleLR linear"] = OneCycle.Momentum(64, pctStart: 0.25, linear: true),
        ["OneCycleLR three phases"] = OneCycle.Momentum(64, threePhase: true),
        ["OneCycleLR three phases linear"] = OneCycle.Momentum(64, 0.9, 0.7, 0.4375, threePhase: true, linear: true),
    };

    private static readonly Dictionary<string, ReduceLROnPlateau> Plateaus = new()
    {
        ["ReduceLROnPlateau"] = new(patience: 3),
        ["ReduceLROnPlateau defaults"] = new(),
        ["ReduceLROnPlateau impatient"] = new(patience: 0, factor: 0.7),
        ["ReduceLROnPlateau cooldown and floor"] = new(patience: 2, factor: 0.5, cooldown: 4, minRate: 0.01),
        ["ReduceLROnPlateau absolute"] = new(patience: 2, factor: 0.5, threshold: 0.03, isRelative: false),
        ["ReduceLROnPlateau max"] = new(MetricMode.Max, patience: 3, factor: 0.5, threshold: 0.01),
        ["ReduceLROnPlateau max absolute"] = new(MetricMode.Max, patience: 1, factor: 0.5, threshold: 0.02, isRelative: false, cooldown: 1),
        ["ReduceLROnPlateau eps"] = new(patience: 1, factor: 0.5, eps: 2e-3),
    };

    public static TheoryData<string> Functions => [.. Fixture.Names("schedules").Where(name => Fixture.Load("schedules", name) is var fixture && !fixture.Has("metrics") && !fixture.Has("path"))];

    public static TheoryData<string> Feedback => [.. Fixture.Names("schedules").Where(name => Fixture.Load("schedules", name).Has("metrics"))];

    [Theory]
    [MemberData(nameof(Functions))]
    [Term("Learning rate schedule")]
    [Term("Linear decay")]
    [Term("Exponential decay")]
    [Term("Step decay")]
    [Term("Warm restarts")]
    [Term("Cyclical learning rate")]
    [Term("One-cycle (super-convergence)")]
    [Term("Warm-up")]
    public void Schedule_has_the_same_rates(string name)
    {
        Fixture fixture = Fixture.Load("schedules", name);
        AssertEqual(fixture.Numbers("rates"), Schedules[name], name);
        Assert.Equal(fixture.Has("momenta"), Momenta.ContainsKey(name));
        if (Momenta.TryGetValue(name, out Schedule? momentum))
        {
            AssertEqual(fixture.Numbers("momenta"), momentum, name + ", momentum");
        }
    }

    [Theory]
    [MemberData(nameof(Feedback))]
    [Term("Reduce on plateau")]
    public void Plateau_lowers_the_rate_at_the_same_epochs(string name)
    {
        Fixture fixture = Fixture.Load("schedules", name);
        ReduceLROnPlateau plateau = Plateaus[name];
        double[] expected = fixture.Numbers("rates");
        Assert.True(expected.Distinct().Count() > 1);
        double rate = 0.1;
        double[] actual = [.. fixture.Numbers("metrics").Select(metric => rate = plateau.Next(metric, rate))];
        AssertEqual(expected, step => actual[step], name);
    }

    [Theory]
    [InlineData("OneCycleLR on SGD", false)]
    [InlineData("OneCycleLR on SGD, three phases, Nesterov", true)]
    [Term("One-cycle (super-convergence)")]
    public void One_cycle_steers_SGD_as_in_torch(string name, bool threePhase)
    {
        Schedule rate = OneCycle.Rate(0.05, 50, threePhase ? 0.4 : 0.3, threePhase: threePhase, linear: threePhase);
        Schedule momentum = OneCycle.Momentum(50, pctStart: threePhase ? 0.4 : 0.3, threePhase: threePhase, linear: threePhase);
        Fixture fixture = Fixture.Load("schedules", name);
        Tensor parameter = fixture["start"].AsParameter();
        Tensor curvature = fixture["curvature"];
        SGD optimizer = new([parameter], rate(0), momentum(0), nesterov: threePhase);
        Tensor path = fixture["path"];
        for (int step = 0; step < path.Shape[0]; step++)
        {
            (optimizer.LearningRate, optimizer.Momentum) = (rate(step), momentum(step));
            optimizer.ZeroGrad();
            Tensor gradient = Tensor.From(parameter.ToArray().Select((p, i) => (curvature[i] * p) + MathF.Cos(p)).ToArray());
            (parameter * gradient).Sum().Backward();
            optimizer.Step();
            Fixture.AssertClose(path.Slice(0, step, 1).Reshape(-1), parameter, $"{name}, step {step + 1}");
        }
    }

    private static void AssertEqual(double[] expected, Schedule schedule, string what)
    {
        Assert.True(expected.Length >= 50);
        double largest = expected.Max();
        for (int step = 0; step < expected.Length; step++)
        {
            Assert.True(Math.Abs(schedule(step) - expected[step]) <= Tolerance * largest, FormattableString.Invariant($"{what}, step {step}: expected {expected[step]}, got {schedule(step)}"));
        }
    }
}
