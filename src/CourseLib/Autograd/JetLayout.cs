namespace CourseLib.Autograd;

/// <summary>Which derivatives a <see cref="Jet"/> carries: the first one in each direction, and second ones for some pairs of directions.</summary>
internal sealed class JetLayout
{
    private readonly (int I, int J)[] pairs;

    /// <param name="directions">How many inputs there are.</param>
    /// <param name="pairs">The pairs of directions with a second derivative, in either order.</param>
    internal JetLayout(int directions, ReadOnlySpan<(int I, int J)> pairs)
    {
        Directions = directions;
        this.pairs = new (int, int)[pairs.Length];
        for (int at = 0; at < pairs.Length; at++)
        {
            (int i, int j) = pairs[at];
            Check("Jet.Of", i);
            Check("Jet.Of", j);
            (int I, int J) pair = (Math.Min(i, j), Math.Max(i, j));
            if (this.pairs.AsSpan(0, at).Contains(pair))
            {
                throw new ArgumentException($"Jet.Of: the pair ({i}, {j}) is there twice; expected each pair once, in either order.", nameof(pairs));
            }

            this.pairs[at] = pair;
        }
    }

    /// <summary>How many inputs there are.</summary>
    internal int Directions { get; }

    /// <summary>The pairs with a second derivative, the smaller direction first.</summary>
    internal ReadOnlySpan<(int I, int J)> Pairs => pairs;

    /// <summary>All n (n + 1) / 2 pairs: the symmetric Hessian.</summary>
    internal static JetLayout Full(int directions) => new(directions,
        [.. Enumerable.Range(0, directions).SelectMany(i => Enumerable.Range(i, directions - i).Select(j => (i, j)))]);

    /// <summary>The place of a pair, or an error that says how to get it.</summary>
    internal int Place(int i, int j)
    {
        Check("Jet.D", i);
        Check("Jet.D", j);
        int place = Array.IndexOf(pairs, (Math.Min(i, j), Math.Max(i, j)));
        return place >= 0 ? place : throw new ArgumentException($"Jet.D: the second derivative ({i}, {j}) is not carried; ask for it with Jet.Of(x, [({i}, {j}), …]), or for all with Jet.Of(x).", nameof(j));
    }

    /// <summary>Fails when there is no such direction.</summary>
    internal void Check(string operation, int direction)
    {
        if ((uint)direction >= (uint)Directions)
        {
            throw new ArgumentOutOfRangeException(nameof(direction), direction, $"{operation}: there is no direction {direction}; expected 0 to {Directions - 1}.");
        }
    }

    /// <summary>Fails unless two jets carry the same derivatives.</summary>
    internal void RequireSame(JetLayout other)
    {
        if (other != this && (other.Directions != Directions || !other.Pairs.SequenceEqual(Pairs)))
        {
            throw new ArgumentException($"Jet: the operands carry different derivatives, {this} and {other}; expected two that come from one Jet.Of.", nameof(other));
        }
    }

    public override string ToString() => $"{Directions} inputs, second [{string.Join(", ", pairs)}]";
}
