namespace CourseLib.Benchmarks.Comparing;

/// <summary>
/// A result in three numbers, by which contenders are held against each other without sending arrays: how many elements, their product with a fixed
/// pseudo-random vector (an element at the wrong place changes it), their Euclidean norm (the scale on which a difference is judged).
/// </summary>
internal readonly record struct Digest(double Count, double Projection, double Norm)
{
    /// <summary>Single precision, sums in another order: far above what rounding does, far below what a wrong kernel does.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>The digest of a result.</summary>
    /// <param name="values">The result.</param>
    /// <param name="vector">Numbers of the same length; see Numbers.ProjectionSeed.</param>
    public static Digest Of(ReadOnlySpan<float> values, ReadOnlySpan<float> vector)
    {
        double projection = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            projection += (double)values[i] * vector[i];
            squares += (double)values[i] * values[i];
        }

        return new(values.Length, projection, Math.Sqrt(squares));
    }

    /// <summary>The digest in an answer.</summary>
    public static Digest From(Answer answer) => new(answer.Numbers[0], answer.Numbers[1], answer.Numbers[2]);

    /// <summary>The answer that carries it.</summary>
    public Answer ToAnswer() => new(Answer.Digest, [Count, Projection, Norm], "");

    /// <summary>Whether two contenders computed the same thing, up to rounding; never with a NaN.</summary>
    public bool Agrees(Digest other) => Count == other.Count
        && Math.Abs(Norm - other.Norm) <= Tolerance * Norm && Math.Abs(Projection - other.Projection) <= Tolerance * Norm;
}
