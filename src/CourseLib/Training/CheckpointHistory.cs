using CourseLib.Interchange;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>A learning curve as tensors: <c>steps</c> holds the step losses, <c>epochs</c> a row for each epoch. Learning rates, which are double, are among the texts.</summary>
internal static class CheckpointHistory
{
    private const int Columns = 5;

    internal static IReadOnlyDictionary<string, Tensor> Encode(History history)
    {
        IEnumerable<float> rows = history.Epochs.SelectMany(epoch => (float[])
        [
            epoch.Train.Loss, epoch.Train.Accuracy, epoch.Validation is null ? 0 : 1, epoch.Validation?.Loss ?? 0, epoch.Validation?.Accuracy ?? 0,
        ]);
        return new Dictionary<string, Tensor>
        {
            ["steps"] = Tensor.From([.. history.StepLosses]),
            ["epochs"] = Tensor.From([.. rows], history.Epochs.Count, Columns),
        };
    }

    internal static History Decode(IReadOnlyDictionary<string, Tensor> tensors, CheckpointTexts texts)
    {
        double[] rates = texts.LearningRates;
        if (!tensors.TryGetValue("steps", out Tensor steps) || steps.Rank != 1 || !tensors.TryGetValue("epochs", out Tensor epochs) || epochs.Shape != new Shape(rates.Length, Columns))
        {
            throw new InterchangeException(FormattableString.Invariant($"{texts.Path}: history: expected 'history.steps' with one axis and 'history.epochs' of shape ({rates.Length}, {Columns}), a row for each of learning_rates."));
        }

        History history = new(steps.Length);
        foreach (float loss in steps.Span)
        {
            history.Add(loss);
        }

        for (int i = 0; i < rates.Length; i++)
        {
            ReadOnlySpan<float> row = epochs.Span.Slice(i * Columns, Columns);
            history.Add(new TrainingEpoch(i + 1, new Evaluation(row[0], row[1]), row[2] != 0 ? new Evaluation(row[3], row[4]) : null, rates[i]));
        }

        return history;
    }
}
