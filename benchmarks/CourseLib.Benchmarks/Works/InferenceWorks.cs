using CourseLib.Autograd;
using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Benchmarks.Works;

/// <summary>A forward pass in evaluation, <c>infer/NETWORK_bSIZE</c>, with nothing recorded.</summary>
internal static class InferenceWorks
{
    private static readonly int[] BatchSizes = [64, 1];

    /// <summary>The three networks, a batch and a single example.</summary>
    public static IEnumerable<Work> All => from name in Networks.Names from size in BatchSizes select new Work($"infer/{name}_b{size}", () => Prepare(name, size));

    private static Prepared Prepare(string name, int size)
    {
        Module model = Networks.Make(name).Eval();
        Tensor x = Networks.Input(name, size);

        float[]? Forward(bool read)
        {
            using Tape tape = new();
            using NoGrad noGrad = new();
            Tensor y = model.Forward(x);
            return read ? y.ToArray() : null;
        }

        return new(() => Forward(read: false), () => Forward(read: true)!);
    }
}
