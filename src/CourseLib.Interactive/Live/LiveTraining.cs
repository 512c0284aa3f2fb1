using CourseLib.Training;
using Microsoft.DotNet.Interactive;

namespace CourseLib.Interactive.Live;

/// <summary>Shows one training while it runs, in its cell's panel. It reads the history and nothing else, so the numbers are the same without it.</summary>
internal sealed class LiveTraining : IProgress<TrainingStep>, IDisposable
{
    private readonly LivePanel panel;
    private readonly History history;
    private readonly int number;
    private TrainingStep last;

    private LiveTraining(LivePanel panel, History history)
    {
        this.panel = panel;
        this.history = history;
        number = panel.NextTraining();
    }

    /// <summary>What <see cref="Trainer.DefaultProgress"/> asks; null outside a cell.</summary>
    public static LiveTraining? Begin(History history) =>
        KernelInvocationContext.Current is { } cell ? new LiveTraining(LivePanel.Of(cell), history) : null;

    /// <inheritdoc/>
    public void Report(TrainingStep value)
    {
        last = value;
        if (panel.IsDue)
        {
            Show(isOver: false);
        }
    }

    /// <summary>The picture that stays: the end of the training, where it was shown at all.</summary>
    public void Dispose()
    {
        if (panel.IsShown && last.Step > 0)
        {
            Show(isOver: true);
        }
    }

    private void Show(bool isOver) => panel.Show(() => new TrainingPicture(history, last, number, isOver));
}
