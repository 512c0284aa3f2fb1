using CourseLib.Course.Grading;
using CourseLib.Kernels;

namespace CourseLib.Course.Exercises.HyperparameterSearch;

/// <summary>search.optimism: how much too good the validation error of a search's winner is (lecture cnn, "Практические замечания").</summary>
internal static class SearchOptimism
{
    public static Grader Grader { get; } = new Grader<Func<int, int, double, double>>(
        "search.optimism", "17-hyperparameter-search", Level.Hard, "the winner's luck", reference: (settings, pictures, error) =>
        {
            Generator generator = new(1);
            double sum = 0;
            for (int search = 0; search < 4000; search++)
            {
                int fewest = pictures;
                for (int setting = 0; setting < settings; setting++)
                {
                    int wrong = 0;
                    for (int picture = 0; picture < pictures; picture++)
                    {
                        wrong += generator.NextSingle() < error ? 1 : 0;
                    }

                    fewest = Math.Min(fewest, wrong);
                }

                sum += error - ((double)fewest / pictures); // true error minus the winner's
            }

            return sum / 4000;
        })
    {
        Cases =
        [
            new("5 settings, 50 pictures, 30% wrong", f => f(5, 50, 0.3), tolerance: 0.05),
            new("20 settings, 100 pictures, 20% wrong", f => f(20, 100, 0.2), tolerance: 0.05),
            new("20 settings, 10 pictures, 20% wrong", f => f(20, 10, 0.2), tolerance: 0.05),
        ],
        Ideas =
        [
            new("no error on average", (settings, pictures, error) => 0,
                "Each setting's validation error is right on average. Is the smallest of them?"),
            new("the standard error of one setting", (settings, pictures, error) => One(pictures, error),
                "So far is one setting off. The winner is the luckiest of several: does your number know how many there were?"),
            new("two standard errors, however many settings", (settings, pictures, error) => 2 * One(pictures, error),
                "Does your number know how many settings were tried? Measure 2 and 200."),
            new("the standard error times the root of the settings", (settings, pictures, error) => One(pictures, error) * Math.Sqrt(settings),
                "Sums of independent numbers spread like that. This is the smallest of them."),
            new("the bound for the extreme of normal numbers", (settings, pictures, error) => One(pictures, error) * Math.Sqrt(2 * Math.Log(settings)),
                "A bound from above, near for thousands of settings. Measure it for these."),
            new("the variance of one setting", (settings, pictures, error) => One(pictures, error) * One(pictures, error),
                "Ten pictures: by how many does a setting that is wrong in 20% differ from 2, typically?"),
            new("the sign", (settings, pictures, error) => -Exact(settings, pictures, error),
                "Is the winner's validation error above or below the truth? Hand in by how much it is too good."),
        ],
        Alternatives =
        [
            (settings, pictures, error) =>
            {
                double chance = Math.Pow(1 - error, pictures), below = 0, smallest = 0;
                for (int wrong = 1; wrong <= pictures; wrong++)
                {
                    below += chance; // fewer than `wrong` mistakes
                    smallest += Math.Pow(1 - below, settings) / pictures;
                    chance *= (pictures - wrong + 1) * error / (wrong * (1 - error));
                }

                return error - smallest;
            },
        ],
        Hints =
        [
            "Simulate a search: for each setting count how many of the pictures are wrong (each with probability error), take the smallest share, compare it with error.",
            "One search is noise: take the mean of several thousand. Every picture of every setting needs its own random number.",
        ],
    };

    private static double One(int pictures, double error) => Math.Sqrt(error * (1 - error) / pictures);

    private static double Exact(int settings, int pictures, double error)
    {
        double chance = Math.Pow(1 - error, pictures), below = 0, smallest = 0;
        for (int wrong = 1; wrong <= pictures; wrong++)
        {
            below += chance;
            smallest += Math.Pow(1 - Math.Min(below, 1), settings) / pictures;
            chance *= (pictures - wrong + 1) * error / (wrong * (1 - error));
        }

        return error - smallest;
    }
}
