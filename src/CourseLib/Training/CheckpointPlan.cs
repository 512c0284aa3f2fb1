using CourseLib.Interchange;
using CourseLib.Layers;
using CourseLib.Schedules;

namespace CourseLib.Training;

/// <summary>Which files a training leaves while it runs: <c>new Trainer(…) { Checkpoints = new CheckpointPlan(last: "last.safetensors", best: "best.npz") }</c>.</summary>
public sealed class CheckpointPlan
{
    /// <param name="last">A <see cref="Checkpoint"/>, written after each epoch; null for none.</param>
    /// <param name="best">The model of the best epoch on the validation set, for <see cref="ModelFiles.Load"/>: its ending, <c>.safetensors</c> or <c>.npz</c>, is the format; null for none.</param>
    /// <param name="mode">Whether the best epoch is that of the lowest validation loss or of the highest validation accuracy.</param>
    public CheckpointPlan(string? last = null, string? best = null, MetricMode mode = MetricMode.Min) => (Last, Best, Mode) = (last, best, mode);

    /// <summary>The checkpoint's file; null for none.</summary>
    public string? Last { get; }

    /// <summary>The best model's file; null for none.</summary>
    public string? Best { get; }

    /// <summary>What "best" means.</summary>
    public MetricMode Mode { get; }

    /// <summary>Checks the plan before a training.</summary>
    internal void Begin(bool hasValidation, bool hasAccuracy)
    {
        if (Best is not null)
        {
            Watched.Require(nameof(Trainer.Checkpoints), Mode, hasValidation, hasAccuracy);
        }
    }

    /// <summary>Writes the best model, if the last epoch of the history is better than all before it. The history is all that it needs to know, so a resumed training needs no more.</summary>
    internal void SaveBest(Module model, History history)
    {
        double[] values = [.. history.Epochs.Select(epoch => epoch.Validation is { } validation ? Watched.Value(Mode, validation) : double.NaN)];
        double last = values[^1];
        if (Best is not null && !double.IsNaN(last) && values.SkipLast(1).All(value => double.IsNaN(value) || (Mode == MetricMode.Min ? last < value : last > value)))
        {
            model.Save(Best);
        }
    }
}
