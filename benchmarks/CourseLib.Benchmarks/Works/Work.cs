namespace CourseLib.Benchmarks.Works;

/// <summary>A piece of work that contenders do side by side: known to all of them by its name and by the sizes and numbers in this project's documentation of it.</summary>
/// <param name="Name">Group, size and kind, such as <c>gemm/64x784x128/nt</c>.</param>
/// <param name="Prepare">Makes this library's operands and says how to call it.</param>
internal sealed record Work(string Name, Func<Prepared> Prepare)
{
    /// <summary>Floating-point operations, two for a multiply-add; 0 where arithmetic is not what it costs.</summary>
    public double Flops { get; init; }

    /// <summary>Bytes that have to move whatever the algorithm: each operand read once, each result written once; 0 where bandwidth is not what it costs.</summary>
    public double Bytes { get; init; }

    /// <summary>
    /// How many calls may follow each other before the work is prepared anew; 0 for any number. A training step changes the network: neurons that
    /// died have gradients of exactly 0, Adam's moments of these fall to denormal numbers after some 700 steps, and who is faster would get there first.
    /// </summary>
    public int Calls { get; init; }

    /// <summary>Whether <c>--quick</c> leaves it out, because one call takes too long.</summary>
    public bool IsLong { get; init; }

    /// <summary>The part of the name before the first stroke: what <c>--only</c> chooses by.</summary>
    public string Group => Name[..Name.IndexOf('/')];
}
