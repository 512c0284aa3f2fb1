using CourseLib.Layers;
using CourseLib.Tensors;

namespace CourseLib.Activations;

/// <summary>(x + 3) / 6 limited to [0, 1]: a sigmoid of three straight pieces (Howard et al. 2019; the smooth one is in lecture perc, "Сигмоид").</summary>
public sealed class HardSigmoid : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.HardSigmoid();
}
