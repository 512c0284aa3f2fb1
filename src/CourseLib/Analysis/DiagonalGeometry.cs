namespace CourseLib.Analysis;

/// <summary>
/// The diagonal of H_k in the general form w - α H⁻¹ g + β H⁻¹ H_old (w - w_old): in which geometry a method measures its steps (lecture cnn, "Адаптивные
/// методы градиентного спуска", "чуть более общий взгляд"). Each call makes a function from the gradient of this step to the diagonal, which remembers the earlier ones.
/// </summary>
public static class DiagonalGeometry
{
    /// <summary>H = I, the plain L2 geometry of SGD, momentum and Nesterov.</summary>
    public static Func<double[], double[]> Plain() => g => [.. g.Select(_ => 1.0)];

    /// <summary>The root of v = keep v + enter g²: Adagrad (1, 1), RMSprop (α, 1 - α), Adam (β₂, 1 - β₂).</summary>
    /// <param name="keep">The part of v that stays.</param>
    /// <param name="enter">The weight of a new square.</param>
    /// <param name="eps">ε.</param>
    /// <param name="epsilonInsideRoot">Whether the diagonal is √(v + ε), as the lectures have it, in place of √v + ε.</param>
    /// <param name="biasCorrection">Whether v is divided by 1 - keepᵗ (Kingma and Ba 2014).</param>
    /// <param name="largest">Whether the largest v so far is taken (AMSGrad; Reddi, Kale, Kumar 2018).</param>
    public static Func<double[], double[]> Root(double keep, double enter, double eps, bool epsilonInsideRoot = false, bool biasCorrection = false, bool largest = false)
    {
        double[] v = [], top = [];
        int t = 0;
        return g =>
        {
            (v, top) = t++ == 0 ? (new double[g.Length], new double[g.Length]) : (v, top);
            double lack = biasCorrection ? 1 - Math.Pow(keep, t) : 1;
            double[] h = new double[g.Length];
            for (int i = 0; i < h.Length; i++)
            {
                v[i] = (keep * v[i]) + (enter * g[i] * g[i]);
                top[i] = largest ? Math.Max(top[i], v[i]) : v[i];
                h[i] = epsilonInsideRoot ? Math.Sqrt((top[i] / lack) + eps) : Math.Sqrt(top[i] / lack) + eps;
            }

            return h;
        };
    }

    /// <summary>√(G + ε) / √(U + ε), with the running means of squared gradients and of squared updates: Adadelta (Zeiler 2012), whose rate is 1.</summary>
    public static Func<double[], double[]> Adadelta(double rho, double eps)
    {
        double[] squares = [], updates = [];
        return g =>
        {
            (squares, updates) = squares.Length == 0 ? (new double[g.Length], new double[g.Length]) : (squares, updates);
            double[] h = new double[g.Length];
            for (int i = 0; i < h.Length; i++)
            {
                squares[i] = (rho * squares[i]) + ((1 - rho) * g[i] * g[i]);
                h[i] = Math.Sqrt(squares[i] + eps) / Math.Sqrt(updates[i] + eps);
                updates[i] = (rho * updates[i]) + ((1 - rho) * g[i] / h[i] * g[i] / h[i]);
            }

            return h;
        };
    }
}
