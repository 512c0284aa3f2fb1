using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>
/// The derivative of a network's one output by its inputs, given the local slopes between neighbouring levels: summed over all paths (сумма по путям), or carried
/// backward from level to level, with the multiplications that each takes (lecture lbd, "Обратное распространение ошибки (Backpropagation)").
/// </summary>
/// <param name="Gradient">d(output)/d(input), one for each input.</param>
/// <param name="Multiplications">How many multiplications of slopes it took, counted as they were done.</param>
public sealed record PathSum(double[] Gradient, long Multiplications)
{
    /// <summary>Walks every path from every input and multiplies the slopes along it: n^L (L - 1) multiplications for n neurons in each of L levels below the output.</summary>
    /// <param name="levels">For each level, inputs first, the slopes [to, from]; the last has one row.</param>
    /// <exception cref="ArgumentException">Neighbouring levels do not fit, or the last has not one row.</exception>
    public static PathSum ByPaths(IReadOnlyList<double[,]> levels)
    {
        Require(levels);
        double[] gradient = new double[levels[0].GetLength(1)];
        int[] path = new int[levels.Count + 1]; // the neuron at each level
        long count = 0;
        void Walk(int level)
        {
            if (level < levels.Count)
            {
                for (int to = 0; to < levels[level].GetLength(0); to++)
                {
                    path[level + 1] = to;
                    Walk(level + 1);
                }

                return;
            }

            double product = levels[0][path[1], path[0]];
            for (int k = 1; k < levels.Count; k++)
            {
                product *= levels[k][path[k + 1], path[k]];
                count++;
            }

            gradient[path[0]] += product;
        }

        for (int input = 0; input < gradient.Length; input++)
        {
            path[0] = input;
            Walk(0);
        }

        return new PathSum(gradient, count);
    }

    /// <summary>Carries the row d(output)/d(level) from the output to the inputs: n² (L - 1) multiplications.</summary>
    /// <inheritdoc cref="ByPaths(IReadOnlyList{double[,]})"/>
    public static PathSum Backward(IReadOnlyList<double[,]> levels)
    {
        Require(levels);
        double[] row = [.. levels[^1].Cast<double>()];
        long count = 0;
        for (int k = levels.Count - 2; k >= 0; k--)
        {
            double[,] level = levels[k];
            double[] below = new double[level.GetLength(1)];
            for (int to = 0; to < row.Length; to++)
            {
                for (int from = 0; from < below.Length; from++)
                {
                    below[from] += row[to] * level[to, from];
                    count++;
                }
            }

            row = below;
        }

        return new PathSum(row, count);
    }

    /// <summary>Slopes drawn from N(0, 1) for a network of <paramref name="depth"/> levels of <paramref name="width"/> neurons, the inputs among them, and one output.</summary>
    /// <param name="width">n, neurons in each level.</param>
    /// <param name="depth">L, levels below the output.</param>
    /// <param name="generator">Where the numbers come from.</param>
    public static IReadOnlyList<double[,]> RandomLevels(int width, int depth, Generator generator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentNullException.ThrowIfNull(generator);
        return [.. Enumerable.Range(1, depth).Select(level => Slopes(level == depth ? 1 : width, width, generator))];
    }

    private static double[,] Slopes(int rows, int columns, Generator generator)
    {
        double[,] slopes = new double[rows, columns];
        for (int i = 0; i < slopes.Length; i++)
        {
            slopes[i / columns, i % columns] = generator.NextNormal();
        }

        return slopes;
    }

    private static void Require(IReadOnlyList<double[,]> levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        bool fits = levels.Count > 0 && levels[^1].GetLength(0) == 1 && levels.Skip(1).Zip(levels, (above, below) => above.GetLength(1) == below.GetLength(0)).All(same => same);
        if (!fits)
        {
            throw new ArgumentException($"PathSum: expected levels [to, from] that fit each other, the last with one row; got [{string.Join(", ", levels.Select(level => $"({level.GetLength(0)}, {level.GetLength(1)})"))}]", nameof(levels));
        }
    }
}
