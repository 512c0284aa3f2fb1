using CourseLib.Activations;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>Small runs that were given each disease on purpose.</summary>
[Term("Learning curve")]
public class LearningCurveRunTests
{
    public static TheoryData<ulong> Seeds => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_fitting_model_and_rate_are_good(ulong seed) =>
        Is(LearningCurveVerdict.Good, Fit(seed, Network(seed), p => new Adam(p, 0.02), new CrossEntropyLoss(), Blobs(200, 2), Blobs(200, 3), 20));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_tiny_rate_is_too_low(ulong seed) =>
        Is(LearningCurveVerdict.RateTooLow, Fit(seed, Network(seed), p => new SGD(p, 1e-3), new CrossEntropyLoss(), Blobs(200, 2), Blobs(200, 3), 20));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_rate_beyond_the_edge_of_stability_is_too_high(ulong seed) =>
        Is(LearningCurveVerdict.RateTooHigh, Fit(seed, Network(seed), p => new SGD(p, 5), new CrossEntropyLoss(), Blobs(200, 2, spread: 1.5f), null, 20));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void First_steps_that_throw_the_loss_up_are_not_its_start(ulong seed)
    {
        // As a net trained at rate 1 does it: up in the first steps, then back to guessing with leaps. Counted as the start, the jump would make any end look good.
        // Written down and not run, because such a run is chaotic: the last bit of a sum decides where it goes.
        Generator generator = new(seed);
        History history = new(160);
        for (int epoch = 0; epoch < 8; epoch++)
        {
            double sum = 0;
            for (int step = 0; step < 20; step++)
            {
                double loss = (epoch, step) switch { (0, 0) => 2.4, (0, < 4) => 9 + (3 * generator.NextSingle()), _ => 2.2 + (0.1 * generator.NextNormal()) + (step % 7 == 0 ? 3 : 0) };
                history.Add((float)loss);
                sum += loss;
            }

            history.Add(new TrainingEpoch(epoch, new((float)(sum / 20), 0.15f), null, 1));
        }

        Is(LearningCurveVerdict.RateTooHigh, history);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Term("Overfitting")]
    public void A_large_model_on_few_random_labels_overfits(ulong seed)
    {
        Generator generator = new(seed);
        Dataset Random(int count) => new(Tensor.RandN([count, 10], generator), Tensor.From([.. Enumerable.Range(0, count).Select(_ => (float)generator.NextInt(2))]));
        Sequential model = new(new Linear(10, 64, generator: generator), new ReLU(), new Linear(64, 2, generator: generator));
        Is(LearningCurveVerdict.Overfitting, Fit(seed, model, p => new Adam(p, 0.01), new CrossEntropyLoss(), Random(40), Random(200), 60));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Term("Underfitting")]
    public void A_line_through_a_parabola_underfits(ulong seed)
    {
        Generator generator = new(seed);
        Dataset Parabola(int count)
        {
            Tensor x = Tensor.RandN([count, 1], generator);
            return new(x, (x * 0.3) + x.Square());
        }

        Linear model = new(1, 1, initializer: new CourseLib.Initializers.Constant(0));
        Is(LearningCurveVerdict.Underfitting, Fit(seed, model, p => new SGD(p, 0.05), new MSELoss(), Parabola(200), Parabola(200), 30));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Term("Vanishing gradient")]
    public void A_start_at_zero_is_a_plateau(ulong seed)
    {
        Sequential model = Network(seed);
        foreach (Tensor parameter in model.Parameters)
        {
            parameter.Fill(0);
        }

        Dataset data = Blobs(200, 2);
        Is(LearningCurveVerdict.Plateau, Fit(seed, model, p => new SGD(p, 0.1), new CrossEntropyLoss(), data, data, 20));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    [Term("Exploding gradient")]
    public void A_run_that_blew_up_has_diverged(ulong seed)
    {
        Dataset data = Blobs(200, 2);
        Dataset values = new(data.Inputs, data.Targets.Reshape(200, 1));
        Linear model = new(2, 1, generator: new Generator(seed));
        Trainer trainer = new(model, new SGD(model.Parameters, 2), new MSELoss());
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(values, 100, 200));
        Is(LearningCurveVerdict.Diverged, error.History);
        Linear again = new(2, 1, generator: new Generator(seed));
        Is(LearningCurveVerdict.Diverged, Fit(seed, again, p => new SGD(p, 2), new MSELoss(), values, null, 1)); // 13 steps, no epochs to speak of
    }

    private static void Is(LearningCurveVerdict verdict, History history)
    {
        LearningCurveDiagnosis diagnosis = LearningCurve.Diagnose(history);
        Assert.True(verdict == diagnosis.Verdict, $"{diagnosis}\n{history}");
    }

    private static History Fit(ulong seed, Module model, Func<IReadOnlyList<Tensor>, Optimizer> optimizer, Loss loss, Dataset train, Dataset? validation, int epochs) =>
        new Trainer(model, optimizer(model.Parameters), loss).Fit(train, epochs, 16, validation, new Generator(seed));

    private static Sequential Network(ulong seed)
    {
        Generator generator = new(seed);
        return new(new Linear(2, 16, generator: generator), new ReLU(), new Linear(16, 2, generator: generator));
    }

    private static Dataset Blobs(int count, ulong seed, float spread = 0.3f)
    {
        Generator generator = new(seed);
        Tensor points = Tensor.RandN([count, 2], generator) * spread;
        Tensor classes = Tensor.Zeros(count);
        for (int i = 0; i < count; i++)
        {
            classes[i] = i % 2;
            points[i, 0] += i % 2 == 0 ? -1 : 1;
        }

        return new(points, classes);
    }
}
