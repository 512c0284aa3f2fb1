namespace CourseLib.Benchmarks.Kernels;

/// <summary>Forward passes in evaluation.</summary>
public class InferenceBenchmarks() : WorkBenchmarks("infer");
