using CourseLib.Optimizers;
using CourseLib.Schedules;

namespace CourseLib.Training;

/// <summary>
/// Who sets the learning rate during a training, and when (lecture perc, "Когда уменьшать learning rate?"): every iteration, every epoch, or when the validation
/// worsens. At most one of the three; without any the optimizer keeps its own.
/// </summary>
internal sealed class RatePlan(Optimizer optimizer, Schedule? perStep, Schedule? perEpoch, ReduceLROnPlateau? onPlateau)
{
    /// <summary>Checks the plan before a training and forgets an earlier one.</summary>
    internal void Begin(bool hasValidation, bool hasAccuracy)
    {
        if ((perStep is null ? 0 : 1) + (perEpoch is null ? 0 : 1) + (onPlateau is null ? 0 : 1) > 1)
        {
            throw new ArgumentException("Fit: expected at most one of Schedule, EpochSchedule and ReduceOnPlateau; each would overwrite the rate of the others.");
        }

        if (onPlateau is not null)
        {
            Watched.Require(nameof(Trainer.ReduceOnPlateau), onPlateau.Mode, hasValidation, hasAccuracy);
            onPlateau.Reset();
        }
    }

    /// <summary>Tells the plan of epochs that another run made; the rate is the optimizer's already.</summary>
    internal void Resume(IReadOnlyList<TrainingEpoch> epochs)
    {
        foreach (TrainingEpoch epoch in epochs)
        {
            if (onPlateau is not null && epoch.Validation is { } evaluation)
            {
                onPlateau.Next(Watched.Value(onPlateau.Mode, evaluation), epoch.LearningRate);
            }
        }
    }

    internal void BeforeEpoch(int epoch) => optimizer.LearningRate = perEpoch?.Invoke(epoch) ?? optimizer.LearningRate;

    internal void BeforeStep(int step) => optimizer.LearningRate = perStep?.Invoke(step) ?? optimizer.LearningRate;

    internal void AfterEpoch(Evaluation? validation)
    {
        if (onPlateau is not null && validation is { } evaluation)
        {
            optimizer.LearningRate = onPlateau.Next(Watched.Value(onPlateau.Mode, evaluation), optimizer.LearningRate);
        }
    }
}
