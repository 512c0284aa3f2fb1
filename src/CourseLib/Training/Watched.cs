using CourseLib.Schedules;

namespace CourseLib.Training;

/// <summary>The number of a validation that somebody waits for to get better: its loss when it is to fall, its accuracy when it is to grow.</summary>
internal static class Watched
{
    internal static double Value(MetricMode mode, Evaluation validation) => mode == MetricMode.Min ? validation.Loss : validation.Accuracy;

    /// <summary>Throws when a training will never have that number.</summary>
    internal static void Require(string who, MetricMode mode, bool hasValidation, bool hasAccuracy)
    {
        if (!hasValidation)
        {
            throw new ArgumentException($"Fit: {who} watches the validation {(mode == MetricMode.Min ? "loss" : "accuracy")}; expected a validation set.");
        }

        if (mode == MetricMode.Max && !hasAccuracy)
        {
            throw new ArgumentException($"Fit: {who} watches the validation accuracy, which this loss has none of; expected CrossEntropyLoss, or MetricMode.Min for the validation loss.");
        }
    }
}
