using CourseLib.Data;
using CourseLib.Losses;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>Adds up losses and right answers over batches.</summary>
internal struct Tally
{
    private double sumOfLosses;
    private long right;
    private long answers;
    private long count;

    internal readonly Evaluation Result => new((float)(count == 0 ? 0 : sumOfLosses / count), right < 0 || answers == 0 ? float.NaN : (float)((double)right / answers));

    /// <summary>Whether right answers can be counted: the loss is one for classification.</summary>
    internal static bool CountsAnswers(Loss loss) => loss is CrossEntropyLoss;

    /// <summary>Adds a batch.</summary>
    /// <param name="loss">The loss function, which says whether <paramref name="value"/> is a mean or a sum.</param>
    /// <param name="value">Its value for the batch.</param>
    /// <param name="output">What the model said.</param>
    /// <param name="batch">What it was asked, and the truth.</param>
    internal void Add(Loss loss, float value, Tensor output, Batch batch)
    {
        int counted = batch.Count; // a mean is one over those that the loss does not ignore
        right = loss is CrossEntropyLoss classes ? right + Metrics.CountRight(output, batch.Targets, classes.IgnoreIndex, out counted) : -1;
        answers += right < 0 ? 0 : counted;
        sumOfLosses += loss.Reduction == Reduction.Sum ? value : (double)value * counted;
        count += counted;
    }
}
