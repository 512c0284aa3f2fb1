using CourseLib.Course.Grading;
using CourseLib.Kernels;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises.SgdConvergence;

/// <summary>sgd.batch: the smallest batch whose gradient is exact enough (lecture cnn, "Стохастический градиентный спуск").</summary>
internal static class SgdBatch
{
    public static Grader Grader { get; } = new Grader<Func<Tensor, double, int>>(
        "sgd.batch", "07-sgd-convergence", Level.Easy, "a batch that is exact enough", reference: (gradients, share) =>
        {
            int n = gradients.Shape[0];
            Tensor mean = gradients.Mean(0);
            double square = mean.Square().Sum().Item();
            double sigma2 = (gradients - mean).Square().Sum().Item() / n;
            // sigma2 / m (n - m) / (n - 1) <= share² square, solved for m
            return (int)Math.Ceiling(n * sigma2 / (sigma2 + ((n - 1) * share * share * square)));
        })
    {
        Cases =
        [
            new("forty examples", f => Ask(f, 40, 1, 0.9, 0.5, 0.3, 0.2, 0.1)),
            new("twelve examples", f => Ask(f, 12, 2, 1, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15)),
            new("three hundred examples", f => Ask(f, 300, 3, 0.5, 0.2, 0.1, 0.05)),
        ],
        Ideas =
        [
            new("independent draws", (gradients, share) => Independent(gradients, share),
                "Is your batch ever larger than the data? A batch of all examples has no error at all: which formula of section 2 knows that?"),
            new("the share is not squared", (gradients, share) => Smallest(gradients, Math.Sqrt(share)),
                "The variance is the square of an error. For a tenth of the error, how much smaller is it?"),
            new("rounded down", (gradients, share) => Smallest(gradients, share) - 1,
                "With one example less, is the error still small enough?"),
            new("the second moment in place of the variance", (gradients, share) => Smallest(gradients, share, second: true),
                "If all examples had the same gradient, one would do. What does your number say then?"),
            new("an absolute error", (gradients, share) => Smallest(gradients, share, absolute: true),
                "Measure all gradients in another unit, ten times as large. May the batch change?"),
            new("the deviation in place of the variance", (gradients, share) => Smallest(gradients, share, root: true),
                "By the rules of section 2, what is divided by m: the variance or its root?"),
        ],
        Alternatives =
        [
            (gradients, share) =>
            {
                (int n, double sigma2, double square) = Moments(gradients);
                int m = 1;
                while (sigma2 / m * (n - m) / (n - 1) > share * share * square)
                {
                    m++;
                }

                return m;
            },
        ],
        Hints =
        [
            "You need two numbers: the square of the full gradient's length, and the mean square of what an example's gradient differs from it by.",
            "The square of the error is the variance of a batch of different examples, sigma²/m (N - m)/(N - 1). Try m = 1, 2, 3 and so on, or solve for m and round up.",
        ],
    };

    private static object? Ask(Func<Tensor, double, int> answer, int count, ulong seed, params double[] shares)
    {
        Tensor gradients = Tensor.RandN([count, 3], new Generator(seed)) + Tensor.From([1.6f, -1f, 0.6f]);
        return shares.Select(share => (double)answer(gradients.Clone(), share)).ToArray();
    }

    private static (int Count, double Variance, double Square) Moments(Tensor gradients)
    {
        Tensor mean = gradients.Mean(0);
        return (gradients.Shape[0], (gradients - mean).Square().Sum().Item() / gradients.Shape[0], mean.Square().Sum().Item());
    }

    private static int Independent(Tensor gradients, double share)
    {
        (_, double sigma2, double square) = Moments(gradients);
        return (int)Math.Ceiling(sigma2 / (share * share * square));
    }

    private static int Smallest(Tensor gradients, double share, bool second = false, bool absolute = false, bool root = false)
    {
        (int n, double sigma2, double square) = Moments(gradients);
        double spread = second ? sigma2 + square : root ? Math.Sqrt(sigma2) : sigma2;
        return (int)Math.Ceiling(n * spread / (spread + ((n - 1) * share * share * (absolute ? 1 : square))));
    }
}
