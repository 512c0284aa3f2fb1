namespace CourseLib.Benchmarks.Kernels;

/// <summary>Softmax and cross-entropy, both passes in one.</summary>
public class SoftmaxBenchmarks() : WorkBenchmarks("softmax_ce");
