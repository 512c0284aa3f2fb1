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
