namespace CourseLib.Benchmarks.Kernels;

/// <summary>What the machine can do at all.</summary>
public class LimitBenchmarks() : WorkBenchmarks("limit");
