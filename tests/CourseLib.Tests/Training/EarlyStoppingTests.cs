using CourseLib.Autograd;
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

/// <summary>Training stops at the right epoch and goes back to the best one to the last bit; written validation losses take the place of measured ones.</summary>
[Term("Early stopping")]
public class EarlyStoppingTests
{
    [Theory]
    [InlineData(1, 0, new[] { 1.0, 0.9, 0.8, 0.81, 0.7 }, 3, 4)]
    [InlineData(2, 0, new[] { 1.0, 0.9, 0.8, 0.81, 0.7, 0.71, 0.72 }, 5, 7)]
    [InlineData(1, 0, new[] { 1.0, 1.0 }, 1, 2)]
    [InlineData(3, 0, new[] { 1.0, 2, 2, 0.5, 1, 1, 1 }, 4, 7)]
    [InlineData(2, 0.1, new[] { 1.0, 0.95, 0.92 }, 1, 3)]
    [InlineData(2, 0.1, new[] { 1.0, 0.95, 0.89, 0.85, 0.80 }, 3, 5)]
    [InlineData(2, 0, new[] { double.NaN, double.NaN }, 0, 2)]
    [InlineData(2, 0, new[] { 1.0, double.NaN, 0.9, double.NaN, double.NaN }, 3, 5)]
    public void Stops_after_its_patience(int patience, double minDelta, double[] losses, int best, int stop)
    {
        EarlyStopping falling = new(patience, minDelta);
        EarlyStopping growing = new(patience, minDelta, MetricMode.Max);
        for (int epoch = 1; epoch <= stop; epoch++)
        {
            Assert.False(falling.ShouldStop || growing.ShouldStop);
            Assert.Equal(falling.Observe(losses[epoch - 1]), growing.Observe(-losses[epoch - 1]));
        }

        Assert.True(falling.ShouldStop && growing.ShouldStop);
        Assert.Equal((best, stop), (falling.BestEpoch, falling.Epochs));
        Assert.Equal(best == 0 ? double.PositiveInfinity : losses[best - 1], falling.Best);
        falling.Reset();
        Assert.Equal((false, 0, 0), (falling.ShouldStop, falling.BestEpoch, falling.Epochs));
    }

