using CourseLib.Activations;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void Learns_two_classes_and_reports_what_evaluate_sees()
    {
        (Trainer trainer, _, Dataset data) = Make(0.05);
        History history = trainer.Fit(data, epochs: 8, batchSize: 16, validation: data, generator: new Generator(1));
        Assert.Equal(8, history.Epochs.Count);
        Assert.Equal(8 * 8, history.StepLosses.Count);
        Assert.True(history.Epochs[^1].Validation!.Value.Accuracy > 0.97f);
        Assert.Equal(trainer.Evaluate(data), history.Epochs[^1].Validation);
        Assert.True(history.TrainLoss[^1] < history.TrainLoss[0] / 2);
    }

    [Fact]
    public void Same_seed_same_history()
    {
        History Run() => Make(0.05).Trainer.Fit(Make(0.05).Data, 2, 16, generator: new Generator(1));
        Assert.Equal(Run().StepLosses, Run().StepLosses);
    }

    [Fact]
    public void Cancellation_ends_at_the_next_step_and_keeps_the_model()
    {
        (Trainer trainer, Module model, Dataset data) = Make(0.05);
        using CancellationTokenSource source = new();
        trainer.StepCompleted += step =>
        {
            if (step.Step == 5)
            {
                source.Cancel();
            }
        };
        History history = trainer.Fit(data, 10, 16, generator: new Generator(1), cancellation: source.Token);
        Assert.True(history.WasStopped);
        Assert.Equal(5, history.StepLosses.Count);
        Assert.All(model.Parameters, parameter => Assert.True(float.IsFinite(parameter.Span[0])));
    }

    [Fact]
    public void A_loss_that_is_not_finite_says_where_and_keeps_the_history()
    {
        (Trainer trainer, _, Dataset data) = Make(1e30, sgd: true);
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(data, 10, 16, generator: new Generator(1)));
        Assert.Contains("at step", error.Message, StringComparison.Ordinal);
        Assert.Contains("expected a finite number", error.Message, StringComparison.Ordinal);
        Assert.False(float.IsFinite(error.History.StepLosses[^1]));
    }

    [Fact]
    public void A_step_allocates_nothing_on_the_heap()
    {
        (Trainer trainer, _, Dataset data) = Make(0.01);
        long atStart = 0;
        long allocated = -1;
        trainer.StepCompleted += step =>
        {
            if (step.Step == 41)
            {
                atStart = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (step.Step == 47)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread() - atStart;
            }
        };
        trainer.Fit(data, 6, 16, generator: new Generator(1));

        // Steps 41 to 47 lie within the sixth epoch; only the history's list may grow, and it does so at powers of two.
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void The_schedule_sets_the_rate_of_each_step()
    {
        (Module model, Dataset data) = (Make(0.05).Model, Make(0.05).Data);
        SGD optimizer = new(model.Parameters, 1);
        Trainer trainer = new(model, optimizer, new CrossEntropyLoss()) { Schedule = (step, steps) => 0.1 * (1 - ((double)step / steps)) };
        List<double> rates = [];
        trainer.StepCompleted += step => rates.Add(step.LearningRate);
        trainer.Fit(data, 1, 32, generator: new Generator(1));
        Assert.Equal([0.1, 0.075, 0.05, 0.025], rates.Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    public void Clipping_bounds_the_norm_of_all_gradients_together()
    {
        Tensor a = Tensor.Parameter(2);
        Tensor b = Tensor.Parameter(1);
        ((a.Sum() * 3) + (b.Sum() * 4)).Backward();
        float norm = GradientClipping.ClipNorm([a, b], 1);
        Assert.Equal(MathF.Sqrt(9 + 9 + 16), norm, 1e-5f);
        Assert.Equal(1, MathF.Sqrt((a.Grad.Square().Sum() + b.Grad.Square().Sum()).Item()), 1e-5f);
    }

    [Fact]
    public void Summary_lists_layers_shapes_and_counts()
    {
        Sequential model = new(new Conv2d(1, 6, 5, padding: 2), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(6 * 14 * 14, 10));
        ModelSummary summary = ModelSummary.Of(model, 1, 28, 28);
        Assert.Equal(model.ParameterCount, summary.Parameters);
        Assert.Equal(new Shape(6, 14, 14), summary.Layers[2].Output);
        Assert.Equal((150L * 28 * 28) + (1176 * 10), summary.Multiplications);
        Assert.Contains("Conv2d(1, 6, 5x5", summary.ToHtml(), StringComparison.Ordinal);
    }

    private static (Trainer Trainer, Module Model, Dataset Data) Make(double rate, bool sgd = false)
    {
        Generator generator = new(7);
        float[] points = new float[128 * 2];
        float[] classes = new float[128];
        generator.Normal(points, 0, 0.5f);
        for (int i = 0; i < classes.Length; i++)
        {
            classes[i] = i % 2;
            points[2 * i] += i % 2 == 0 ? -1.5f : 1.5f;
        }

        Module model = new Sequential(new Linear(2, 8, generator: generator), new ReLU(), new Linear(8, 2, generator: generator));
        Optimizer optimizer = sgd ? new SGD(model.Parameters, rate) : new Adam(model.Parameters, rate);
        return (new Trainer(model, optimizer, new CrossEntropyLoss()), model, new Dataset(Tensor.From(points, 128, 2), Tensor.From(classes)));
    }
}
