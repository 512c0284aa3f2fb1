using System.Globalization;
using CourseLib.Kernels;

namespace CourseLib.Benchmarks.Works;

/// <summary>
/// The matrix product <c>gemm/MxKxN/layout</c>: C [M, N] = op(A) [M, K] op(B) [K, N]. Layout nn: both stored as they are used; nt: B stored transposed, as a linear
/// layer stores its weights (forward pass); tn: A stored transposed (the gradient of those weights).
/// </summary>
/// <param name="M">Rows of C.</param>
/// <param name="K">Length of the sums.</param>
/// <param name="N">Columns of C.</param>
/// <param name="Layout">nn, nt or tn.</param>
internal sealed record GemmWorks(int M, int K, int N, string Layout)
{
    private const int SlowestQuick = 512;

    /// <summary>Cubes, and the products of the course's networks.</summary>
    private static readonly (int M, int K, int N)[] Shapes =
    [
        (64, 64, 64), (128, 128, 128), (256, 256, 256), (512, 512, 512), (1024, 1024, 1024), (2048, 2048, 2048),
        (64, 784, 128), (64, 784, 256), (128, 784, 256), (64, 128, 10), (256, 1152, 64),
    ];

    /// <summary>Every shape in every layout.</summary>
    public static IEnumerable<Work> All => from shape in Shapes from layout in new[] { "nn", "nt", "tn" } select new GemmWorks(shape.M, shape.K, shape.N, layout).ToWork();

    /// <summary>Whether A is stored transposed.</summary>
    public bool TransposeA => Layout[0] == 't';

    /// <summary>Whether B is stored transposed.</summary>
    public bool TransposeB => Layout[1] == 't';

    /// <summary>A, as every contender has it.</summary>
    public Floats MakeA() => new(M * K, seed: 1);

    /// <summary>B, as every contender has it.</summary>
    public Floats MakeB() => new(K * N, seed: 2);

    /// <summary>The sizes in a name; null for the name of another kind of work.</summary>
    public static GemmWorks? Parse(string name)
    {
        if (name.Split('/') is not ["gemm", var sizes, var layout])
        {
            return null;
        }

        int[] numbers = [.. sizes.Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        return new(numbers[0], numbers[1], numbers[2], layout);
    }

    /// <summary>The work itself.</summary>
    public Work ToWork() => new($"gemm/{M}x{K}x{N}/{Layout}", Prepare)
    {
        Flops = 2.0 * M * N * K,
        IsLong = M > SlowestQuick,
    };

    private Prepared Prepare()
    {
        Floats a = MakeA(), b = MakeB(), c = new(M * N);
        return Prepared.Of(() => Gemm.Multiply(a.Span, TransposeA, b.Span, TransposeB, c.Span, M, N, K), c);
    }
}
