using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>
/// L-BFGS (limited memory Broyden–Fletcher–Goldfarb–Shanno; lecture cnn, "Градиентный спуск"; Liu and Nocedal 1989): p = -H g with the approximate inverse Hessian of <see cref="LbfgsMemory"/>. With as many pairs as
/// steps it is BFGS.
/// </summary>
/// <remarks><see cref="LBFGS"/> is the same for tensors.</remarks>
/// <param name="history">m, the pairs of updates that are kept.</param>
/// <param name="lineSearch"><see cref="StrongWolfe"/> when null, whose curvature condition the update needs.</param>
public sealed class LimitedMemoryBfgs(int history = 10, LineSearch? lineSearch = null) : DescentMethod(lineSearch ?? new StrongWolfe())
{
    private readonly int history = history > 0 ? history : throw new ArgumentOutOfRangeException(nameof(history), history, FormattableString.Invariant($"LimitedMemoryBfgs: expected a history of at least 1, got {history}."));

    internal override DirectionRule NewRule(int dimension) => new Rule(new LbfgsMemory(dimension, history));

    private sealed class Rule(LbfgsMemory memory) : DirectionRule
    {
        internal override void Find(IObjective objective, double[] x, double[] gradient, double[] direction)
        {
            double[] found = memory.Multiply(gradient);
            if (!(Vectors.Dot(found, gradient) > 0))
            {
                memory.Clear();
                found = gradient;
            }

            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] = -found[i];
            }
        }

        internal override void Learn(double[] step, double[] change) => memory.Add(step, change);

        internal override bool Forget()
        {
            bool remembered = memory.Count > 0;
            memory.Clear();
            return remembered;
        }

        // The first direction has no scale of its own; torch tries min(1, 1 / |g|_1).
        internal override double InitialStep(double[] gradient, double slope, double lastFall) => memory.Count > 0 ? 1 : Math.Min(1, 1 / gradient.Sum(Math.Abs));
    }
}
