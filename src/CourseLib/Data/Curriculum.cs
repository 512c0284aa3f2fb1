using CourseLib.Tensors;

namespace CourseLib.Data;

/// <summary>
/// Curriculum learning (обучение от простого к сложному): training begins with the easy examples and ends with all (lecture cnn, "Super-Convergence и amsgrad"; Bengio et al. 2009).
/// </summary>
public static class Curriculum
{
    /// <summary>Growing parts of a data set, the easiest examples first; the last part is the whole set, in the order of difficulty.</summary>
    /// <param name="data">The data.</param>
    /// <param name="difficulty">How hard each example is, for example its loss under a simpler model [N].</param>
    /// <param name="stages">How many parts, at least 1; part i of n holds the share i / n.</param>
    /// <exception cref="ArgumentException">There is not one difficulty for each example, or there are more stages than examples.</exception>
    public static IReadOnlyList<Dataset> Stages(Dataset data, Tensor difficulty, int stages)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (difficulty.Rank != 1 || difficulty.Length != data.Count)
        {
            throw new ArgumentException($"Curriculum.Stages: expected a difficulty for each of {data.Count} examples, got shape {difficulty.Shape}.", nameof(difficulty));
        }

        if (stages < 1 || stages > data.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(stages), stages, $"Curriculum.Stages: expected 1 to {data.Count} stages.");
        }

        int[] order = [.. Enumerable.Range(0, data.Count).OrderBy(i => difficulty[i])];
        return [.. Enumerable.Range(1, stages).Select(stage => data.Subset(order.AsSpan(0, (int)((long)data.Count * stage / stages))))];
    }
}
