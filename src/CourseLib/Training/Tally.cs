using CourseLib.Data;
using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Adds up losses and right answers over batches.</summary>
internal struct Tally
{
    private double sumOfLosses;
    private long right;
    private long count;

    internal readonly Evaluation Result => new((float)(sumOfLosses / count), right < 0 ? float.NaN : (float)((double)right / count));

    /// <summary>Whether right answers can be counted: the loss is one for classification.</summary>
    internal static bool CountsAnswers(Loss loss) => loss is CrossEntropyLoss;

    /// <summary>Adds a batch.</summary>
    /// <param name="loss">The loss function, which says whether <paramref name="value"/> is a mean or a sum.</param>
    /// <param name="value">Its value for the batch.</param>
    /// <param name="output">What the model said.</param>
    /// <param name="batch">What it was asked, and the truth.</param>
    internal void Add(Loss loss, float value, Tensor output, Batch batch)
    {
        sumOfLosses += loss.Reduction == Reduction.Sum ? value : (double)value * batch.Count;
        right = CountsAnswers(loss) ? right + Metrics.CountRight(output, batch.Targets) : -1;
        count += batch.Count;
    }
}
