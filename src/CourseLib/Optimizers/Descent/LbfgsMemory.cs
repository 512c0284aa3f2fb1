using CourseLib.Kernels;

namespace CourseLib.Optimizers.Descent;

/// <summary>
/// The last m pairs of updates s = x_(k+1) - x_k and y = g_(k+1) - g_k, and through them an approximation of the inverse Hessian (lecture cnn, "Градиентный спуск": "сохраняем последовательно апдейты
/// аргументов функции и градиентов и выражаем через них H^-1"; Nocedal 1980): 2 m n numbers in place of n².
/// </summary>
/// <param name="dimension">n.</param>
/// <param name="capacity">m; the oldest pair makes room for a new one.</param>
/// <param name="scaled">Whether the recursion begins with H_0 = (s·y / y·y) I of the newest pair, as is usual, or with I.</param>
public sealed class LbfgsMemory(int dimension, int capacity, bool scaled = true)
{
    private readonly List<(double[] S, double[] Y, double Rho)> pairs = [];

    /// <summary>n.</summary>
    public int Dimension => dimension;

    /// <summary>The pairs held now.</summary>
    public int Count => pairs.Count;

    /// <summary>How many numbers the pairs are.</summary>
    public long StoredNumbers => 2L * Count * dimension;

    private double InitialScale => scaled && pairs.Count > 0 ? 1 / (pairs[^1].Rho * Vectors.SquaredNorm(pairs[^1].Y)) : 1;

    /// <summary>A memory of these pairs, the oldest first.</summary>
    /// <param name="pairs">Updates s of the point and y of the gradient, at least one.</param>
    /// <param name="capacity">m; when null, as many as there are pairs.</param>
    /// <exception cref="ArgumentException">There is no pair, or the sizes do not fit.</exception>
    public static LbfgsMemory Of(IEnumerable<(double[] S, double[] Y)> pairs, int? capacity = null)
    {
        (double[] S, double[] Y)[] all = [.. pairs];
        Requires.AtLeast(nameof(LbfgsMemory), "number of pairs", all.Length, 1);
        LbfgsMemory memory = new(all[0].S.Length, capacity ?? all.Length);
        foreach ((double[] s, double[] y) in all)
        {
            memory.Add(s, y);
        }

        return memory;
    }

    /// <summary>Adds a pair, if it curves upwards: with s·y ≤ 1e-10 |y|² the approximation would lose its definiteness. The strong Wolfe conditions see to it that s·y &gt; 0.</summary>
    /// <returns>Whether it was taken.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public bool Add(double[] s, double[] y)
    {
        Requires.Length(nameof(LbfgsMemory), nameof(s), s.Length, dimension, "the dimension");
        double product = Vectors.Dot(s, y);
        if (capacity < 1 || !(product > 1e-10 * Vectors.SquaredNorm(y)))
        {
            return false;
        }

        if (pairs.Count == capacity)
        {
            pairs.RemoveAt(0);
        }

        pairs.Add(([.. s], [.. y], 1 / product));
        return true;
    }

    /// <summary>Forgets all pairs.</summary>
    public void Clear() => pairs.Clear();

    /// <summary>H v by the two-loop recursion (Nocedal and Wright, algorithm 7.4): 4 m n multiplications, no matrix.</summary>
    public double[] Multiply(ReadOnlySpan<double> v)
    {
        double[] q = v.ToArray();
        double[] alpha = new double[pairs.Count];
        for (int i = pairs.Count - 1; i >= 0; i--)
        {
            alpha[i] = pairs[i].Rho * Vectors.Dot(pairs[i].S, q);
            Vectors.AddScaledTo(q, -alpha[i], pairs[i].Y);
        }

        double scale = InitialScale;
        for (int i = 0; i < q.Length; i++)
        {
            q[i] *= scale;
        }

        for (int i = 0; i < pairs.Count; i++)
        {
            double beta = pairs[i].Rho * Vectors.Dot(pairs[i].Y, q);
            Vectors.AddScaledTo(q, alpha[i] - beta, pairs[i].S);
        }

        return q;
    }

    /// <summary>The same H as a matrix, by the BFGS update (I - rho s yᵀ) H (I - rho y sᵀ) + rho s sᵀ pair by pair from H_0: for small n, to be compared with.</summary>
    public double[,] ToMatrix()
    {
        double[,] h = new double[dimension, dimension];
        double scale = InitialScale;
        for (int i = 0; i < dimension; i++)
        {
            h[i, i] = scale;
        }

        foreach ((double[] s, double[] y, double rho) in pairs)
        {
            double[] hy = new double[dimension];
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    hy[i] += h[i, j] * y[j];
                }
            }

            // Multiplied out: H - rho (s (Hy)ᵀ + Hy sᵀ) + (rho² y·Hy + rho) s sᵀ.
            double both = (rho * rho * Vectors.Dot(y, hy)) + rho;
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    h[i, j] += (both * s[i] * s[j]) - (rho * ((s[i] * hy[j]) + (hy[i] * s[j])));
                }
            }
        }

        return h;
    }
}
