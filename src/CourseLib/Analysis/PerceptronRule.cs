using CourseLib.Data;

namespace CourseLib.Analysis;

/// <summary>
/// Rosenblatt's perceptron (перцептрон Розенблатта): it answers sign(w_0 + w_1 x_1 + … + w_d x_d) and learns from mistakes alone, w += y (1, x): a step
/// of SGD with rate 1 on the perceptron's criterion -y &lt;w, x&gt; (lecture perc, "Перцептрон Розенблатта" and "Как обучать?"; Rosenblatt 1958).
/// </summary>
/// <remarks>On separable data it stops after at most (R / margin)² mistakes (Novikoff 1962), R the largest |(1, x)|; on other data never.</remarks>
/// <param name="dimension">d, the number of features.</param>
public sealed class PerceptronRule(int dimension)
{
    private readonly double[] weights = new double[dimension + 1];

    /// <summary>w_0, the bias, then w_1 … w_d; zeros before the first mistake.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>The sign of w_0 + &lt;w, x&gt;: 1, -1, or 0 on the boundary itself, which counts as a mistake.</summary>
    /// <param name="x">d features.</param>
    public int Predict(ReadOnlySpan<float> x) => Math.Sign(Score(weights, x));

    /// <summary>Goes over the data once, in its order, and corrects the weights at each mistake.</summary>
    /// <param name="data">Inputs [N, d], targets [N] of -1 and 1.</param>
    /// <returns>The number of mistakes.</returns>
    /// <exception cref="ArgumentException">The inputs are no matrix of d columns, or a target is neither -1 nor 1.</exception>
    public int Pass(Dataset data)
    {
        Check(data, weights);
        int mistakes = 0;
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> x = Row(data, i);
            float y = data.Targets[i];
            if (Predict(x) != (int)y)
            {
                mistakes++;
                weights[0] += y;
                for (int j = 0; j < x.Length; j++)
                {
                    weights[j + 1] += y * (double)x[j];
                }
            }
        }

        return mistakes;
    }

    /// <summary>Passes until one has no mistake.</summary>
    /// <param name="data">As for <see cref="Pass"/>.</param>
    /// <param name="passes">How many at most.</param>
    /// <returns>The mistakes of each pass; the last is 0 when the data were separated.</returns>
    public IReadOnlyList<int> Fit(Dataset data, int passes = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        List<int> mistakes = [];
        do
        {
            mistakes.Add(Pass(data));
        }
        while (mistakes[^1] > 0 && mistakes.Count < passes);
        return mistakes;
    }

    /// <summary>The least y &lt;w, (1, x)&gt; / |w| over the data: the distance of the nearest example from the boundary in the space of (1, x), negative when one is on the wrong side.</summary>
    /// <param name="data">As for <see cref="Pass"/>.</param>
    /// <param name="weights">w_0, w_1, …, w_d, not all zero.</param>
    public static double Margin(Dataset data, IReadOnlyList<double> weights)
    {
        double[] w = [.. weights];
        Check(data, w);
        double norm = Math.Sqrt(w.Sum(value => value * value));
        return norm > 0
            ? Enumerable.Range(0, data.Count).Min(i => data.Targets[i] * Score(w, Row(data, i))) / norm
            : throw new ArgumentException("PerceptronRule.Margin: expected a weight that is not 0.", nameof(weights));
    }

    /// <summary>Novikoff's bound on the number of mistakes, (R / margin)², by any weights that separate the data.</summary>
    /// <exception cref="ArgumentException">The weights do not separate the data.</exception>
    public static double MistakeBound(Dataset data, IReadOnlyList<double> separating)
    {
        double margin = Margin(data, separating);
        if (!(margin > 0))
        {
            throw new ArgumentException(FormattableString.Invariant($"PerceptronRule.MistakeBound: expected weights that separate the data, got a margin of {margin}."), nameof(separating));
        }

        double radius = Enumerable.Range(0, data.Count).Max(i => 1 + SquaredNorm(Row(data, i)));
        return radius / (margin * margin);
    }

    private static double Score(double[] weights, ReadOnlySpan<float> x)
    {
        double sum = weights[0];
        for (int j = 0; j < x.Length; j++)
        {
            sum += weights[j + 1] * x[j];
        }

        return sum;
    }

    private static double SquaredNorm(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    private static ReadOnlySpan<float> Row(Dataset data, int i) => data.Inputs.Span.Slice(i * data.Inputs.Shape[1], data.Inputs.Shape[1]);

    private static void Check(Dataset data, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Inputs.Rank != 2 || data.Inputs.Shape[1] != weights.Length - 1 || data.Targets.Rank != 1)
        {
            throw new ArgumentException($"PerceptronRule: expected inputs [N, {weights.Length - 1}] and targets [N], got {data.Inputs.Shape} and {data.Targets.Shape}.", nameof(data));
        }

        foreach (float target in data.Targets.Span)
        {
            if (target is not (1 or -1))
            {
                throw new ArgumentException(FormattableString.Invariant($"PerceptronRule: expected targets -1 and 1, got {target}."), nameof(data));
            }
        }
    }
}
