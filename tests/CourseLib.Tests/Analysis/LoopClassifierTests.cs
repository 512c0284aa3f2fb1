using CourseLib.Activations;
using CourseLib.Analysis;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Tests.Analysis;

/// <summary>The plain loops make the library's steps.</summary>
public class LoopClassifierTests
{
    [Fact]
    public void Steps_are_the_librarys_up_to_rounding()
    {
        Generator generator = new(5);
        Linear first = new(12, 7, generator: generator);
        Linear last = new(7, 3, generator: generator);
        LoopClassifier loops = new(first, last);
        Sequential model = new(first, new ReLU(), last);
        SGD optimizer = new(model.Parameters, 0.1);
        Batch batch = new(Tensor.RandN([20, 12], generator), Tensor.From([.. Enumerable.Range(0, 20).Select(_ => (float)generator.NextInt(3))]));
        float[] start = loops.FirstWeights;
        for (int step = 0; step < 5; step++)
        {
            using Tape tape = new();
            model.ZeroGrad();
            Tensor loss = new CrossEntropyLoss().Forward(model.Forward(batch.Inputs), batch.Targets);
            loss.Backward();
            optimizer.Step();
            Assert.Equal(loss.Item(), loops.Step(batch, 0.1), 1e-5);
        }

        Assert.True(start.Zip(loops.FirstWeights, (a, b) => Math.Abs(a - b)).Max() > 0.01);
        Assert.True(first.Weight.ToArray().Zip(loops.FirstWeights, (a, b) => Math.Abs(a - b)).Max() < 1e-6);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("Linear(4, 3)", Assert.Throws<ArgumentException>(() => new LoopClassifier(new Linear(5, 2), new Linear(4, 3))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LoopClassifier(new Linear(5, 2, bias: false), new Linear(2, 3)));
        LoopClassifier loops = new(new Linear(5, 2), new Linear(2, 3));
        Assert.Throws<ArgumentException>(() => loops.Step(new Batch(Tensor.Zeros(2, 4), Tensor.Zeros(2)), 0.1));
    }
}
