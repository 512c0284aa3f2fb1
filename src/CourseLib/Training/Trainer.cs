using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Schedules;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>The training loop: batches, forward, backward, step; one <see cref="Tape"/> per step, so that steps allocate nothing.</summary>
/// <remarks>
/// <see cref="Fit"/> leaves the model in training mode, whatever ended it: call <c>model.Eval()</c> before predicting. An exception of a callback ends it
/// and passes through.
/// </remarks>
/// <param name="model">What to train.</param>
/// <param name="optimizer">How; made with the model's parameters.</param>
/// <param name="loss">What to minimise. With <see cref="CrossEntropyLoss"/> accuracies are recorded too.</param>
public sealed class Trainer(Module model, Optimizer optimizer, Loss loss)
{
    private const string Advice = "Try a smaller rate, gradient clipping, or another initialization.";

    private readonly Module model = model ?? throw new ArgumentNullException(nameof(model));
    private readonly Optimizer optimizer = optimizer ?? throw new ArgumentNullException(nameof(optimizer));
    private readonly Loss loss = loss ?? throw new ArgumentNullException(nameof(loss));
    private bool stopRequested;
    private Anomaly? anomaly;

    /// <summary>Called after each step; keep it short.</summary>
    public event Action<TrainingStep>? StepCompleted;

    /// <summary>Called after each epoch, its validation included.</summary>
    public event Action<TrainingEpoch>? EpochCompleted;

    /// <summary>The learning rate of each step, counted from 0 in every <see cref="Fit"/>; null leaves the optimizer's.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The learning rate of each epoch, counted from 0: any schedule, asked before each epoch instead of each step.</summary>
    public Schedule? EpochSchedule { get; init; }

    /// <summary>Lowers the learning rate when the validation loss (or, with <see cref="MetricMode.Max"/>, the validation accuracy) stops getting better.</summary>
    public ReduceLROnPlateau? ReduceOnPlateau { get; init; }

