namespace CourseLib.Benchmarks.Kernels;

/// <summary>Functions of each element.</summary>
public class ElementwiseBenchmarks() : WorkBenchmarks("exp", "log", "tanh", "sigmoid", "erf", "gelu");
