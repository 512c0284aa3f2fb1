using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>The training loop: batches, forward, backward, step; one <see cref="Tape"/> per step, so that steps allocate nothing.</summary>
/// <param name="model">What to train.</param>
/// <param name="optimizer">How; made with the model's parameters.</param>
/// <param name="loss">What to minimise. With <see cref="CrossEntropyLoss"/> accuracies are recorded too.</param>
public sealed class Trainer(Module model, Optimizer optimizer, Loss loss)
{
    private bool stopRequested;

    /// <summary>Called after each step; keep it short.</summary>
    public event Action<TrainingStep>? StepCompleted;

    /// <summary>Called after each epoch, its validation included.</summary>
    public event Action<TrainingEpoch>? EpochCompleted;

    /// <summary>The learning rate as a function of the step (from 0) and the number of steps; null leaves the optimizer's.</summary>
    public Func<int, int, double>? Schedule { get; init; }

    /// <summary>Gradients whose norm over all parameters is larger are scaled down to it (lecture intro, "Gradient explosion"); infinite: never.</summary>
    public double MaxGradientNorm { get; init; } = double.PositiveInfinity;

    /// <summary>Asks a running <see cref="Fit"/> to end after the current step; for callbacks.</summary>
    public void Stop() => stopRequested = true;

    /// <summary>Trains for a number of passes over the data.</summary>
    /// <param name="train">The training set.</param>
    /// <param name="epochs">How many passes.</param>
    /// <param name="batchSize">Examples in a batch; the last batch of a pass may be smaller.</param>
    /// <param name="validation">Evaluated after each pass; may be null.</param>
    /// <param name="generator">Shuffles the examples; <see cref="Generator.Default"/> when null.</param>
    /// <param name="progress">Hears of every step; may be null.</param>
    /// <param name="cancellation">Ends training at the next step; the model keeps what it has learned and the history says that it was stopped.</param>
    /// <returns>The learning curve.</returns>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    public History Fit(
        Dataset train,
        int epochs,
        int batchSize,
        Dataset? validation = null,
        Generator? generator = null,
        IProgress<TrainingStep>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        generator ??= Generator.Default;
        stopRequested = false;
        History history = new();
        int steps = epochs * ((train.Count + batchSize - 1) / batchSize);
        int step = 0;
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            model.Train();
            Tally tally = default;
            using IEnumerator<Batch> batches = train.Batches(batchSize, generator).GetEnumerator();
            while (true)
            {
                if (step < steps && (stopRequested || cancellation.IsCancellationRequested))
                {
                    history.WasStopped = true;
                    return history;
                }

                optimizer.LearningRate = step < steps && Schedule is not null ? Schedule(step, steps) : optimizer.LearningRate;
                if (TakeStep(batches, ref tally) is not { } value)
                {
                    break;
                }

                step++;
                history.Add(value);
                if (!float.IsFinite(value))
                {
                    throw new TrainingDivergedException(Diagnose(value, step, epoch), history);
                }

                TrainingStep done = new(epoch, epochs, step, steps, value, optimizer.LearningRate);
                StepCompleted?.Invoke(done);
                progress?.Report(done);
            }

            TrainingEpoch record = new(epoch, tally.Result, validation is null ? null : Evaluate(validation), optimizer.LearningRate);
            history.Add(record);
            EpochCompleted?.Invoke(record);
        }

        return history;
    }

    /// <summary>Loss and accuracy over a data set in evaluation mode; the model is left in the mode it was in.</summary>
    /// <param name="data">The data.</param>
    /// <param name="batchSize">Examples at a time.</param>
    public Evaluation Evaluate(Dataset data, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(data);
        bool wasTraining = model.IsTraining;
        model.Eval();
        Tally tally = default;
        using (new Autograd.NoGrad())
        {
            using IEnumerator<Batch> batches = data.Batches(batchSize).GetEnumerator();
            while (EvaluateNext(batches, ref tally))
            {
            }
        }

        model.Train(wasTraining);
        return tally.Result;
    }

    private bool EvaluateNext(IEnumerator<Batch> batches, ref Tally tally)
    {
        using (new Tape())
        {
            if (!batches.MoveNext())
            {
                return false;
            }

            Batch batch = batches.Current;
            Tensor output = model.Forward(batch.Inputs);
            tally.Add(loss.Forward(output, batch.Targets).Item(), Right(output, batch.Targets), batch.Count);
            return true;
        }
    }

    /// <summary>Trains on the next batch; null when there is none. The tape is open before the batch is made, so that the batch is lent too.</summary>
    private float? TakeStep(IEnumerator<Batch> batches, ref Tally tally)
    {
        using (new Tape())
        {
            if (!batches.MoveNext())
            {
                return null;
            }

            Batch batch = batches.Current;
            optimizer.ZeroGrad();
            Tensor output = model.Forward(batch.Inputs);
            Tensor value = loss.Forward(output, batch.Targets);
            value.Backward();
            if (double.IsFinite(MaxGradientNorm))
            {
                GradientClipping.ClipNorm(optimizer.Parameters, MaxGradientNorm);
            }

            float number = value.Item();
            if (float.IsFinite(number))
            {
                optimizer.Step();
            }

            tally.Add(number, Right(output, batch.Targets), batch.Count);
            return number;
        }
    }

    /// <summary>How many examples are right; negative when the loss is not one for classification.</summary>
    private int Right(Tensor output, Tensor target) => loss is CrossEntropyLoss ? Metrics.CountRight(output, target) : -1;

    private string Diagnose(float value, int step, int epoch)
    {
        string culprit = "all parameters are still finite, so it arose in this forward pass";
        foreach ((string name, Tensor parameter) in model.NamedParameters)
        {
            int bad = parameter.Span.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
            if (bad >= 0)
            {
                culprit = FormattableString.Invariant($"the first parameter that is not finite is '{name}' (element {bad} is {parameter.Span[bad]})");
                break;
            }
        }

        return FormattableString.Invariant($"Fit: the loss is {value} at step {step} (epoch {epoch}) with learning rate {optimizer.LearningRate}; expected a finite number: {culprit}. Try a smaller rate, gradient clipping, or another initialization.");
    }

    /// <summary>Adds up losses and right answers over batches.</summary>
    private struct Tally
    {
        private double loss;
        private long right;
        private long count;

        internal readonly Evaluation Result => new((float)(loss / count), right < 0 ? float.NaN : (float)((double)right / count));

        internal void Add(float meanLoss, int rightAnswers, int examples)
        {
            loss += (double)meanLoss * examples;
            right = rightAnswers < 0 ? -1 : right + rightAnswers;
            count += examples;
        }
    }
}
