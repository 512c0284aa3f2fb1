namespace CourseLib.Benchmarks.Kernels;

/// <summary>Batch normalisation, both passes.</summary>
public class BatchNormalizationBenchmarks() : WorkBenchmarks("batchnorm");
