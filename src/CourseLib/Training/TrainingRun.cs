using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>One call of <see cref="Trainer.Fit"/>: its epochs and steps, and what is recorded of them.</summary>
internal sealed class TrainingRun
{
    private const string Advice = "Try a smaller rate, gradient clipping, or another initialization.";

    private readonly Trainer trainer;
    private readonly Module model;
    private readonly Optimizer optimizer;
    private readonly Loss loss;
    private readonly BatchSequence pass;
    private readonly int epochs;
    private readonly int steps;
    private readonly History history;
    private readonly RatePlan rates;
    private readonly BestWeights best;
    private readonly Penalties penalties;
    private Generator? generator;
    private int firstEpoch = 1;
    private int step;
    private Anomaly? anomaly;

    internal TrainingRun(Trainer trainer, Module model, Optimizer optimizer, Loss loss, BatchSequence pass, int epochs, bool hasValidation)
    {
        this.trainer = trainer;
        this.model = model;
        this.optimizer = optimizer;
        this.loss = loss;
        this.pass = pass;
        this.epochs = epochs;
        steps = (int)Math.Min((long)epochs * pass.Count, int.MaxValue);
        history = new History(steps);
        rates = new RatePlan(optimizer, trainer.Schedule, trainer.EpochSchedule, trainer.ReduceOnPlateau);
        best = new BestWeights(model, trainer.EarlyStopping);
        penalties = new Penalties(model, trainer.Regularizers);
        rates.Begin(hasValidation, Tally.CountsAnswers(loss));
        best.Begin(hasValidation, Tally.CountsAnswers(loss));
        trainer.Checkpoints?.Begin(hasValidation, Tally.CountsAnswers(loss));
    }

    /// <summary>What is recorded, from the first step on.</summary>
    internal History History => history;

    /// <summary>Goes to where the run begins: the first epoch, or the one after a checkpoint.</summary>
    /// <param name="generator">The generator that shuffles the examples, for the checkpoints of this run.</param>
    /// <param name="resume">Where an earlier run was saved; null for none.</param>
    internal void Begin(Generator? generator, Checkpoint? resume)
    {
        this.generator = generator;
        if (resume is null)
        {
            return;
        }

        RequireSameRun(resume);
        firstEpoch = resume.Epoch + 1;
        step = resume.Epoch * pass.Count;
        foreach (float value in resume.History.StepLosses)
        {
            history.Add(value);
        }

        foreach (TrainingEpoch epoch in resume.History.Epochs)
        {
            history.Add(epoch);
        }

        rates.Resume(resume.History.Epochs);
        history.StopReason = best.Resume(resume, pass.Count) ? StopReason.EarlyStopping : StopReason.None;
    }

    /// <summary>Trains to the end, or until somebody asks to stop.</summary>
    internal History Run(Dataset? validation, IProgress<TrainingStep>? progress, CancellationToken cancellation)
    {
        using AnomalyDetection? guard = trainer.DetectAnomalies ? new(model) : null;
        for (int epoch = firstEpoch; epoch <= epochs && !history.WasStopped; epoch++)
        {
            rates.BeforeEpoch(epoch - 1);
            Tally tally = default;
            history.StopReason = TrainEpoch(epoch, ref tally, guard, progress, cancellation);
            if (!history.WasStopped)
            {
                history.StopReason = EndEpoch(epoch, tally.Result, validation, cancellation);
            }
        }

        history.RestoredEpoch = best.Restore(step);
        return history;
    }

    private StopReason TrainEpoch(int epoch, ref Tally tally, AnomalyDetection? guard, IProgress<TrainingStep>? progress, CancellationToken cancellation)
    {
        model.Train();
        using IEnumerator<Batch> batches = pass.GetEnumerator();
        for (int i = 0; i < pass.Count; i++)
        {
            if (cancellation.IsCancellationRequested)
            {
                return StopReason.Cancelled;
            }

            if (trainer.StopRequested)
            {
                return StopReason.Requested;
            }

            rates.BeforeStep(step);
            step++;
            float value;
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
                throw new TrainingDivergedException(Diagnose(value, epoch), history, anomaly);
            }

            TrainingStep done = new(epoch, epochs, step, steps, value, optimizer.LearningRate);
            trainer.Announce(done);
            progress?.Report(done);
        }

