using CourseLib.Data;
using CourseLib.Display;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Regularizers;
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
    private readonly Module model = model ?? throw new ArgumentNullException(nameof(model));
    private readonly Optimizer optimizer = optimizer ?? throw new ArgumentNullException(nameof(optimizer));
    private readonly Loss loss = (loss ?? throw new ArgumentNullException(nameof(loss))).Reduction != Reduction.None
        ? loss
        : throw new ArgumentException($"Trainer: expected a loss that is one number, got a {loss.GetType().Name} with {nameof(Reduction)}.{nameof(Reduction.None)}; use Mean or Sum.", nameof(loss));

    /// <summary>
    /// Asked at the beginning of every <see cref="Fit"/> for somebody who hears of its steps, beside those whom the caller named; null: nobody is asked. This
    /// is how a host shows every training while it runs. It is given the history that grows, and is disposed of at the end when it is disposable.
    /// </summary>
    public static Func<History, IProgress<TrainingStep>?>? DefaultProgress { get; set; }

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

    /// <summary>Penalties on parameters that each step adds to the loss, such as <c>[new L2(1e-4)]</c>; those of <see cref="ActivationPenalty"/> modules are added without being named.</summary>
    /// <remarks>They are added to the loss as it is, a mean or a sum over the batch. The losses that are reported are without them, so that training and validation compare.</remarks>
    public IReadOnlyList<Regularizer> Regularizers { get; init; } = [];

    /// <summary>Ends training when the validation stops getting better, and puts the best weights back; null trains to the end.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Files that are written after each epoch, to resume from and to keep the best model; null writes none.</summary>
    public CheckpointPlan? Checkpoints { get; init; }

    /// <summary>Elements of gradients are limited to plus or minus this value, before the norm is; infinite: they are not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public double MaxGradientValue
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Trainer.MaxGradientValue: expected a value above 0; infinite for none.");
    } = double.PositiveInfinity;

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

    internal bool StopRequested { get; private set; }

    /// <summary>Asks a running <see cref="Fit"/> to end after the current step; for callbacks.</summary>
    public void Stop() => StopRequested = true;

    /// <summary>Trains for a number of passes over the data.</summary>
    /// <param name="train">The training set.</param>
    /// <param name="epochs">How many passes.</param>
    /// <param name="batchSize">Examples in a batch; the last batch of a pass may be smaller (see <see cref="DropLast"/>).</param>
    /// <param name="validation">Evaluated after each pass; may be null.</param>
    /// <param name="generator">Shuffles the examples; <see cref="Generator.Default"/> when null.</param>
    /// <param name="progress">Hears of every step; may be null.</param>
    /// <param name="resume">Where an earlier training was saved: its epochs are not trained again, and what follows equals what would have followed; null begins at the first.</param>
    /// <param name="cancellation">Ends training at the next step, and a validation at its next batch; the model keeps what it has learned (its best epoch, with <see cref="EarlyStopping"/>) and the history says why it stopped. So does the Stop button of .NET Interactive.</param>
    /// <returns>The learning curve. An epoch all of whose batches were trained on is in it, though without validation if that was cancelled; of one that was cut short only the steps are.</returns>
    /// <exception cref="ArgumentException">A set has no items, the optimizer has none of the model's parameters, a regularizer selects none, somebody watches a validation that there is not, or two want to set the learning rate.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    public History Fit(
        Dataset train,
        int epochs,
        int batchSize,
        Dataset? validation = null,
        Generator? generator = null,
        IProgress<TrainingStep>? progress = null,
        Checkpoint? resume = null,
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
        StopRequested = false;
        TrainingRun run = new(this, model, optimizer, loss, pass, epochs, validation is not null);
        run.Begin(generator, resume);

        CancellationToken host = HostStop.Token;
        using CancellationTokenSource? either = host.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellation, host) : null;
        IProgress<TrainingStep>? onlooker = DefaultProgress?.Invoke(run.History);
        using IDisposable? end = onlooker as IDisposable;
        Action<TrainingStep>? look = onlooker is null ? null : onlooker.Report;
        StepCompleted += look;
        try
        {
            return run.Run(validation, progress, either?.Token ?? cancellation);
        }
        finally
        {
            StepCompleted -= look;
        }
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

    /// <summary>As the public one; null when it was cancelled.</summary>
    internal Evaluation? Evaluate(Dataset data, int batchSize, CancellationToken cancellation)
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
            tally.Add(loss, loss.Forward(output, batch.Targets).Item(), output, batch);
        }

        return tally.Result;
    }

    internal void Announce(TrainingStep step) => StepCompleted?.Invoke(step);

    internal void Announce(TrainingEpoch epoch) => EpochCompleted?.Invoke(epoch);

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
}
