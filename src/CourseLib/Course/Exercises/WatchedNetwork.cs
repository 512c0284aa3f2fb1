using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Course.Exercises;

/// <summary>A network that remembers how it was trained: which examples it was asked for, and how far each step moved its weights. So a grader can measure not only that a training went wrong, but why.</summary>
internal sealed class WatchedNetwork : Module
{
    private readonly Module inner;
    private float[] weights;

    /// <param name="inner">What is trained.</param>
    public WatchedNetwork(Module inner)
    {
        this.inner = Child(nameof(inner), inner);
        weights = Weights;
    }

    /// <summary>The first number of every example that came in training mode, in the order in which they came.</summary>
    public List<float> Learned { get; } = [];

    /// <summary>How far the weights moved, for each step after which the network was asked again.</summary>
    public List<double> Steps { get; } = [];

    private float[] Weights => [.. Parameters.SelectMany(parameter => parameter.ToArray())];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        float[] now = Weights;
        double moved = Math.Sqrt(now.Zip(weights, (a, b) => (double)(a - b) * (a - b)).Sum());
        if (moved != 0)
        {
            Steps.Add(moved); // being looked at is no step
        }

        weights = now;
        int width = x.Length / x.Shape[0];
        Learned.AddRange(IsTraining ? x.ToArray().Where((_, i) => i % width == 0) : []);
        return inner.Forward(x);
    }
}
