namespace CourseLib.Benchmarks.Kernels;

/// <summary>Whole training steps.</summary>
public class TrainingStepBenchmarks() : WorkBenchmarks("train");
