using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Works;

/// <summary>Functions of each element, <c>exp/16K</c>, <c>exp/1M</c> and so on: in the caches, and in memory. The arguments are from -4 to 4, a logarithm's above 0.</summary>
internal static class ElementwiseWorks
{
    private static readonly (string Name, int Length)[] Sizes = [("16K", 1 << 14), ("1M", 1 << 20)];

    private static readonly (string Name, Action<Floats, Floats> Call)[] Functions =
    [
        ("exp", Apply<ExpOperator>), ("log", Apply<LogOperator>), ("tanh", Apply<TanhOperator>), ("sigmoid", Apply<SigmoidOperator>), ("erf", Apply<ErfOperator>),
        ("gelu", Apply<GeluOperator>),
    ];

    /// <summary>Every function at both sizes.</summary>
    public static IEnumerable<Work> All => from function in Functions
                                           from size in Sizes
                                           select new Work($"{function.Name}/{size.Name}", () => Prepare(function.Name, size.Length, function.Call)) { Bytes = 2.0 * sizeof(float) * size.Length };

    /// <summary>The argument and an output of a function.</summary>
    public static (Floats X, Floats Y) Operands(string function, int length) => (function == "log" ? new(length, 1, 0.5f, 0.51f) : new(length, 1, 4), new(length));

    /// <summary>The length in a work's name; null for the name of another kind of work.</summary>
    public static int? LengthOf(string work) => work.Split('/') is [var function, var size] && Functions.Any(entry => entry.Name == function)
        ? Sizes.Single(entry => entry.Name == size).Length
        : null;

    private static Prepared Prepare(string name, int length, Action<Floats, Floats> call)
    {
        (Floats x, Floats y) = Operands(name, length);
        return Prepared.Of(() => call(x, y), y);
    }

    private static void Apply<TOp>(Floats x, Floats y) where TOp : struct, IUnaryOperator => Elementwise.Unary<TOp>(x.Span, y.Span);
}
