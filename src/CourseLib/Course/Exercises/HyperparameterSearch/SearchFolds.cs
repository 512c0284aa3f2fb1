using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.HyperparameterSearch;

/// <summary>search.folds: a cross-validation that is broken in three places (lecture cnn, "Практические замечания").</summary>
internal static class SearchFolds
{
    public static Grader Grader { get; } = new Grader<Func<int, int, Func<int[], int[], double>, double>>(
        "search.folds", "17-hyperparameter-search", Level.Medium, "repair the cross-validation", reference: (count, folds, error) =>
        {
            double sum = 0;
            for (int fold = 0; fold < folds; fold++)
            {
                int[] check = [.. Enumerable.Range(0, count).Where(i => i % folds == fold)];
                int[] learn = [.. Enumerable.Range(0, count).Where(i => i % folds != fold)];
                sum += check.Length * error(learn, check); // folds may differ in size
            }

            return sum / count;
        })
    {
        Cases =
        [
            new("10 examples, 5 folds: how often each is checked", f => Checked(f, 10, 5)),
            new("11 examples, 4 folds: how often each is checked", f => Checked(f, 11, 4)),
            new("12 examples, 3 folds: how many are learned from in all folds together, with and without those that are checked", f => Learned(f, 12, 3)),
            new("11 examples, 4 folds: how many are learned from", f => Learned(f, 11, 4)),
            new("11 examples, 4 folds: the mean error of an example", f => f(11, 4, (_, check) => check.Average(i => (double)i * i))),
        ],
        Ideas =
        [
            new("nothing mended", (count, folds, error) => Folds(count, folds, error, leaks: true, drops: true, Result.Smallest),
                "There are three mistakes. Print learn and check of each fold, for 11 examples and 4 folds."),
            new("learned and forgotten ones", (count, folds, error) => Folds(count, folds, error, leaks: true, drops: true, Result.Mean),
                "One of three. Print learn and check of each fold, for 11 examples and 4 folds: which numbers are in both, and which are never checked?"),
            new("a leak, and the best fold", (count, folds, error) => Folds(count, folds, error, leaks: true, drops: false, Result.Smallest),
                "One of three. Print learn and check: which numbers are in both? And whose error is returned?"),
            new("forgotten ones, and the best fold", (count, folds, error) => Folds(count, folds, error, leaks: false, drops: true, Result.Smallest),
                "One of three. Take 11 examples and 4 folds: which ones are never checked? And whose error is returned?"),
            new("checked on what it has learned", (count, folds, error) => Folds(count, folds, error, leaks: true, drops: false, Result.Mean),
                "A network that knows its pictures by heart would have error 0 here. Which examples may it learn from?"),
            new("some examples are never checked", (count, folds, error) => Folds(count, folds, error, leaks: false, drops: true, Result.Mean),
                "Take 11 examples and 4 folds, and print which numbers are in some check."),
            new("the best fold speaks for all", (count, folds, error) => Folds(count, folds, error, leaks: false, drops: false, Result.Smallest),
                "Of five noisy numbers the smallest is returned. Is it right on average?"),
            new("folds of different size count alike", (count, folds, error) => Folds(count, folds, error, leaks: false, drops: false, Result.MeanOfFolds),
                "With 11 examples in 4 folds one fold is smaller. How much should each of its examples count?"),
        ],
        Alternatives =
        [
            (count, folds, error) => Enumerable.Range(0, folds).Sum(fold =>
            {
                int from = fold * count / folds, to = (fold + 1) * count / folds;
                int[] all = [.. Enumerable.Range(0, count)];
                return (to - from) * error([.. all[..from], .. all[to..]], all[from..to]) / count;
            }),
        ],
        Hints =
        [
            "Let error be a method that prints its two arguments and returns 1. With 11 examples and 4 folds two of the three mistakes show.",
            "Each example should be in check exactly once and in learn in all other folds; the last line should give each example the same weight, whatever the size of its fold.",
        ],
    };

    private enum Result
    {
        Mean,
        MeanOfFolds,
        Smallest,
    }

    private static object? Checked(Func<int, int, Func<int[], int[], double>, double> answer, int count, int folds)
    {
        int[] times = new int[count];
        answer(count, folds, (_, check) =>
        {
            Array.ForEach(check, i => times[i]++);
            return 1;
        });
        return times;
    }

    private static object? Learned(Func<int, int, Func<int[], int[], double>, double> answer, int count, int folds)
    {
        (int all, int fresh) = (0, 0);
        answer(count, folds, (learn, check) =>
        {
            (all, fresh) = (all + learn.Length, fresh + learn.Except(check).Count());
            return 1;
        });
        return (all, fresh);
    }

    private static double Folds(int count, int folds, Func<int[], int[], double> error, bool leaks, bool drops, Result result)
    {
        int used = drops ? count / folds * folds : count;
        int[] all = [.. Enumerable.Range(0, count)];
        (int Size, double Error)[] each = [.. Enumerable.Range(0, folds).Select(fold =>
        {
            int[] check = [.. all.Where(i => drops ? i / (count / folds) == fold : i % folds == fold)];
            return (check.Length, error([.. all.Where(i => leaks || !check.Contains(i))], check));
        })];
        return result switch
        {
            Result.Smallest => each.Min(fold => fold.Error),
            Result.MeanOfFolds => each.Average(fold => fold.Error),
            _ => each.Sum(fold => fold.Size * fold.Error) / used,
        };
    }
}
