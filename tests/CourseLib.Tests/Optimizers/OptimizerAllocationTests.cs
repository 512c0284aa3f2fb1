using CourseLib.Kernels;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels;

namespace CourseLib.Tests.Optimizers;

/// <summary>A step of any optimizer allocates nothing and does not depend on the number of threads.</summary>
[Collection(nameof(ProcessState))]
public class OptimizerAllocationTests
{
    public static TheoryData<string> Names => [.. OptimizerBank.Make.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        // The runtime itself takes a few kilobytes once in a process, when it compiles a loop again in the middle of a step. An optimizer's own allocation comes in
        // every step, so one stretch of steps without any shows that it has none.
        (Optimizer optimizer, _) = Make(name);
        Assert.Contains(Enumerable.Range(0, 4), _ => Grown(optimizer) == 0);
    }

    [Fact]
    public void An_allocation_in_every_step_is_seen()
    {
        Tensor p = Tensor.RandN([20], new Generator(1)).AsParameter();
        p.Sum().Backward();
        Assert.DoesNotContain(Enumerable.Range(0, 4), _ => Grown(new Wasteful(p)) == 0);
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

    /// <summary>Bytes that eight steps take from the heap, after four that may.</summary>
    private static long Grown(Optimizer optimizer)
    {
        for (int step = 0; step < 4; step++)
        {
            optimizer.Step();
        }

        return Heap.TakenBy(optimizer.Step, times: 8);
    }

    private static (Optimizer Optimizer, Tensor Parameter) Make(string name)
    {
        Tensor p = Tensor.RandN([20_001], new Generator(1)).AsParameter();
        (p * Tensor.RandN([20_001], new Generator(2))).Sum().Backward();
        return (OptimizerBank.Make[name]([p]), p);
    }

    /// <summary>An optimizer that takes new memory in each step.</summary>
    private sealed class Wasteful(Tensor parameter) : Optimizer([parameter], 0.1)
    {
        private float[] copy = [];

        protected override void Update(in ParameterStep step) => copy = new float[copy.Length + 1];
    }
}
