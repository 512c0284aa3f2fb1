using System.Globalization;
using CourseLib.Layers;
using CourseLib.Losses;
using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Benchmarks.Works;

/// <summary>One training step, <c>train/NETWORK_b64</c>, through the public API: forward, loss, backward, Adam, on four batches in turn.</summary>
internal static class TrainingWorks
{
    private const int Batches = 4, CheckedSteps = 3, MostSteps = 600;

    /// <summary>The three networks.</summary>
    public static IEnumerable<Work> All => Networks.Names.Select(name => Parse($"train/{name}_b64")!);

    /// <summary>The work of a name with any batch size; null for another kind of work.</summary>
    public static Work? Parse(string name) =>
        name.Split('/', '_') is ["train", var network, ['b', .. var size]] && Networks.Names.Contains(network)
            ? new Work(name, () => Prepare(network, int.Parse(size, CultureInfo.InvariantCulture))) { Calls = MostSteps }
            : null;

    private static Prepared Prepare(string name, int batchSize)
    {
        Sequential model = Networks.Make(name);
        Adam optimizer = new(model.Parameters, lr: 1e-3);
        CrossEntropyLoss criterion = new();
        Tensor[] inputs = [.. Enumerable.Range(0, Batches).Select(i => Networks.Input(name, batchSize, i))];
        Tensor[] targets = [.. Enumerable.Range(0, Batches).Select(i => Networks.Targets(batchSize, i))];
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
