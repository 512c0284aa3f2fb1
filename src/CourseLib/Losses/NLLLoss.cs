using CourseLib.Autograd;
using CourseLib.Tensors;

namespace CourseLib.Losses;

/// <summary>
/// The negative log-likelihood -w_t x_t of logarithms of probabilities x (<see cref="Functional.LogSoftmax"/>): after a log-softmax it is <see cref="CrossEntropyLoss"/>, whose formula
/// -sum_i t_i log p_i (lecture init, "Задачи и функции потерь") has log p from outside here. dL/dx = -onehot(t) w_t over the sum of the weights.
/// </summary>
/// <remarks>Weights, ignored targets and a batch of them alone as in <see cref="CrossEntropyLoss"/>.</remarks>
/// <param name="reduction">Mean or sum over the examples.</param>
/// <param name="weight">w, a weight for each class [C]; 1 each when null. A copy is kept.</param>
/// <param name="ignoreIndex">The class index of an example that does not count.</param>
/// <exception cref="ArgumentException">The weights are not a vector of numbers of at least 0.</exception>
public sealed class NLLLoss(Reduction reduction = Reduction.Mean, Tensor? weight = null, int ignoreIndex = -100) : Loss(reduction)
{
    private readonly ClassTargets classes = new(nameof(NLLLoss), weight, ignoreIndex);

    /// <inheritdoc/>
    /// <param name="input">Logarithms of probabilities [B, C].</param>
    /// <param name="target">Class indices [B] as floats.</param>
    /// <returns>A scalar, or [B] without a reduction.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a class index is none.</exception>
    public override Tensor Forward(Tensor input, Tensor target)
    {
        ClassTargets.CheckShapes(nameof(NLLLoss), input, target);
        Tensor weights = classes.RowWeights(target, input.Shape[1], out double total);
        ClassTargets.Divide(weights, total, Reduction);

        // A picked 0 stands for an ignored row, whose factor is 0 too.
        Tensor losses = -(PickFunction.Apply(input, target) * weights);
        return Reduction == Reduction.None ? losses : losses.Sum();
    }
}
