using CourseLib.Kernels;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Kernels;

[Collection(nameof(ProcessState))]
public class KernelAllocationTests
{
    [Fact]
    public void In_steady_state_the_kernels_leave_the_heap_alone()
    {
        ConvShape conv = new(4, 3, 8, 8, 6, 3, 3, 2, 1, 1, 0, 1, 1);
        ConvShape winograd = new(4, 32, 12, 12, 32, 3, 3, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1);
        float[] wideX = KernelData.Normal(winograd.InputLength, 4), wideW = KernelData.Normal(winograd.WeightsLength, 5), wideY = new float[winograd.OutputLength];
        float[] wideM = KernelData.Normal(10_000, 6), wideY2 = new float[4000];
        (int Rows, int Inputs, int Outputs)[] layers = [(2, 20, 6), (32, 20, 6), (33, 70, 6), (20, 20, 20), (33, 100, 99)];
        PoolShape pool = new(4, 6, 8, 8, 2, 2, 2, 2);
        ConvShape pooled = new(4, 3, 8, 8, 6, 3, 3, PadTop: 1, PadBottom: 1, PadLeft: 1, PadRight: 1);
        BatchShape batch = new(4, 6, 64);
        float[] x = KernelData.Normal(conv.InputLength, 1), w = KernelData.Normal(conv.WeightsLength, 2), y = new float[conv.OutputLength], six = new float[6], six2 = new float[6];
        float[] big = KernelData.Normal(pool.InputLength, 3), big2 = new float[big.Length], small = new float[pool.OutputLength], small2 = new float[pool.OutputLength], big3 = new float[big.Length];
        Run(); // fills the pool of scratch buffers
        Assert.Equal(0, Heap.TakenBy(Run));

        void Run()
        {
            foreach ((int rows, int inputs, int outputs) in layers)
            {
                Gemm.Linear(wideX.AsSpan(0, rows * inputs), wideM.AsSpan(0, outputs * inputs), outputs == 6 ? six : [], wideY2.AsSpan(0, rows * outputs), rows, inputs, outputs, rectify: true);
            }

            Convolution.Forward(conv, x, w, six, y);
            Convolution.BackwardInput(conv, y, w, x);
            Convolution.BackwardWeights(conv, x, y, w, six);
            Convolution.Forward(winograd, wideX, wideW, [], wideY);
            Convolution.BackwardInput(winograd, wideY, wideW, wideX);
            Convolution.BackwardWeights(winograd, wideX, wideY, wideW, []);
            Convolution.ForwardPooled(pooled, x, w, six, small, small2);
            Convolution.BackwardPooled(pooled, x, w, small, small2, wideM.AsSpan(0, w.Length), six, x);
            Pooling.MaxForward(pool, big, small);
            Pooling.MaxBackward(pool, big, small, big2);
            Pooling.AverageBackward(pool, small, big2);
            BatchNormalization.Forward(batch, big, [], [], 1e-5f, big2, six, six2, []);
            BatchNormalization.Backward(batch, big, big2, [], six, six2, big3, [], []);
            BatchNormalization.Forward(batch, big, [], [], 1e-5f, big2, six, six2, [], rectify: true);
            BatchNormalization.BackwardRectified(batch, big, big2, [], [], six, six2, big3, [], []);
            LayerNormalization.Forward(256, 6, big, [], [], 1e-5f, big2, big3.AsSpan(0, 256), big3.AsSpan(256, 256));
            SoftmaxCrossEntropy.Forward(2, 3, big.AsSpan(0, 6), [0, 2], [], [], six);
            OptimizerSteps.Apply(big, big2, big3, big3, [], new CourseLib.Kernels.Steps.AdamStep(3));
        }
    }
}
