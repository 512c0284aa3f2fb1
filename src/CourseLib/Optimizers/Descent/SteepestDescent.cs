namespace CourseLib.Optimizers.Descent;

/// <summary>The gradient descent (градиентный спуск), p = -grad f, with a line search in place of a learning rate (lecture cnn, "Градиентный спуск"; the slide's example direction lacks the minus).</summary>
/// <param name="lineSearch"><see cref="StrongWolfe"/> when null; <see cref="FixedStep"/> for a constant rate.</param>
public sealed class SteepestDescent(LineSearch? lineSearch = null) : DescentMethod(lineSearch ?? new StrongWolfe())
{
    internal override DirectionRule NewRule(int dimension) => new Rule();

    private sealed class Rule : DirectionRule
    {
        internal override void Find(IObjective objective, double[] x, double[] gradient, double[] direction)
        {
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] = -gradient[i];
            }
        }

        internal override double InitialStep(double[] gradient, double slope, double lastFall) => FromLastFall(gradient, slope, lastFall);
    }
}
