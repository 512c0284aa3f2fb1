using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Carries out an <see cref="EarlyStopping"/> during a training: keeps the model of the best epoch and puts it back.</summary>
internal sealed class BestWeights(Module model, EarlyStopping? stopping)
{
    private IReadOnlyDictionary<string, Tensor>? best;
    private int stepsAtBest;

    /// <summary>Checks the plan before a training and forgets an earlier one.</summary>
    internal void Begin(bool hasValidation, bool hasAccuracy)
    {
        if (stopping is not null)
        {
            Watched.Require(nameof(Trainer.EarlyStopping), stopping.Mode, hasValidation, hasAccuracy);
            stopping.Reset();
        }
    }

    /// <summary>Tells it of epochs that another run made.</summary>
    /// <param name="checkpoint">Where that run was saved; the model is there, too.</param>
    /// <param name="steps">Steps of an epoch.</param>
    /// <returns>Whether training should stop.</returns>
    /// <exception cref="ArgumentException">The best epoch was before the checkpoint, which has no weights of it.</exception>
    internal bool Resume(Checkpoint checkpoint, int steps)
    {
        if (stopping is null)
        {
            return false;
        }

        foreach (TrainingEpoch epoch in checkpoint.History.Epochs)
        {
            if (epoch.Validation is { } validation)
            {
                stopping.Observe(Watched.Value(stopping.Mode, validation));
            }
        }

        if (stopping.RestoreBest && stopping.BestEpoch > 0)
        {
            best = stopping.BestEpoch == checkpoint.Epoch ? model.CopyState() : checkpoint.Best ?? throw new ArgumentException(
                $"Fit: the best epoch was {stopping.BestEpoch}, and the checkpoint of epoch {checkpoint.Epoch} has no weights of it to put back; expected one that was saved by a trainer with EarlyStopping.");
            stepsAtBest = stopping.BestEpoch * steps;
        }

        return stopping.ShouldStop;
    }

    /// <summary>The best weights, when they are others than the model's.</summary>
    internal IReadOnlyDictionary<string, Tensor>? Kept(int steps) => stepsAtBest == steps ? null : best;

    /// <summary>Looks at an epoch's validation.</summary>
    /// <param name="validation">Null when it was cancelled.</param>
    /// <param name="steps">Steps made so far.</param>
    /// <returns>Whether training should stop.</returns>
    internal bool AfterEpoch(Evaluation? validation, int steps)
    {
        if (stopping is null || validation is not { } evaluation)
        {
            return false;
        }

        if (stopping.Observe(Watched.Value(stopping.Mode, evaluation)) && stopping.RestoreBest)
        {
            best = model.CopyState();
            stepsAtBest = steps;
        }

        return stopping.ShouldStop;
    }

    /// <summary>Puts the best epoch back, if the model has moved on since.</summary>
    /// <returns>The epoch, or null when the model stays as it is.</returns>
    internal int? Restore(int steps)
    {
        if (best is null || stepsAtBest == steps)
        {
            return null;
        }

        model.LoadState(best);
        return stopping!.BestEpoch;
    }
}
