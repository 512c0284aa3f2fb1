using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Training;

/// <summary>How good predictions are, as numbers for people (the loss is for the optimizer).</summary>
public static class Metrics
{
    /// <summary>The share of examples whose largest output is at the right class (доля правильных ответов).</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B].</param>
    public static float Accuracy(Tensor output, Tensor target) => (float)CountRight(output, target) / output.Shape[0];

    /// <summary>How many examples have their largest output at the right class.</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B], or probabilities [B, C], whose largest is then the right class.</param>
    public static int CountRight(Tensor output, Tensor target)
    {
        if (output.Rank != 2 || target.Rank is 0 or > 2 || target.Shape[0] != output.Shape[0] || (target.Rank == 2 && target.Shape != output.Shape))
        {
            throw new ArgumentException($"Accuracy: expected outputs (batch, classes) and targets (batch,), got {output.Shape} and {target.Shape}.", nameof(target));
        }

        int classes = output.Shape[1];
        int right = 0;
        for (int i = 0; i < output.Shape[0]; i++)
        {
            int answer = target.Rank == 1 ? (int)target.Span[i] : Reductions.ArgMax(target.Span.Slice(i * classes, classes));
            right += Reductions.ArgMax(output.Span.Slice(i * classes, classes)) == answer ? 1 : 0;
        }

        return right;
    }

    /// <summary>Counts [C, C] of examples by true class (row) and predicted class (column) (матрица ошибок).</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B].</param>
    public static Tensor ConfusionMatrix(Tensor output, Tensor target)
    {
        int classes = output.Shape[1];
        Tensor counts = Tensor.Zeros(classes, classes);
        for (int i = 0; i < output.Shape[0]; i++)
        {
            counts[(int)target.Span[i], Reductions.ArgMax(output.Span.Slice(i * classes, classes))]++;
        }

        return counts;
    }
}
