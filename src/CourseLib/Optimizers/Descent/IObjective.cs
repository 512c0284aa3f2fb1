namespace CourseLib.Optimizers.Descent;

/// <summary>A differentiable function of n real variables, to be minimised: all that a descent method asks of a problem.</summary>
/// <remarks>In double precision: a line search compares values whose difference is far below the seven digits of a float.</remarks>
public interface IObjective
{
    /// <summary>n, the number of unknowns.</summary>
    int Dimension { get; }

    /// <summary>The relative rounding error of values and gradients: 2^-52, or 2^-23 for a function that computes in single precision.</summary>
    double Precision => double.BitIncrement(1) - 1;

    /// <summary>f(x).</summary>
    double Value(ReadOnlySpan<double> x);

    /// <summary>The gradient of f.</summary>
    /// <param name="x">Where.</param>
    /// <param name="gradient">Receives it.</param>
    void Gradient(ReadOnlySpan<double> x, Span<double> gradient);

    /// <summary>Both at once, for functions that have the one on the way to the other.</summary>
    /// <returns>f(x).</returns>
    double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient)
    {
        Gradient(x, gradient);
        return Value(x);
    }
}

/// <summary>A function that knows its second derivatives.</summary>
public interface ITwiceDifferentiable : IObjective
{
    /// <summary>The Hessian (гессиан) H_ij = d²f / dx_i dx_j.</summary>
    double[,] Hessian(ReadOnlySpan<double> x);
}
