using CourseLib.Activations;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;

namespace CourseLib.Tests.Training;

/// <summary>The course's networks in steady state: a thousand steps with Adam inside scopes allocate nothing on this thread, and on no thread so much that anything is collected.</summary>
/// <remarks>Alone in the process, because collections are counted for all of it.</remarks>
[Collection(nameof(ProcessState))]
public class ThousandStepsTests
{
    private const int Steps = 1000, WarmUp = 5, BatchSize = 6;

    private static Module[] Block(int from, int to) => [new Conv2d(from, to, 3, padding: 1), new BatchNorm2d(to), new ReLU()];

    // The networks of the benchmarks, with fewer channels and images: what is made in a step is the same.
    private static (Sequential Model, Shape Input) Make(string network) => network switch
    {
        "mlp" => (new(new Linear(784, 256), new ReLU(), new Linear(256, 128), new ReLU(), new Linear(128, 10)), [BatchSize, 784]),
        "lenet" => (new(
            new Conv2d(1, 6, 5, padding: 2), new ReLU(), new MaxPool2d(2), new Conv2d(6, 16, 5), new ReLU(), new MaxPool2d(2), new Flatten(),
            new Linear(400, 120), new ReLU(), new Linear(120, 84), new ReLU(), new Linear(84, 10)), [BatchSize, 1, 28, 28]),
        _ => (new([
            .. Block(1, 4), .. Block(4, 4), new MaxPool2d(2), .. Block(4, 8), .. Block(8, 8), new MaxPool2d(2), new Flatten(),
            new Linear(392, 32), new ReLU(), new Linear(32, 10)]), [BatchSize, 1, 28, 28]),
    };

    [Theory]
    [InlineData("mlp", 1), InlineData("mlp", 2), InlineData("lenet", 1), InlineData("lenet", 2), InlineData("cnn", 1), InlineData("cnn", 2)]
    public void Allocate_nothing_and_collect_nothing(string network, int threads)
    {
        (Sequential model, Shape input) = Make(network);
        Adam optimizer = new(model.Parameters);
        CrossEntropyLoss criterion = new();
        Tensor x = Tensor.RandN(input, new Generator(1)), targets = Tensor.From(new float[] { 0, 1, 2, 3, 4, 5 });
        int before = Workers.Count;
        try
        {
            Workers.Count = threads;
            Train(WarmUp);

            // Once more if anything was allocated: now and then, once in a process, the runtime itself takes a few kilobytes on this thread.
            (long bytes, int collections) = Count();
            (bytes, collections) = bytes + collections > 0 ? Count() : (bytes, collections);
            Assert.Equal((0, 0), (bytes, collections));
        }
        finally
        {
            Workers.Count = before;
        }

        (long Bytes, int Collections) Count()
        {
            int collections = 0;
            long bytes = Heap.TakenBy(() =>
            {
                collections = GC.CollectionCount(0);
                Train(Steps);
                collections = GC.CollectionCount(0) - collections;
            });
            return (bytes, collections);
        }

        void Train(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                using Tape tape = new();
                optimizer.ZeroGrad();
                criterion.Forward(model.Forward(x), targets).Backward();
                optimizer.Step();
            }
        }
    }
}
