using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>How good predictions are, as numbers for people (the loss is for the optimizer).</summary>
public static class Metrics
{
    /// <summary>The share of examples whose largest output is at the right class (доля правильных ответов).</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, or a class is none.</exception>
    public static float Accuracy(Tensor output, Tensor target) => (float)CountRight(output, target) / output.Shape[0];

    /// <summary>How many examples have their largest output at the right class; one with a NaN among its outputs is wrong.</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B], or probabilities [B, C], whose largest is then the right class.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, or a class is none.</exception>
    public static int CountRight(Tensor output, Tensor target)
    {
        RequireClasses("Accuracy", output, target);
        int right = 0;
        for (int i = 0; i < output.Shape[0]; i++)
        {
            right += Predicted(output, i) == True("Accuracy", output, target, i) ? 1 : 0;
        }

        return right;
    }

    /// <summary>Counts [C, C] of examples by true class (row) and predicted class (column) (матрица ошибок).</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B], or probabilities [B, C], whose largest is then the true class.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, or a class is none.</exception>
    public static Tensor ConfusionMatrix(Tensor output, Tensor target)
    {
        RequireClasses("ConfusionMatrix", output, target);
        int classes = output.Shape[1];
        Tensor counts = Tensor.Zeros(classes, classes);
        for (int i = 0; i < output.Shape[0]; i++)
        {
            int predicted = Predicted(output, i);
            if (predicted < 0)
            {
                throw new ArgumentException($"ConfusionMatrix: output {i} has a NaN and predicts no class.", nameof(output));
            }

            counts[True("ConfusionMatrix", output, target, i), predicted]++;
        }

        return counts;
    }

    /// <summary>The class with the largest output; -1, which is no class, when an output is NaN.</summary>
    private static int Predicted(Tensor output, int row)
    {
        ReadOnlySpan<float> scores = Row(output, row);
        int best = Reductions.ArgMax(scores);
        return float.IsNaN(scores[best]) ? -1 : best;
    }

    private static int True(string operation, Tensor output, Tensor target, int row)
    {
        if (target.Rank == 2)
        {
            return Reductions.ArgMax(Row(target, row));
        }

        float index = target.Span[row];
        return index >= 0 && index < output.Shape[1] && index == MathF.Floor(index)
            ? (int)index
            : throw new ArgumentException(FormattableString.Invariant($"{operation}: target {row} is {index}; expected a class, a whole number from 0 to {output.Shape[1] - 1}."), nameof(target));
    }

    private static ReadOnlySpan<float> Row(Tensor matrix, int row) => matrix.Span.Slice(row * matrix.Shape[1], matrix.Shape[1]);

    private static void RequireClasses(string operation, Tensor output, Tensor target)
    {
        if (output.Rank != 2 || output.Length == 0 || !(target.Shape == output.Shape || (target.Rank == 1 && target.Length == output.Shape[0])))
        {
            throw new ArgumentException($"{operation}: expected outputs (batch, classes) and targets (batch,) of at least one example, got {output.Shape} and {target.Shape}.", nameof(target));
        }
    }
}
