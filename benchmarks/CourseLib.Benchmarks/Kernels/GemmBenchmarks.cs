using BenchmarkDotNet.Attributes;
using CourseLib.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace CourseLib.Benchmarks.Kernels;

/// <summary>
/// The matrix product on one thread and on all, beside MathNet's managed provider (cache-aware, no SIMD of its own) in the same run: read the ratio,
/// not the times. <c>dotnet run -c Release --project benchmarks/CourseLib.Benchmarks -- --filter *Gemm*</c>
/// </summary>
[ShortRunJob]
public class GemmBenchmarks
{
    private float[] a = [], b = [], c = [];
    private Matrix<float> left = null!, right = null!, product = null!;
    private int m, n, k;
    private bool transposeB;

    /// <summary>rows x columns x depth; t: B stored transposed, as a linear layer stores its weights.</summary>
    [Params("64x64x64", "256x256x256", "512x512x512", "1024x1024x1024", "64x128x784t", "64x10x128t", "1x128x784t")]
    public string Shape { get; set; } = "";

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void Setup()
    {
        transposeB = Shape.EndsWith('t');
        int[] sizes = [.. Shape.TrimEnd('t').Split('x').Select(int.Parse)];
        (m, n, k) = (sizes[0], sizes[1], sizes[2]);
        (a, b, c) = (new float[m * k], new float[k * n], new float[m * n]);
        Generator generator = new(1);
        generator.Uniform(a, -1, 1);
        generator.Uniform(b, -1, 1);
        left = Matrix<float>.Build.Random(m, k, 1);
        right = transposeB ? Matrix<float>.Build.Random(n, k, 2) : Matrix<float>.Build.Random(k, n, 2);
        product = Matrix<float>.Build.Dense(m, n);
    }

    /// <summary>Gives the helpers back.</summary>
    [GlobalCleanup]
    public void Cleanup() => Workers.Count = Environment.ProcessorCount;

    /// <summary>MathNet.Numerics, on its own number of threads.</summary>
    [Benchmark(Baseline = true)]
    public void MathNet()
    {
        if (transposeB)
        {
            left.TransposeAndMultiply(right, product);
        }
        else
        {
            left.Multiply(right, product);
        }
    }

    /// <summary>This library on one thread.</summary>
    [Benchmark]
    public void OneThread()
    {
        Workers.Count = 1;
        Gemm.Multiply(a, false, b, transposeB, c, m, n, k);
    }

    /// <summary>This library on all processors.</summary>
    [Benchmark]
    public void AllThreads()
    {
        Workers.Count = Environment.ProcessorCount;
        Gemm.Multiply(a, false, b, transposeB, c, m, n, k);
    }
}
