using CourseLib.Kernels;

namespace CourseLib.Analysis;

/// <summary>One setting that a search tried.</summary>
/// <param name="Values">A value for each axis.</param>
/// <param name="Score">What it gave on the validation set; lower is better.</param>
public sealed record SearchTrial(IReadOnlyList<double> Values, double Score);

/// <summary>
/// Tries settings of hyperparameters, by a grid (поиск по сетке) or at random (случайный поиск; lecture cnn, "Практические замечания"; Bergstra and Bengio 2012). With the same number of
/// trials a grid of k per axis sees k values of each hyperparameter, a random search sees a new one in every trial: where only some of them matter, that is more.
/// </summary>
public static class HyperparameterSearch
{
    /// <summary>Tries every combination of <paramref name="perAxis"/> values of each axis, its ends included.</summary>
    /// <param name="axes">What is searched.</param>
    /// <param name="perAxis">Values of each axis, at least 2; the number of trials is this to the power of the number of axes.</param>
    /// <param name="score">Trains with a setting and returns its validation loss.</param>
    /// <returns>All trials in the grid's order, the last axis fastest.</returns>
    /// <exception cref="ArgumentException">There is no axis, or fewer than two values.</exception>
    public static IReadOnlyList<SearchTrial> Grid(IReadOnlyList<SearchAxis> axes, int perAxis, Func<IReadOnlyList<double>, double> score)
    {
        Check(axes, score);
        ArgumentOutOfRangeException.ThrowIfLessThan(perAxis, 2);
        int count = 1;
        for (int i = 0; i < axes.Count; i++)
        {
            count = checked(count * perAxis);
        }

        SearchTrial[] trials = new SearchTrial[count];
        for (int trial = 0; trial < count; trial++)
        {
            double[] values = new double[axes.Count];
            for (int axis = axes.Count - 1, rest = trial; axis >= 0; axis--, rest /= perAxis)
            {
                values[axis] = axes[axis].At((double)(rest % perAxis) / (perAxis - 1));
            }

            trials[trial] = new(values, score(values));
        }

        return trials;
    }

    /// <summary>Tries settings drawn uniformly on each axis' scale.</summary>
    /// <param name="axes">What is searched.</param>
    /// <param name="trials">How many settings.</param>
    /// <param name="score">Trains with a setting and returns its validation loss.</param>
    /// <param name="generator">Where the randomness comes from; <see cref="Generator.Default"/> when null.</param>
    /// <returns>The trials in the order in which they were drawn.</returns>
    /// <exception cref="ArgumentException">There is no axis or no trial.</exception>
    public static IReadOnlyList<SearchTrial> Random(IReadOnlyList<SearchAxis> axes, int trials, Func<IReadOnlyList<double>, double> score, Generator? generator = null)
    {
        Check(axes, score);
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        generator ??= Generator.Default;
        SearchTrial[] tried = new SearchTrial[trials];
        for (int trial = 0; trial < trials; trial++)
        {
            double[] values = [.. axes.Select(axis => axis.At(generator.NextSingle()))];
            tried[trial] = new(values, score(values));
        }

        return tried;
    }

    /// <summary>The trial with the lowest score; one that is not a number is worse than all.</summary>
    /// <exception cref="ArgumentException">There are no trials, or none has a score that is a number.</exception>
    public static SearchTrial Best(IReadOnlyList<SearchTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return trials.Where(trial => !double.IsNaN(trial.Score)).MinBy(trial => trial.Score)
            ?? throw new ArgumentException($"HyperparameterSearch.Best: none of {trials.Count} trials has a score.", nameof(trials));
    }

    private static void Check(IReadOnlyList<SearchAxis> axes, Func<IReadOnlyList<double>, double> score)
    {
        ArgumentNullException.ThrowIfNull(axes);
        ArgumentNullException.ThrowIfNull(score);
        if (axes.Count == 0)
        {
            throw new ArgumentException("HyperparameterSearch: expected at least one axis.", nameof(axes));
        }
    }
}
