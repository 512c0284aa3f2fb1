using System.Globalization;
using System.Text;
using CourseLib.Display;

namespace CourseLib.Training;

/// <summary>Loss and, for classification, accuracy over a data set.</summary>
/// <param name="Loss">The mean loss per example; those that a <see cref="Losses.CrossEntropyLoss"/> ignores do not count, and class weights weigh within a batch only.</param>
/// <param name="Accuracy">The share of right answers; NaN when the loss is not one for classification.</param>
public readonly record struct Evaluation(float Loss, float Accuracy);

/// <summary>One step of training.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Epochs">How many were asked for.</param>
/// <param name="Step">The step over all epochs, from 1.</param>
/// <param name="Steps">How many there will be in all.</param>
/// <param name="Loss">The mean loss of the step's batch per example, before the update.</param>
/// <param name="LearningRate">The rate that the update used.</param>
public readonly record struct TrainingStep(int Epoch, int Epochs, int Step, int Steps, float Loss, double LearningRate);

/// <summary>One epoch of training.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Train">Loss and accuracy over the epoch's batches, each as it was when its turn came (in training mode).</param>
/// <param name="Validation">Loss and accuracy on the validation set after the epoch; null without one.</param>
/// <param name="LearningRate">The rate of the epoch's last step.</param>
public sealed record TrainingEpoch(int Epoch, Evaluation Train, Evaluation? Validation, double LearningRate);

/// <summary>What happened during training (the learning curve).</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class History
{
    private readonly List<TrainingEpoch> epochs = [];
    private readonly List<float> stepLosses;

    // Room for all steps at once where that is not too much, so that a step does not make the list grow.
    internal History(int steps) => stepLosses = new List<float>(Math.Min(steps, 100_000));

    /// <summary>The finished epochs.</summary>
    public IReadOnlyList<TrainingEpoch> Epochs => epochs;

    /// <summary>The mean loss per example of every step's batch, those of an epoch that was cut short included.</summary>
    public IReadOnlyList<float> StepLosses => stepLosses;

    /// <summary>True when training ended before its last step; <see cref="StopReason"/> says why.</summary>
    public bool WasStopped => StopReason != StopReason.None;

    /// <summary>Why training ended before its last step; <see cref="StopReason.None"/> when it did not.</summary>
    public StopReason StopReason { get; internal set; }

    /// <summary>The epoch, from 1, whose weights <see cref="EarlyStopping"/> put back at the end; null when the model is as the last step left it.</summary>
    public int? RestoredEpoch { get; internal set; }

    /// <summary>The training loss of each epoch, for a chart.</summary>
    public IReadOnlyList<double> TrainLoss => [.. epochs.Select(epoch => (double)epoch.Train.Loss)];

    /// <summary>The training accuracy of each epoch, for a chart.</summary>
    public IReadOnlyList<double> TrainAccuracy => [.. epochs.Select(epoch => (double)epoch.Train.Accuracy)];

    /// <summary>The validation loss of each epoch; NaN without a validation set.</summary>
    public IReadOnlyList<double> ValidationLoss => [.. epochs.Select(epoch => (double)(epoch.Validation?.Loss ?? float.NaN))];

    /// <summary>The validation accuracy of each epoch; NaN without a validation set.</summary>
    public IReadOnlyList<double> ValidationAccuracy => [.. epochs.Select(epoch => (double)(epoch.Validation?.Accuracy ?? float.NaN))];

    /// <summary>One line for each epoch.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (TrainingEpoch epoch in epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}: loss {epoch.Train.Loss:0.0000}");
            Append(text, epoch.Train.Accuracy);
            if (epoch.Validation is { } validation)
            {
                text.Append(CultureInfo.InvariantCulture, $"; validation loss {validation.Loss:0.0000}");
                Append(text, validation.Accuracy);
            }

            text.Append('\n');
        }

        text.Append(StopReason switch
        {
            StopReason.None => "",
            StopReason.EarlyStopping => "stopped early: the validation did not get better any more\n",
            StopReason.Cancelled => "stopped before the end: cancelled\n",
            _ => "stopped before the end\n",
        });
        if (RestoredEpoch is { } restored)
        {
            text.Append(CultureInfo.InvariantCulture, $"the weights are those of epoch {restored}, the best");
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>The same lines, for a notebook.</summary>
    public string ToHtml() => $"<pre class=\"courselib-history\">{Html.Escape(ToString())}</pre>";

    internal void Add(float stepLoss) => stepLosses.Add(stepLoss);

    internal void Add(TrainingEpoch epoch) => epochs.Add(epoch);

    private static void Append(StringBuilder text, float accuracy)
    {
        if (!float.IsNaN(accuracy))
        {
            text.Append(CultureInfo.InvariantCulture, $", accuracy {accuracy:0.0000}");
        }
    }
}