        return StopReason.None;
    }

    /// <summary>Validates, records, and asks those who watch the validation.</summary>
    private StopReason EndEpoch(int epoch, Evaluation trained, Dataset? validation, CancellationToken cancellation)
    {
        Evaluation? validated = validation is null ? null : trainer.Evaluate(validation, 256, cancellation);
        TrainingEpoch record = new(epoch, trained, validated, optimizer.LearningRate);
        history.Add(record);
        rates.AfterEpoch(validated);
        bool isEnough = best.AfterEpoch(validated, step);
        trainer.Announce(record);
        if (validation is not null && validated is null)
        {
            return StopReason.Cancelled;
        }

        // After the callbacks, which may change something, too.
        trainer.Checkpoints?.SaveBest(model, history);
        if (trainer.Checkpoints?.Last is { } last)
        {
            Checkpoint.Save(last, model, optimizer, generator, history, epoch, best.Kept(step));
        }

        return isEnough && epoch < epochs ? StopReason.EarlyStopping
            : StopReason.None;
    }

    /// <summary>Trains on the next batch. The tape is open before the batch is made, so that the batch is lent too.</summary>
    /// <returns>The mean loss per example, without penalties.</returns>
    private float TakeStep(IEnumerator<Batch> batches, ref Tally tally, AnomalyDetection? guard)
    {
        anomaly = null;
        using Tape tape = new();
        batches.MoveNext();
        Batch batch = batches.Current;
        optimizer.ZeroGrad();
        Tensor output = model.Forward(batch.Inputs);
        Tensor value = loss.Forward(output, batch.Targets);
        float number = value.Item();
        if (float.IsFinite(number))
        {
            penalties.AddTo(value).Backward();
            if (double.IsFinite(trainer.MaxGradientValue))
            {
                GradientClipping.ClipValue(optimizer.Parameters, trainer.MaxGradientValue);
            }

            if (double.IsFinite(trainer.MaxGradientNorm))
            {
                GradientClipping.ClipNorm(optimizer.Parameters, trainer.MaxGradientNorm);
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

        tally.Add(loss, number, output, batch);
        return loss.Reduction == Reduction.Sum ? number / batch.Count : number;
    }

    private void RequireSameRun(Checkpoint resume)
    {
        (int recordedEpochs, int recordedSteps) = (resume.History.Epochs.Count, resume.History.StepLosses.Count);
        if (resume.Epoch > epochs)
        {
            throw new ArgumentException($"Fit: the checkpoint is of epoch {resume.Epoch}; expected one of at most {epochs}, the number of epochs in all.", nameof(resume));
        }

        if (recordedSteps > 0 && recordedSteps != (long)resume.Epoch * pass.Count)
        {
            throw new ArgumentException($"Fit: the checkpoint of epoch {resume.Epoch} was made after {recordedSteps} steps; with this set and batch size they are {(long)resume.Epoch * pass.Count}.", nameof(resume));
        }

        if (recordedEpochs != resume.Epoch && (recordedEpochs > 0 || trainer.EarlyStopping is not null || trainer.ReduceOnPlateau is not null))
        {
            throw new ArgumentException($"Fit: the checkpoint of epoch {resume.Epoch} has the history of {recordedEpochs} epochs; EarlyStopping and ReduceOnPlateau need all of it.", nameof(resume));
        }
    }

    private string Diagnose(float value, int epoch)
    {
        string culprit = anomaly switch
        {
            null => "all parameters are still finite, so it arose in this forward pass",
            { Origin: AnomalyOrigin.Parameter } => anomaly.ToString(),
            _ => $"all parameters are still finite, but {anomaly}",
        };
        return FormattableString.Invariant($"Fit: the loss is {value} at step {step} (epoch {epoch}) with learning rate {optimizer.LearningRate}; expected a finite number: {culprit}. {Advice}");
    }
}
