using CourseLib.Tensors;

namespace CourseLib.Optimizers;

/// <summary>Parameters that an optimizer treats alike and unlike the others, as in torch: another learning rate, another weight decay. Lecture perc, "Стандартные методы", leaves open whether biases are decayed; groups decide it.</summary>
/// <remarks>What is not set is the optimizer's own.</remarks>
/// <param name="parameters">The parameters of the group.</param>
public sealed class ParameterGroup(IReadOnlyList<Tensor> parameters)
{
    /// <summary>The parameters of the group.</summary>
    public IReadOnlyList<Tensor> Parameters { get; } = parameters ?? throw new ArgumentNullException(nameof(parameters));

    /// <summary>
    /// The group's learning rate at the start; null: the optimizer's. Its ratio to the optimizer's <c>lr</c> stays, so that a schedule, which sets
    /// <see cref="Optimizer.LearningRate"/>, scales every group alike.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double? LearningRate
    {
        get;
        init => field = value is null ? null : Setting.NotNegative(nameof(ParameterGroup), nameof(LearningRate), value.Value);
    }

    /// <summary>The group's weight decay; null: the optimizer's.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The decay is negative or not finite.</exception>
    public double? WeightDecay
    {
        get;
        init => field = value is null ? null : Setting.NotNegative(nameof(ParameterGroup), nameof(WeightDecay), value.Value);
    }
}
