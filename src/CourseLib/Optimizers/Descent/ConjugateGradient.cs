using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>How much of the old direction a new one keeps.</summary>
public enum ConjugateGradientFormula
{
    /// <summary>beta = |g_(k+1)|² / |g_k|² (Fletcher and Reeves 1964).</summary>
    FletcherReeves,

    /// <summary>beta = max(0, g_(k+1)·(g_(k+1) - g_k) / |g_k|²) (Polak and Ribière 1969, with Powell's maximum): starts anew where little was gained.</summary>
    PolakRibierePlus,
}

/// <summary>
/// Nonlinear conjugate gradients (метод сопряжённых градиентов; lecture cnn, "Градиентный спуск"; Nocedal and Wright, algorithm 5.4): p_(k+1) = -g_(k+1) + beta p_k. On a quadratic with exact steps both
/// formulas are the linear method of <see cref="LinearConjugateGradient"/> and end after n steps. Starts anew from -g after every n steps, or when a direction does not lead down.
/// </summary>
/// <param name="formula">How much of the old direction a new one keeps.</param>
/// <param name="lineSearch"><see cref="StrongWolfe"/> with the book's c2 0.1 when null: with c2 below 1/2 every direction of Fletcher and Reeves leads down.</param>
public sealed class ConjugateGradient(ConjugateGradientFormula formula = ConjugateGradientFormula.PolakRibierePlus, LineSearch? lineSearch = null)
    : DescentMethod(lineSearch ?? new StrongWolfe(c2: 0.1))
{
    internal override DirectionRule NewRule(int dimension) => new Rule(formula);

    private sealed class Rule(ConjugateGradientFormula formula) : DirectionRule
    {
        private double[] lastGradient = [];
        private double[] lastDirection = [];
        private int age;

        internal override void Find(IObjective objective, double[] x, double[] gradient, double[] direction)
        {
            double beta = lastGradient.Length > 0 && age < gradient.Length ? Beta(gradient) : 0;
            Set(gradient, direction, beta);
            if (beta != 0 && !(Vectors.Dot(gradient, direction) < 0))
            {
                Set(gradient, direction, beta = 0);
            }

            age = beta == 0 ? 1 : age + 1;
            (lastGradient, lastDirection) = ([.. gradient], [.. direction]);
        }

        internal override double InitialStep(double[] gradient, double slope, double lastFall) => FromLastFall(gradient, slope, lastFall);

        internal override bool Forget()
        {
            bool remembered = age > 1;
            lastGradient = [];
            return remembered;
        }

        private double Beta(double[] gradient)
        {
            double squares = Vectors.SquaredNorm(gradient);
            double last = Vectors.SquaredNorm(lastGradient);
            return formula == ConjugateGradientFormula.FletcherReeves ? squares / last : Math.Max(0, (squares - Vectors.Dot(gradient, lastGradient)) / last);
        }

        private void Set(double[] gradient, double[] direction, double beta)
        {
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] = -gradient[i] + (beta == 0 ? 0 : beta * lastDirection[i]);
            }
        }
    }
}