    /// <summary>Gradients whose norm over all parameters is larger are scaled down to it (lecture intro, "Gradient explosion"); infinite: never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not positive.</exception>
    public double MaxGradientNorm
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Trainer.MaxGradientNorm: expected a norm above 0; infinite for none.");
    } = double.PositiveInfinity;

    /// <summary>Whether a last batch of a pass that is smaller than the others is left out: batch normalisation cannot train on one example.</summary>
    public bool DropLast { get; init; }

    /// <summary>Whether every result, gradient and parameter of a step is looked at, so that the first NaN or infinity is named where it appears; costs about as much as the step.</summary>
    /// <remarks>Without it a loss that is not finite is traced back through its own step; with it an explosion is caught in the step in which it happens.</remarks>
    public bool DetectAnomalies { get; init; }

    /// <summary>Asks a running <see cref="Fit"/> to end after the current step; for callbacks.</summary>
    public void Stop() => stopRequested = true;

    /// <summary>Trains for a number of passes over the data.</summary>
    /// <param name="train">The training set.</param>
    /// <param name="epochs">How many passes.</param>
    /// <param name="batchSize">Examples in a batch; the last batch of a pass may be smaller (see <see cref="DropLast"/>).</param>
    /// <param name="validation">Evaluated after each pass; may be null.</param>
    /// <param name="generator">Shuffles the examples; <see cref="Generator.Default"/> when null.</param>
    /// <param name="progress">Hears of every step; may be null.</param>
    /// <param name="cancellation">Ends training at the next step, and a validation at its next batch; the model keeps what it has learned and the history says that it was stopped.</param>
    /// <returns>The learning curve. An epoch all of whose batches were trained on is in it, though without validation if that was cancelled; of one that was cut short only the steps are.</returns>
    /// <exception cref="ArgumentException">A set has no items, or the optimizer has none of the model's parameters.</exception>
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
        Requires.AtLeast(nameof(Fit), nameof(epochs), epochs, 0);
        Requires.AtLeast(nameof(Fit), nameof(batchSize), batchSize, 1);
        RequireItems(nameof(Fit), train, nameof(train));
        if (validation is not null)
        {
            RequireItems(nameof(Fit), validation, nameof(validation));
        }

        BatchSequence pass = train.Batches(batchSize, generator ?? Generator.Default, DropLast);
        if (pass.Count == 0)
        {
            throw new ArgumentException($"Fit: with DropLast the {train.Count} items do not make one batch of {batchSize}.", nameof(batchSize));
        }

        RequireSharedParameters();
        RatePlan rates = new(optimizer, Schedule, EpochSchedule, ReduceOnPlateau);
        rates.Begin(validation is not null, loss is CrossEntropyLoss);
        stopRequested = false;
        using AnomalyDetection? guard = DetectAnomalies ? new(model) : null;
        int steps = (int)Math.Min((long)epochs * pass.Count, int.MaxValue);
        History history = new(steps);
        int step = 0;
        for (int epoch = 1; epoch <= epochs && !history.WasStopped; epoch++)
        {
            model.Train();
            rates.BeforeEpoch(epoch - 1);
            Tally tally = default;
            using IEnumerator<Batch> batches = pass.GetEnumerator();
            for (int i = 0; i < pass.Count; i++)
            {
                if (stopRequested || cancellation.IsCancellationRequested)
                {
                    history.WasStopped = true;
                    return history;
                }

                rates.BeforeStep(step);
                anomaly = null;
                float value;
                step++;
                try
                {
                    value = TakeStep(batches, ref tally, guard);
                }
                catch (AnomalyException found)
                {
                    throw new TrainingDivergedException(FormattableString.Invariant($"Fit: at step {step} (epoch {epoch}) with learning rate {optimizer.LearningRate} {found.Anomaly}. {Advice}"), history, found.Anomaly, found);
                }

                history.Add(value);
                if (!float.IsFinite(value))
                {
                    throw new TrainingDivergedException(Diagnose(value, step, epoch), history, anomaly);
                }

                TrainingStep done = new(epoch, epochs, step, steps, value, optimizer.LearningRate);
                StepCompleted?.Invoke(done);
                progress?.Report(done);
            }

            Evaluation? validated = validation is null ? null : Evaluate(validation, 256, cancellation);
            history.WasStopped = validation is not null && validated is null;
            TrainingEpoch record = new(epoch, tally.Result, validated, optimizer.LearningRate);
            history.Add(record);
            rates.AfterEpoch(validated);
            EpochCompleted?.Invoke(record);
        }

        return history;
    }

    /// <summary>Loss and accuracy over a data set in evaluation mode; the model is left in the mode it was in.</summary>
    /// <param name="data">The data.</param>
    /// <param name="batchSize">Examples at a time.</param>
    /// <exception cref="ArgumentException">The set has no items.</exception>
    public Evaluation Evaluate(Dataset data, int batchSize = 256)
    {
        RequireItems(nameof(Evaluate), data, nameof(data));
        return Evaluate(data, batchSize, CancellationToken.None)!.Value;
    }

    private Evaluation? Evaluate(Dataset data, int batchSize, CancellationToken cancellation)
    {
        BatchSequence pass = data.Batches(batchSize);
        using EvaluationMode evaluation = new(model);
        using Autograd.NoGrad off = new();
        using IEnumerator<Batch> batches = pass.GetEnumerator();
        Tally tally = default;
        for (int i = 0; i < pass.Count; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return null;
            }

            using Tape tape = new();
            batches.MoveNext();
            Batch batch = batches.Current;
            Tensor output = model.Forward(batch.Inputs);
            Count(loss.Forward(output, batch.Targets).Item(), output, batch, ref tally);
        }

        return tally.Result;
    }

    /// <summary>Trains on the next batch. The tape is open before the batch is made, so that the batch is lent too.</summary>
    private float TakeStep(IEnumerator<Batch> batches, ref Tally tally, AnomalyDetection? guard)
    {
        using Tape tape = new();
        batches.MoveNext();
        Batch batch = batches.Current;
        optimizer.ZeroGrad();
        Tensor output = model.Forward(batch.Inputs);
        Tensor value = loss.Forward(output, batch.Targets);
        float number = value.Item();
        if (float.IsFinite(number))
        {
            value.Backward();
            if (double.IsFinite(MaxGradientNorm))
            {
                GradientClipping.ClipNorm(optimizer.Parameters, MaxGradientNorm);
            }

            optimizer.Step();
            guard?.CheckParameters();
        }
        else
        {
            // While the tape is open: afterwards the results that led to the loss are gone.
            AnomalySearch search = new(model);
            anomaly = search.InParameters() ?? search.InForward(value);
        }

        Count(number, output, batch, ref tally);
        return loss.Reduction == Reduction.Sum ? number / batch.Count : number;
    }

    /// <summary>Adds a batch to the tally, with the number of right answers when the loss is one for classification.</summary>
    private void Count(float value, Tensor output, Batch batch, ref Tally tally)
    {
        int right = loss is CrossEntropyLoss ? Metrics.CountRight(output, batch.Targets) : -1;
        tally.Add(loss.Reduction == Reduction.Sum ? value : (double)value * batch.Count, right, batch.Count);
    }

    private static void RequireItems(string operation, Dataset data, string argument)
    {
        ArgumentNullException.ThrowIfNull(data, argument);
        if (data.Count == 0)
        {
            throw new ArgumentException($"{operation}: {argument} has no items ({data}); expected at least one.", argument);
        }
    }

    /// <summary>Fails when the optimizer was made for another model, as after running a cell again that makes the model but not the one that makes the optimizer.</summary>
    private void RequireSharedParameters()
    {
        IReadOnlyList<Tensor> own = model.Parameters;
        if (own.Count > 0 && !own.Intersect(optimizer.Parameters).Any())
        {
            throw new ArgumentException($"Fit: the optimizer has none of the model's {own.Count} parameters, so nothing would be learned; make it with model.Parameters of this model.");
        }
    }

    private string Diagnose(float value, int step, int epoch)
    {
        string culprit = anomaly switch
        {
            null => "all parameters are still finite, so it arose in this forward pass",
            { Origin: AnomalyOrigin.Parameter } => anomaly.ToString(),
            _ => $"all parameters are still finite, but {anomaly}",
        };
        return FormattableString.Invariant($"Fit: the loss is {value} at step {step} (epoch {epoch}) with learning rate {optimizer.LearningRate}; expected a finite number: {culprit}. {Advice}");
    }

    /// <summary>Adds up losses and right answers over batches.</summary>
    private struct Tally
    {
        private double loss;
        private long right;
        private long count;

        internal readonly Evaluation Result => new((float)(loss / count), right < 0 ? float.NaN : (float)((double)right / count));

        internal void Add(double sumOfLosses, int rightAnswers, int examples)
        {
            loss += sumOfLosses;
            right = rightAnswers < 0 ? -1 : right + rightAnswers;
            count += examples;
        }
    }
}
