using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>Same seed, same numbers, for a whole run at any number of threads.</summary>
[Collection(nameof(ProcessState))]
public class TrainingRunTests
{
    [Theory]
    [InlineData("Adam")]
    [InlineData("SGD momentum")]
    public void Histories_and_parameters_are_equal_to_the_last_bit(string optimizer)
    {
        (float[] Losses, Evaluation? Validation, float[] Parameters)? first = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            WorkersTests.WithThreads(threads, () =>
            {
                (float[] Losses, Evaluation? Validation, float[] Parameters) run = Run(optimizer);
                first ??= run;
                Assert.Equal(Bits(first.Value.Losses), Bits(run.Losses));
                Assert.Equal(first.Value.Validation, run.Validation);
                Assert.Equal(Bits(first.Value.Parameters), Bits(run.Parameters));
            });
        }
    }

    private static (float[] Losses, Evaluation? Validation, float[] Parameters) Run(string name)
    {
        (Module model, Optimizer optimizer, Dataset data) = SmallNetwork.Make(name, items: 200);
        History history = new Trainer(model, optimizer, new CrossEntropyLoss()).Fit(data, 2, 48, validation: data, generator: new Generator(2));
        Assert.Equal(10, history.StepLosses.Count);
        return ([.. history.StepLosses], history.Epochs[^1].Validation, [.. model.Parameters.SelectMany(parameter => parameter.ToArray())]);
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
