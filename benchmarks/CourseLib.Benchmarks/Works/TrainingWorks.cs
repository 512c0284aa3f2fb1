using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Benchmarks.Works;

/// <summary>One training step, <c>train/NETWORK_b64</c>, through the public API: forward, loss, backward, Adam, on four batches in turn.</summary>
internal static class TrainingWorks
{
    private const int BatchSize = 64, Batches = 4, CheckedSteps = 3, MostSteps = 600;

    /// <summary>The three networks.</summary>
    public static IEnumerable<Work> All => Networks.Names.Select(name => new Work($"train/{name}_b64", () => Prepare(name)) { Calls = MostSteps });

    private static Prepared Prepare(string name)
    {
        Sequential model = Networks.Make(name);
        Adam optimizer = new(model.Parameters, lr: 1e-3);
        CrossEntropyLoss criterion = new();
        Tensor[] inputs = [.. Enumerable.Range(0, Batches).Select(i => Networks.Input(name, BatchSize, i))];
        Tensor[] targets = [.. Enumerable.Range(0, Batches).Select(i => Networks.Targets(BatchSize, i))];
        int batch = 0;

        float Step()
        {
            using Tape tape = new();
            optimizer.ZeroGrad();
            Tensor loss = criterion.Forward(model.Forward(inputs[batch]), targets[batch]);
            loss.Backward();
            optimizer.Step();
            batch = (batch + 1) % Batches;
            return loss.Item();
        }

        return new(() => Step(), () => [.. Enumerable.Range(0, CheckedSteps).Select(_ => Step())]);
    }
}
