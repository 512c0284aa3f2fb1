using CourseLib.Activations;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;
using CourseLib.Tests.Coverage;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void A_loss_that_is_no_number_is_refused()
    {
        Linear model = new(2, 1);
        string message = Assert.Throws<ArgumentException>(() => new Trainer(model, new SGD(model.Parameters, 0.1), new MSELoss(Reduction.None))).Message;
        Assert.Contains("MSELoss with Reduction.None; use Mean or Sum", message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("fit")]
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
    [Term("fit")]
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
    public void An_epoch_whose_last_step_asks_to_stop_is_recorded()
    {
        (Trainer trainer, _, Dataset data) = Make(0.05);
        trainer.StepCompleted += step =>
        {
            if (step.Step == 16)
            {
                trainer.Stop();
            }
        };
        History history = trainer.Fit(data, 10, 16, validation: data, generator: new Generator(1));
        Assert.True(history.WasStopped);
        Assert.Equal(16, history.StepLosses.Count);
        Assert.Equal(2, history.Epochs.Count);
        Assert.NotNull(history.Epochs[1].Validation);

        // A second run is not stopped by the first one's request.
        Assert.False(trainer.Fit(data, 1, 16, generator: new Generator(1)).WasStopped);
    }

    [Fact]
    public void Stopping_at_the_very_end_stops_nothing()
    {
        (Trainer trainer, _, Dataset data) = Make(0.05);
        trainer.EpochCompleted += _ => trainer.Stop();
        Assert.False(trainer.Fit(data, 1, 16).WasStopped);
        Assert.True(trainer.Fit(data, 2, 16).WasStopped);
    }

    [Fact]
    public void Cancellation_ends_a_validation_too()
    {
        (Trainer trainer, Module model, Dataset data) = Make(0.05);
        using CancellationTokenSource source = new();
        trainer.StepCompleted += step =>
        {
            if (step.Step == 8)
            {
                source.Cancel();
            }
        };
        History history = trainer.Fit(data, 10, 16, validation: data, cancellation: source.Token);
        Assert.True(history.WasStopped);
        Assert.Null(Assert.Single(history.Epochs).Validation);
        Assert.True(model.IsTraining);
    }

    [Fact]
    public void An_exception_of_a_callback_passes_through_and_closes_the_tape()
    {
        (Trainer trainer, _, Dataset data) = Make(0.05);
        void Fail(TrainingStep step) => throw new TimeoutException();
        trainer.StepCompleted += Fail;
        Assert.Throws<TimeoutException>(() => trainer.Fit(data, 1, 16));
        Assert.False(Tape.IsOpen);
        trainer.StepCompleted -= Fail;
        Assert.Single(trainer.Fit(data, 1, 16).Epochs);
    }

    [Fact]
    public void Evaluation_leaves_every_module_in_its_mode_even_when_it_fails()
    {
        Dropout frozen = new();
        frozen.Eval();
        Sequential model = new(new Linear(2, 3), frozen, new BatchNorm1d(3), new Linear(3, 2));
        Trainer trainer = new(model, new SGD(model.Parameters, 0.1), new CrossEntropyLoss());
        trainer.Evaluate(Make(0.05).Data);
        Assert.True(model.IsTraining && model[2].IsTraining);
        Assert.False(frozen.IsTraining);
        Assert.Throws<ArgumentException>(() => trainer.Evaluate(new Dataset(Tensor.Zeros(4, 5), Tensor.Zeros(4))));
        Assert.True(model.IsTraining && model[2].IsTraining);
        Assert.False(frozen.IsTraining);
        Assert.True(CourseLib.Autograd.NoGrad.IsRecording);
        Assert.Throws<ArgumentException>(() => ModelSummary.Of(model, 5));
        Assert.True(model.IsTraining);
    }

    [Fact]
    public void A_summed_loss_is_recorded_per_example()
    {
        (_, Module model, Dataset data) = Make(0.05);
        Evaluation mean = new Trainer(model, new SGD(model.Parameters, 0.1), new CrossEntropyLoss()).Evaluate(data, 50);
        Trainer summed = new(model, new SGD(model.Parameters, 0), new CrossEntropyLoss(Reduction.Sum));
        Assert.Equal(mean.Loss, summed.Evaluate(data, 50).Loss, 1e-5f);
        History history = summed.Fit(data, 1, 50);
        Assert.Equal(mean.Loss, history.Epochs[0].Train.Loss, 1e-5f);
        Assert.Equal(mean.Loss, ((history.StepLosses[0] + history.StepLosses[1]) * 50 / 128) + (history.StepLosses[2] * 28 / 128), 1e-5f);
    }

    [Fact]
    public void A_small_last_batch_can_be_left_out()
    {
        (_, Module model, Dataset data) = Make(0.05);
        Trainer trainer = new(model, new SGD(model.Parameters, 0.1), new CrossEntropyLoss()) { DropLast = true };
        Assert.Equal(2 * 2, trainer.Fit(data, 2, 50).StepLosses.Count);
        Assert.Contains("DropLast", Assert.Throws<ArgumentException>(() => trainer.Fit(data, 2, 129)).Message, StringComparison.Ordinal);
        Assert.Equal(2, new Trainer(model, new SGD(model.Parameters, 0.1), new CrossEntropyLoss()).Fit(data, 2, int.MaxValue).StepLosses.Count);
    }

    [Fact]
    public void Arguments_that_cannot_train_are_named()
    {
        (Trainer trainer, Module model, Dataset data) = Make(0.05);
        Dataset none = data.Take(0);
        Says("Fit: train has no items", () => trainer.Fit(none, 1, 16));
        Says("Fit: validation has no items", () => trainer.Fit(data, 1, 16, none));
        Says("Evaluate: data has no items", () => trainer.Evaluate(none));
        Says("Fit: batchSize must be at least 1", () => trainer.Fit(data, 1, 0));
        Says("Fit: epochs must be at least 0", () => trainer.Fit(data, -1, 1));
        Says("none of the model's 4 parameters", () => new Trainer(model, new SGD([Tensor.Parameter(1)], 1), new MSELoss()).Fit(data, 1, 1));
        Says("above 0", () => new Trainer(model, new SGD(model.Parameters, 1), new MSELoss()) { MaxGradientNorm = 0 });
        Says("got -1", () => new Trainer(model, new SGD(model.Parameters, 1), new CrossEntropyLoss()) { Schedule = _ => -1 }.Fit(data, 1, 1));
        Says("'model'", () => new Trainer(null!, new SGD(model.Parameters, 1), new MSELoss()));
        Assert.Empty(trainer.Fit(data, 0, 16).Epochs);

        static void Says(string text, Action action) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_moves_nothing()
    {
        (_, Module model, Dataset data) = Make(0.05);
        data.Inputs[5, 1] = float.NaN;
        IReadOnlyDictionary<string, Tensor> before = model.CopyState();
        Trainer trainer = new(model, new Adam(model.Parameters), new CrossEntropyLoss());
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(data, 1, 128));
        Assert.Contains("all parameters are still finite", error.Message, StringComparison.Ordinal);
        Assert.All(model.NamedParameters, entry => Assert.Equal(before[entry.Name].ToArray(), entry.Value.ToArray()));
        model.Parameters[2][0, 0] = float.NaN;
        Assert.Contains("'2.weight' (element 0", Assert.Throws<TrainingDivergedException>(() => trainer.Fit(data, 1, 128)).Message, StringComparison.Ordinal);
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
    public void The_schedule_sets_the_rate_of_each_step()
    {
        (Module model, Dataset data) = (Make(0.05).Model, Make(0.05).Data);
        SGD optimizer = new(model.Parameters, 1);
        Trainer trainer = new(model, optimizer, new CrossEntropyLoss()) { Schedule = Decay.Linear(0.1, 4) };
        List<double> rates = [];
        trainer.StepCompleted += step => rates.Add(step.LearningRate);
        trainer.Fit(data, 1, 32, generator: new Generator(1));
        Assert.Equal([0.1, 0.075, 0.05, 0.025], rates.Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    [Term("Gradient clipping")]
    public void Clipping_by_value_limits_each_element_as_torch_does()
    {
        Tensor a = Tensor.Parameter(5), without = Tensor.Parameter(1);
        (a * Tensor.From([-3, -0.5f, 0, 0.25f, float.PositiveInfinity])).Sum().Backward();
        GradientClipping.ClipValue([a, without], 0.5);
        Assert.Equal([-0.5f, -0.5f, 0, 0.25f, 0.5f], a.Grad.ToArray());
        Assert.False(without.HasGrad);
        GradientClipping.ClipValue([a], double.PositiveInfinity);
        Assert.Equal([-0.5f, -0.5f, 0, 0.25f, 0.5f], a.Grad.ToArray());
        Assert.Contains("got 0", Assert.Throws<ArgumentOutOfRangeException>(() => GradientClipping.ClipValue([a], 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Gradient clipping")]
    public void The_trainer_clips_by_value_and_then_by_norm()
    {
        // The gradient of the mean of (4 x w - 0)^2 at w = (1, 1) is far above 1 in both weights.
        static double[] Moves(double maxValue, double maxNorm)
        {
            Linear line = new(2, 1, bias: false);
            line.Weight.Fill(1);
            Dataset data = new(Tensor.From(new float[,] { { 4, 8 } }), Tensor.Zeros(1, 1));
            new Trainer(line, new SGD(line.Parameters, 1), new MSELoss()) { MaxGradientValue = maxValue, MaxGradientNorm = maxNorm }.Fit(data, 1, 1);
            return [1 - line.Weight[0, 0], 1 - line.Weight[0, 1]];
        }

        Assert.Equal([0.5, 0.5], Moves(0.5, double.PositiveInfinity), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.06 / Math.Sqrt(2), 0.06 / Math.Sqrt(2)], Moves(0.5, 0.06), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([96, 192], Moves(double.PositiveInfinity, double.PositiveInfinity), (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.Contains("above 0", Assert.Throws<ArgumentOutOfRangeException>(() => Moves(0, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Term("Gradient clipping")]
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
