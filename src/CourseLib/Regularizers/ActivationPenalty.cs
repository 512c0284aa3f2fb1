using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Regularizers;

/// <summary>
/// A module whose outputs cost something: it computes what its body computes and keeps the penalty of the activations, the mean over the batch's examples (lecture perc, "Стандартные
/// методы": "можно применять … к активациям"). With L1 most activations become 0, a sparse code.
/// </summary>
/// <remarks>
/// The Trainer adds the penalties of all such modules of a model to its loss by itself. In a loop of one's own: <c>(loss + layer.Penalty).Backward()</c>.
/// <code>
/// ActivationPenalty code = new(new ReLU(), new L1(1e-3));
/// Sequential model = new(new Linear(784, 64), code, new Linear(64, 784));
/// </code>
/// </remarks>
public sealed class ActivationPenalty : Module
{
    private readonly Module body;
    private readonly Regularizer regularizer;
    private Tensor penalty;

    /// <param name="body">What makes the activations.</param>
    /// <param name="regularizer">What they cost; which parameters it would be for plays no part.</param>
    public ActivationPenalty(Module body, Regularizer regularizer)
    {
        ArgumentNullException.ThrowIfNull(regularizer);
        this.body = Child("body", body);
        this.regularizer = regularizer;
    }

    /// <summary>The penalty of the last forward pass in training mode, per example; it belongs to that pass's graph and <see cref="Tape"/>.</summary>
    /// <exception cref="InvalidOperationException">There was no such pass.</exception>
    public Tensor Penalty => penalty.IsDefault
        ? throw new InvalidOperationException($"{this}: there is no penalty before a forward pass in training mode.")
        : penalty;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        Tensor y = body.Forward(x);
        if (IsTraining)
        {
            penalty = regularizer.Penalty(y) / y.Shape[0];
        }

        return y;
    }

    /// <inheritdoc/>
    public override long CountMultiplications(Shape output) => body.CountMultiplications(output);

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(ActivationPenalty)}({body}, {regularizer})";
}
