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
    public static int CountRight(Tensor output, Tensor target) => CountRight(output, target, null, out _);

    /// <summary>How many of the examples that count have their largest output at the right class.</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B], or probabilities [B, C], whose largest is then the right class.</param>
    /// <param name="ignoreIndex">The class index of an example that does not count, as of <see cref="Losses.CrossEntropyLoss"/>; null: all do.</param>
    /// <param name="counted">How many examples count.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, or a class is none.</exception>
    public static int CountRight(Tensor output, Tensor target, int? ignoreIndex, out int counted)
    {
        RequireClasses("Accuracy", output, target);
        int right = 0;
        counted = 0;
        for (int i = 0; i < output.Shape[0]; i++)
        {
            if (target.Rank == 1 && target.Span[i] == ignoreIndex)
            {
                continue;
            }

            counted++;
            right += Predicted(output, i) == True("Accuracy", output, target, i) ? 1 : 0;
        }

        return right;
    }

    /// <summary>Counts [C, C] of examples by true class (row) and predicted class (column) (матрица ошибок).</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B], or probabilities [B, C], whose largest is then the true class.</param>
    /// <param name="names">What the classes are called, for the table; their indices when null.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, or a class is none.</exception>
    public static ConfusionMatrix ConfusionMatrix(Tensor output, Tensor target, IReadOnlyList<string>? names = null)
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

        return new ConfusionMatrix(counts, names);
    }

    /// <summary>The share of examples whose right class is among the k largest outputs (top-k accuracy; the tables of lecture cnn give top-1 errors, 1 minus it at k = 1). At equal outputs the lower index comes first; one with a NaN is wrong.</summary>
    /// <param name="output">Scores or logits [B, C].</param>
    /// <param name="target">Class indices [B], or probabilities [B, C], whose largest is then the right class.</param>
    /// <param name="k">From 1 to C.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there is no example, a class is none, or k is out of its range.</exception>
    public static float TopKAccuracy(Tensor output, Tensor target, int k)
    {
        RequireClasses("TopKAccuracy", output, target);
        RequireK("TopKAccuracy", k, output.Shape[1]);
        int right = 0;
        for (int i = 0; i < output.Shape[0]; i++)
        {
            int wanted = True("TopKAccuracy", output, target, i);
            right += Predicted(output, i) >= 0 && Largest(Row(output, i), k).Contains(wanted) ? 1 : 0;
        }

        return (float)right / output.Shape[0];
    }

    /// <summary>Of the k items with the largest scores, the share that are relevant, averaged over the rows (precision@k): how good the beginning of a ranked list is, such as the nearest neighbours in an embedding (lecture init, "Задачи и функции потерь": metric tasks).</summary>
    /// <param name="scores">One row of scores for each query [B, N].</param>
    /// <param name="relevant">1 for a relevant item, 0 for another [B, N].</param>
    /// <param name="k">From 1 to N.</param>
    /// <exception cref="ArgumentException">The shapes differ, there is nothing, a score is NaN, a relevance is neither 0 nor 1, or k is out of its range.</exception>
    public static float PrecisionAtK(Tensor scores, Tensor relevant, int k)
    {
        if (scores.Rank != 2 || scores.Length == 0 || scores.Shape != relevant.Shape)
        {
            throw new ArgumentException($"PrecisionAtK: expected scores and relevances of one shape (queries, items), got {scores.Shape} and {relevant.Shape}.", nameof(relevant));
        }

        RequireK("PrecisionAtK", k, scores.Shape[1]);
        double sum = 0;
        for (int i = 0; i < scores.Shape[0]; i++)
        {
            ReadOnlySpan<float> marks = Row(relevant, i);
            if (marks.IndexOfAnyExcept(0, 1) is int odd and >= 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"PrecisionAtK: relevance {odd} of row {i} is {marks[odd]}; expected 0 or 1."), nameof(relevant));
            }

            if (Predicted(scores, i) < 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"PrecisionAtK: row {i} has a score that is NaN and ranks nowhere."), nameof(scores));
            }

            foreach (int item in Largest(Row(scores, i), k))
            {
                sum += marks[item];
            }
        }

        return (float)(sum / ((double)k * scores.Shape[0]));
    }

    /// <summary>How often a point's nearest neighbour among the other points is of its class: precision@1 of a search by distance, the measure of an embedding (lecture init, "Задачи и функции потерь": metric tasks).</summary>
    /// <param name="points">[N, d]; the distance is the Euclidean one.</param>
    /// <param name="labels">Class indices [N].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, there are less than two points, or a coordinate is NaN.</exception>
    public static float NearestNeighbourPrecision(Tensor points, Tensor labels)
    {
        if (points.Rank != 2 || points.Shape[0] < 2 || labels.Rank != 1 || labels.Length != points.Shape[0])
        {
            throw new ArgumentException($"NearestNeighbourPrecision: expected at least two points (N, d) and N labels, got {points.Shape} and {labels.Shape}.", nameof(points));
        }

        // |a - b|^2 is least where 2 ab - |b|^2 is greatest.
        using Autograd.NoGrad off = new();
        Tensor scores = (points.MatMul(points.Transpose()) * 2) - points.Square().Sum(1, keepDim: true).Transpose();
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            scores[i, i] = float.NegativeInfinity;
            int nearest = Predicted(scores, i);
            right += nearest >= 0
                ? labels[nearest] == labels[i] ? 1 : 0
                : throw new ArgumentException(FormattableString.Invariant($"NearestNeighbourPrecision: point {i} is as far from every point as NaN; expected finite coordinates."), nameof(points));
        }

        return (float)right / labels.Length;
    }

    /// <summary>The positions of the k largest numbers, the largest first, at equal ones the lower position.</summary>
    private static int[] Largest(ReadOnlySpan<float> scores, int k)
    {
        float[] copy = scores.ToArray();
        return [.. Enumerable.Range(0, copy.Length).OrderByDescending(i => copy[i]).Take(k)];
    }

    private static void RequireK(string operation, int k, int most)
    {
        if (k < 1 || k > most)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, FormattableString.Invariant($"{operation}: expected k from 1 to {most}."));
        }
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
