using CourseLib.Course.Grading;

namespace CourseLib.Course.Exercises.TrainingDynamics;

/// <summary>dynamics.branch: how strong the branch beside a skip connection may be (lecture intro, "Gradient vanish").</summary>
internal static class DynamicsBranch
{
    public static Grader Grader { get; } = new Grader<Func<int, double, double, double>>(
        "dynamics.branch", "10-training-dynamics", Level.Medium, "how strong the branch beside a skip may be", reference: (depth, chi, growth) =>
        {
            double perBlock = Math.Pow(growth, 2.0 / depth); // of the mean square, which is the norm's square
            return Math.Sqrt((perBlock - 1) / chi);          // perBlock = 1 + s² chi
        })
    {
        Cases =
        [
            new("40 ReLU blocks that double the norm", answer => answer(40, 1, 2)),
            new("three blocks, ten times the norm", answer => answer(3, 1, 10)),
            new("branches that weaken the gradient", answer => answer(10, 0.25, 5)),
            new("branches that strengthen it", answer => answer(20, 3, 1.5)),
        ],
        Ideas =
        [
            new("norm and mean square mixed up", (depth, chi, growth) => Math.Sqrt((Math.Pow(growth, 1.0 / depth) - 1) / chi), "The norm may grow by the given factor. By which factor may the mean square?"),
            new("the norms of the two terms add up", (depth, chi, growth) => (Math.Pow(growth, 1.0 / depth) - 1) / Math.Sqrt(chi), "Norms add up when two vectors point the same way. What is the mean of the product of two independent terms, if one of them has mean 0?"),
            new("s in place of s squared", (depth, chi, growth) => (Math.Pow(growth, 2.0 / depth) - 1) / chi, "The branch is multiplied by s. What happens to its mean square?"),
            new("one over the root of the depth", (depth, chi, growth) => 1 / Math.Sqrt(depth), "That is the notebook's choice, and it keeps the growth under a bound. Which growth does it lead to, and which one was asked for?"),
            new("the blocks' shares are added", (depth, chi, growth) => Math.Sqrt(((growth * growth) - 1) / (depth * chi)), "Each block multiplies what comes out of the block behind it. Is a product of many factors 1 + a the same as 1 + many times a?"),
            new("the branch's own factor is forgotten", (depth, chi, growth) => Math.Sqrt(Math.Pow(growth, 2.0 / depth) - 1), "It is right where the branch keeps the mean square. What if it takes three quarters of it away?"),
        ],
        Alternatives =
        [
            (depth, chi, growth) =>
            {
                double low = 0, high = 1000;
                while (high - low > 1e-12 * high)
                {
                    double s = (low + high) / 2;
                    double norm = Enumerable.Repeat(Math.Sqrt(1 + (s * s * chi)), depth).Aggregate(1.0, (product, factor) => product * factor);
                    (low, high) = norm < growth ? (s, high) : (low, s);
                }

                return low;
            },
            (depth, chi, growth) => Math.Sqrt(Math.Exp(2 * Math.Log(growth) / depth) - 1) / Math.Sqrt(chi),
        ],
        Hints = ["One block first: write the mean square of the sum of the two terms. The weights have mean 0; what is left of the product of the terms?", "A block multiplies the mean square by 1 + s² chi, so all of them by that to the power of the depth. Set it equal to the square of the growth, and solve for s."],
    };
}
