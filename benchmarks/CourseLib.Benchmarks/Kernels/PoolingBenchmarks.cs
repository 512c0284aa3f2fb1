namespace CourseLib.Benchmarks.Kernels;

/// <summary>Max-pooling, both passes.</summary>
public class PoolingBenchmarks() : WorkBenchmarks("maxpool");
