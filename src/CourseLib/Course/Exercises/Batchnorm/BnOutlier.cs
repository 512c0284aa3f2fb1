using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.Batchnorm;

/// <summary>bn.outlier: how far from zero a normalised example can lie (lecture perc, "Batchnorm").</summary>
internal static class BnOutlier
{
    public static Grader Grader { get; } = new Grader<Func<int, double>>(
        "bn.outlier", "12-batchnorm", Level.Medium, "the farthest that an example can lie", reference: m =>
        {
            double largest = 0;
            for (double size = 1; size <= 1e5; size *= 10)
            {
                Tensor x = Tensor.RandN([m], new Generator(1));
                x[0] = (float)size; // one example far away from all others
                Tensor centred = x - x.Mean();
                Tensor normalised = centred / centred.Square().Mean().Sqrt();
                largest = Math.Max(largest, normalised[0]);
            }

            return largest;
        })
    {
        Cases =
        [
            new("a batch of 16", answer => answer(16), tolerance: 0.005),
            new("a batch of 4", answer => answer(4), tolerance: 0.005),
            new("a batch of 100", answer => answer(100), tolerance: 0.002),
        ],
        Ideas =
        [
            new("three standard deviations, whatever the batch", _ => 3, "That is rare for normal numbers, and no bound. Move one example far away from the others and look."),
            new("the outlier does not move the mean", m => Math.Sqrt(m), "When one example is moved by R, where does the mean of the batch go?"),
            new("the outlier does not widen the batch", m => m - 1, "The outlier is in the variance, too. What is the standard deviation when all others are equal?"),
            new("the unbiased variance", m => (m - 1) / Math.Sqrt(m), "By what does BatchNorm divide the sum of squares when it normalises?"),
            new("an ordinary batch", m => Ordinary(m), "This is the farthest of m random numbers. Which batch has an example that is farther away?"),
        ],
        Alternatives = [m => Math.Sqrt(m - 1)],
        Hints =
        [
            "Which batch is the worst? One example against all others: move it farther and farther, normalise, and watch its number.",
            "It stops growing, since the outlier pulls the standard deviation along. For the limit let all others be 0: the mean is R/m; what is the variance?",
        ],
    };

    private static double Ordinary(int m)
    {
        Tensor x = Tensor.RandN([m], new Generator(1)), centred = x - x.Mean();
        return (centred / centred.Square().Mean().Sqrt()).ToArray().Max(number => Math.Abs(number));
    }
}
