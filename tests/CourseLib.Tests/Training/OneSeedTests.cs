using CourseLib.Activations;
using CourseLib.Data;
using CourseLib.Kernels;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;
using CourseLib.Tests.Architecture;
using CourseLib.Tests.Kernels;
using CourseLib.Training;

namespace CourseLib.Tests.Training;

/// <summary>One call of ManualSeed fixes everything random in a program: noise of the data, weights, the order of the examples, dropout.</summary>
/// <remarks>Alone in the process: others draw from the default generator too.</remarks>
[Collection(nameof(ProcessState))]
public class OneSeedTests
{
    [Fact]
    public void The_same_seed_gives_the_same_run_to_the_last_bit_and_another_seed_another()
    {
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
    }

    /// <summary>Each source of randomness is under the seed, and each matters: with all others fixed, another seed still changes the outcome.</summary>
    [Theory]
    [InlineData("data")]
    [InlineData("weights")]
    [InlineData("order")]
    [InlineData("dropout")]
    [InlineData("noise")]
    public void Every_source_of_randomness_is_under_the_seed(string source)
    {
        Assert.Equal(Run(1, source), Run(1, source));
        Assert.NotEqual(Run(1, source), Run(2, source));
    }

    /// <summary>The bits of all losses and weights of a run.</summary>
    /// <param name="seed">For the default generator.</param>
    /// <param name="only">The only source that draws from it, all others having generators of their own; null: all draw from it.</param>
    private static int[] Run(ulong seed, string? only = null)
    {
        Generator? For(string source) => only is null || only == source ? null : new Generator(77);
        try
        {
            Generator.ManualSeed(seed);
            Tensor x = Tensor.RandN([96, 3], For("data"));
            Dataset data = new(x, x.Square().Sum(1, keepDim: true));
            Generator? weights = For("weights");
            Sequential model = new(new GaussianNoise(0.1, For("noise")), new Linear(3, 12, generator: weights), new ReLU(), new Dropout(0.3, For("dropout")), new Linear(12, 1, generator: weights));
            History history = new Trainer(model, new Adam(model.Parameters, 0.01), new MSELoss()).Fit(data, 3, 16, data, For("order"));
            return [.. history.StepLosses.Concat(model.Parameters.SelectMany(parameter => parameter.ToArray())).Select(BitConverter.SingleToInt32Bits)];
        }
        finally
        {
            Generator.ManualSeed(0);
        }
    }
}