    [Fact]
    public void The_trainer_puts_back_the_best_epoch_to_the_last_bit()
    {
        Run run = new([1, 0.9, 0.5, 0.6, 0.7, 0.2], new EarlyStopping(patience: 2));
        History history = run.Fit(10);
        Assert.Equal((StopReason.EarlyStopping, true, 3), (history.StopReason, history.WasStopped, history.RestoredEpoch));
        Assert.Equal(5, history.Epochs.Count);
        run.AssertStateOf(3);
        Assert.Contains("stopped early", history.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("the weights are those of epoch 3, the best", history.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_restoring_the_model_stays_as_the_last_step_left_it()
    {
        Run run = new([1, 2, 3], new EarlyStopping(patience: 2, restoreBest: false));
        History history = run.Fit(10);
        Assert.Equal((StopReason.EarlyStopping, null), (history.StopReason, history.RestoredEpoch));
        run.AssertStateOf(3);
    }

    [Fact]
    public void A_training_that_reaches_its_end_goes_back_too()
    {
        Run run = new([1, 0.5, 0.6, 0.7], new EarlyStopping(patience: 3));
        History history = run.Fit(4);
        Assert.Equal((StopReason.None, 2), (history.StopReason, history.RestoredEpoch));
        run.AssertStateOf(2);

        Run atLast = new([1, 0.5, 0.6], new EarlyStopping(patience: 1));
        Assert.Equal((StopReason.None, 2), (atLast.Fit(3) is { } end ? end.StopReason : default, 2));
        atLast.AssertStateOf(2);
    }

    [Fact]
    public void When_the_last_epoch_is_the_best_nothing_is_put_back()
    {
        Run run = new([1, 0.9, 0.8], new EarlyStopping(patience: 1));
        History history = run.Fit(3);
        Assert.Equal((StopReason.None, null), (history.StopReason, history.RestoredEpoch));
        run.AssertStateOf(3);
    }

    [Theory]
    [InlineData(true, StopReason.Cancelled)]
    [InlineData(false, StopReason.Requested)]
    public void A_training_that_is_cut_short_keeps_its_best_epoch(bool cancel, StopReason reason)
    {
        // Ten steps make an epoch: in the middle of the fourth.
        using CancellationTokenSource source = new();
        Run run = new([1, 0.5, 0.6, 0.1], new EarlyStopping(patience: 5));
        run.Trainer.StepCompleted += step =>
        {
            if (step.Step == 35)
            {
                (cancel ? (Action)source.Cancel : run.Trainer.Stop)();
            }
        };
        History history = run.Fit(10, source.Token);
        Assert.Equal((reason, 2, 3), (history.StopReason, history.RestoredEpoch, history.Epochs.Count));
        run.AssertStateOf(2);
    }

    [Fact]
    public void A_trainer_can_be_used_again()
    {
        Run run = new([1, 2, 3, 3, 2, 2.5, 2.6], new EarlyStopping(patience: 2));
        Assert.Equal(1, run.Fit(10).RestoredEpoch);

        // The losses of the first run are forgotten: 2 is the best now.
        Assert.Equal(2, run.Fit(10).RestoredEpoch);
    }

    [Fact]
    public void Nothing_is_put_back_when_no_validation_was_a_number()
    {
        Run run = new([double.NaN, double.NaN], new EarlyStopping(patience: 2));
        History history = run.Fit(10);
        Assert.Equal((StopReason.EarlyStopping, null), (history.StopReason, history.RestoredEpoch));
        run.AssertStateOf(2);
    }

    [Fact]
    public void The_accuracy_can_be_watched()
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make("Adam");
        EarlyStopping stopping = new(patience: 3, mode: MetricMode.Max);
        Trainer trainer = new(model, optimizer, new CrossEntropyLoss()) { EarlyStopping = stopping };
        History history = trainer.Fit(data, 6, 40, data.Take(80), new Generator(1));
        int best = history.RestoredEpoch ?? history.Epochs.Count;
        Assert.Equal(history.ValidationAccuracy.Max(), history.ValidationAccuracy[best - 1]);
        Assert.Equal(history.Epochs[best - 1].Validation, trainer.Evaluate(data.Take(80)));
    }

    [Fact]
    public void What_cannot_be_watched_is_named()
    {
        Says("EarlyStopping: patience must be at least 1", () => new EarlyStopping(0));
        Says("EarlyStopping: expected minDelta", () => new EarlyStopping(minDelta: -1));
        Says("EarlyStopping watches the validation loss; expected a validation set", () => new Run([1], new EarlyStopping()).Trainer.Fit(Run.Data(), 1, 8));
        Says("EarlyStopping watches the validation accuracy, which this loss has none of", () => new Run([1], new EarlyStopping(mode: MetricMode.Max)).Fit(1));

        static void Says(string text, Func<object> action) => Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    /// <summary>A training whose validation losses are written down, and the model's state after each epoch.</summary>
    private sealed class Run
    {
        private readonly Sequential model;
        private readonly List<Dictionary<string, float[]>> states = [];

        internal Run(double[] validationLosses, EarlyStopping stopping)
        {
            Generator generator = new(3);
            model = new Sequential(new Linear(4, 6, generator: generator), new BatchNorm1d(6), new Dropout(0.2, generator), new Linear(6, 1, generator: generator));
            Trainer = new Trainer(model, new Adam(model.Parameters, 0.05), new WrittenLoss(validationLosses)) { EarlyStopping = stopping };
            Trainer.EpochCompleted += _ => states.Add(State());
        }

        internal Trainer Trainer { get; }

        internal static Dataset Data() => new(Tensor.RandN([80, 4], new Generator(5)), Tensor.RandN([80, 1], new Generator(6)));

        internal History Fit(int epochs, CancellationToken cancellation = default) =>
            Trainer.Fit(Data(), epochs, 8, Data().Take(10), new Generator(1), cancellation: cancellation);

        /// <summary>The state is that after one epoch, buffers included, and no other's.</summary>
        internal void AssertStateOf(int epoch)
        {
            Dictionary<string, float[]> now = State();
            Assert.Contains("1.running_mean", now.Keys);
            Assert.Equal([epoch], Enumerable.Range(1, states.Count).Where(e => now.All(entry => entry.Value.AsSpan().SequenceEqual(states[e - 1][entry.Key]))));
        }

        private Dictionary<string, float[]> State() => model.CopyState().ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());
    }

    /// <summary>A mean squared error in training; in evaluation the next number of a list.</summary>
    private sealed class WrittenLoss(double[] validation) : Loss(Reduction.Mean)
    {
        private readonly MSELoss training = new();
        private int next;

        public override Tensor Forward(Tensor input, Tensor target) =>
            NoGrad.IsRecording ? training.Forward(input, target) : Tensor.Scalar((float)validation[next++]);
    }
}
