using CourseLib.Optimizers;
using CourseLib.Tensors;

namespace CourseLib.Tests.Optimizers;

/// <summary>Every optimizer with every setting that adds state, by name.</summary>
internal static class OptimizerBank
{
    internal static readonly Dictionary<string, Func<IReadOnlyList<Tensor>, Optimizer>> Make = new()
    {
        ["SGD"] = p => new SGD(p, 0.1),
        ["SGD momentum"] = p => new SGD(p, 0.1, momentum: 0.9, dampening: 0.1, weightDecay: 1e-2),
        ["SGD Nesterov"] = p => new SGD(p, 0.1, momentum: 0.9, nesterov: true),
        ["SGD classic"] = p => new SGD(p, 0.1, momentum: 0.9, form: MomentumForm.Classic),
        ["SGD classic Nesterov"] = p => new SGD(p, 0.1, momentum: 0.9, nesterov: true, form: MomentumForm.Classic),
        ["Adam"] = p => new Adam(p, 0.1, weightDecay: 1e-2),
        ["Adam amsgrad"] = p => new Adam(p, 0.1, amsgrad: true),
        ["Adam lectures"] = p => new Adam(p, 0.1, epsilonInsideRoot: true, biasCorrection: false),
        ["AdamW"] = p => new AdamW(p, 0.1, weightDecay: 1e-2),
        ["AdamW by schedule"] = p => new AdamW(p, 0.1, weightDecay: 1e-2, form: WeightDecayForm.BySchedule),
        ["NAdam"] = p => new NAdam(p, 0.1),
        ["Adagrad"] = p => new Adagrad(p, 0.1, lrDecay: 0.1),
        ["RMSprop"] = p => new RMSprop(p, 0.1),
        ["RMSprop centered momentum"] = p => new RMSprop(p, 0.01, momentum: 0.9, centered: true, weightDecay: 1e-2),
        ["Adadelta"] = p => new Adadelta(p, 1, weightDecay: 1e-2),
        ["SGDW"] = p => new SGDW(p, 0.1, momentum: 0.9, weightDecay: 1e-2),
        ["SWATS"] = p => new SWATS(p, 0.1),
        ["SWATS switched"] = p => new SWATS(p, 0.1, relativeTolerance: 10),
        ["SWATS switching later"] = p => new SWATS(p, 0.1, relativeTolerance: 10, earliestSwitch: 15),
    };
}
