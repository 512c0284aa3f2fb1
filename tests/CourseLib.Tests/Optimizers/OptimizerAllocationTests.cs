using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Kernels;

namespace CourseLib.Tests.Optimizers;

/// <summary>A step of any optimizer allocates nothing and does not depend on the number of threads.</summary>
[Collection(nameof(ThreadCount))]
public class OptimizerAllocationTests
{
    public static TheoryData<string> Names => [.. OptimizerBank.Make.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        (Optimizer optimizer, _) = Make(name);
        long[] heap = new long[12];
        for (int step = 0; step < heap.Length; step++)
        {
            optimizer.Step();
            heap[step] = GC.GetAllocatedBytesForCurrentThread();
        }

        Assert.True(heap[^1] > 0);
        Assert.Equal(heap[4], heap[^1]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_do_not_depend_on_the_threads(string name) => KernelData.SameForAnyThreads(() =>
    {
        (Optimizer optimizer, Tensor p) = Make(name);
        for (int step = 0; step < 4; step++)
        {
            optimizer.Step();
        }

        return [.. p.ToArray(), .. optimizer.NamedState.SelectMany(entry => entry.Value.ToArray())];
    });

    private static (Optimizer Optimizer, Tensor Parameter) Make(string name)
    {
        Tensor p = Tensor.RandN([20_001], new Generator(1)).AsParameter();
        (p * Tensor.RandN([20_001], new Generator(2))).Sum().Backward();
        return (OptimizerBank.Make[name]([p]), p);
    }
}
