using CourseLib.Kernels;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace CourseLib.Optimizers.Descent;

/// <summary>What to do where the Hessian is not positive definite and -H^-1 g may lead up.</summary>
public enum IndefiniteHessian
{
    /// <summary>Add the multiple of the identity that makes it positive definite (Nocedal and Wright, algorithm 3.3).</summary>
    Shift,

    /// <summary>End with <see cref="InvalidOperationException"/>.</summary>
    Refuse,

    /// <summary>Take -H^-1 g as the slides have it, wherever it leads: with <see cref="FixedStep"/> uphill too, while a line search refuses it.</summary>
    Ignore,
}

/// <summary>
/// Newton's method (метод Ньютона; lectures cnn, "Градиентный спуск", and perc, "Методы высших порядков: метод Ньютона"): p = -H^-1 g with the Hessian at the current point, damped by Armijo's rule
/// f(x + alpha p) ≤ f(x) - c1 alpha g·H^-1 g. One step ends it on a quadratic; near a minimum the error is squared in each. For small problems: n² numbers and n³ operations a step.
/// </summary>
/// <param name="lineSearch"><see cref="ArmijoBacktracking"/> when null, the lecture's; <see cref="FixedStep"/> at 1 for the undamped method.</param>
/// <param name="hessian">The second derivatives at a point; when null those of an <see cref="ITwiceDifferentiable"/>, else <see cref="NumericHessian"/>.</param>
/// <param name="indefinite">What to do where the Hessian is not positive definite, of which the slides say nothing.</param>
public sealed class Newton(LineSearch? lineSearch = null, Func<double[], double[,]>? hessian = null, IndefiniteHessian indefinite = IndefiniteHessian.Shift)
    : DescentMethod(lineSearch ?? new ArmijoBacktracking())
{
    /// <summary>-(H + shift I)^-1 g with the first shift of 0, b, 2b, 4b, … that makes the matrix positive definite, b being a thousandth of its norm or what its diagonal asks for.</summary>
    /// <param name="hessian">H, symmetric.</param>
    /// <param name="gradient">g.</param>
    /// <param name="shift">The multiple of the identity that was added; 0 where H is positive definite.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, or something is not finite.</exception>
    public static double[] Direction(double[,] hessian, double[] gradient, out double shift)
    {
        Matrix<double> matrix = Check(hessian, gradient);
        double beta = Math.Max(1e-3 * matrix.FrobeniusNorm(), 1e-300);
        double least = matrix.Diagonal().Minimum();
        shift = least > 0 ? 0 : beta - least;
        Cholesky<double>? factor;
        while ((factor = Factor(matrix, shift)) is null)
        {
            shift = Math.Max(2 * shift, beta);
        }

        return Solve(factor, gradient);
    }

    internal override DirectionRule NewRule(int dimension) => new Rule(hessian, indefinite);

    private static Matrix<double> Check(double[,] hessian, double[] gradient)
    {
        ArgumentNullException.ThrowIfNull(hessian);
        ArgumentNullException.ThrowIfNull(gradient);
        Requires.Length(nameof(Newton), nameof(hessian), hessian.Length, (long)gradient.Length * gradient.Length, "n x n");
        Requires.Length(nameof(Newton), nameof(hessian), hessian.GetLength(0), gradient.Length, "as many rows as the gradient has numbers");
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(hessian);
        return double.IsFinite(matrix.FrobeniusNorm() + Vectors.SquaredNorm(gradient))
            ? matrix
            : throw new ArgumentException("Newton: expected a finite Hessian and gradient.", nameof(hessian));
    }

    private static Cholesky<double>? Factor(Matrix<double> matrix, double shift)
    {
        try
        {
            return (shift == 0 ? matrix : matrix + (shift * Matrix<double>.Build.DenseIdentity(matrix.RowCount))).Cholesky();
        }
        catch (ArgumentException)
        {
            return null; // MathNet's way to say: not positive definite
        }
    }

    private static double[] Solve(ISolver<double> factor, double[] gradient) => (-factor.Solve(Vector<double>.Build.DenseOfArray(gradient))).ToArray();

    private sealed class Rule(Func<double[], double[,]>? hessian, IndefiniteHessian indefinite) : DirectionRule
    {
        internal override void Find(IObjective objective, double[] x, double[] gradient, double[] direction)
        {
            double[,] matrix = hessian?.Invoke([.. x]) ?? (objective as ITwiceDifferentiable)?.Hessian(x) ?? NumericHessian.Of(objective, x);
            double shift = 0;
            double[] found = indefinite == IndefiniteHessian.Ignore
                ? Solve(Check(matrix, gradient).LU(), gradient)
                : Direction(matrix, gradient, out shift);
            if (indefinite == IndefiniteHessian.Refuse && shift != 0)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"Newton: expected a positive definite Hessian; this one needs {shift:g3} added to its diagonal. IndefiniteHessian.Shift does so."));
            }

            found.CopyTo(direction, 0);
        }

        // The step with which the quadratic model ends.
        internal override double InitialStep(double[] gradient, double slope, double lastFall) => 1;
    }
}
