namespace CourseLib.Benchmarks.Kernels;

/// <summary>Steps of the optimizers.</summary>
public class OptimizerStepsBenchmarks() : WorkBenchmarks("adam", "adamw", "sgdm");
