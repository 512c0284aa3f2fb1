namespace CourseLib.Benchmarks.Kernels;

/// <summary>All passes of the networks' convolutions.</summary>
public class ConvolutionBenchmarks() : WorkBenchmarks("conv");
