namespace CourseLib.Benchmarks.Kernels;

/// <summary>The matrix product.</summary>
public class GemmBenchmarks() : WorkBenchmarks("gemm");
